"""Serve Second Wind: `python app.py`."""

from wellbeing import create_app, serve

app = create_app()

if __name__ == "__main__":
    serve.main()
