"""The database's schema, brought up to date by its migrations."""

import flask_migrate
from flask import current_app


def upgrade() -> None:
    """Run every migration that the database of the current app has not seen."""
    flask_migrate.upgrade(directory=str(current_app.config["MIGRATIONS"]))
