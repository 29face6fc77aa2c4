"""The blueprints, one line each."""

from flask import Flask

from wellbeing.extensions import csrf
from wellbeing.web import admin, auth, counter, health, help, hr, metrics, people, tablets, team


def init_app(app: Flask) -> None:
    """Register every blueprint; only the counter, which speaks by token alone, goes without CSRF."""
    for room in (auth, team, hr, tablets, people, admin, help, health, metrics, counter):
        app.register_blueprint(room.bp)
    csrf.exempt(counter.bp)
