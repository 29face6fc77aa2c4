"""Serve Second Wind: `python app.py`."""

from wellbeing import create_app, serve

app = create_app()
serve.start_ticker(app)

if __name__ == "__main__":
    serve.main(app)
