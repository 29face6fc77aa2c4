"""The Flask extensions, made once and bound to the app in create_app."""

from flask import Flask, current_app, has_request_context, request, session
from flask_babel import Babel, get_locale
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_wtf import CSRFProtect

from wellbeing.commits import LOCK_FILE, CommitQueue, DirectCommits
from wellbeing.config import Config
from wellbeing.models.base import db
from wellbeing.storage import prepare

LANGUAGES = {"en": "English", "es": "Español"}

babel = Babel()
csrf = CSRFProtect()
login = LoginManager()
migrate = Migrate(render_as_batch=True)


def init_app(app: Flask, config: Config) -> None:
    """Bind every extension, and give the app the queue through which answers are committed."""
    db.init_app(app)
    migrate.init_app(app, db, directory=str(app.config["MIGRATIONS"]))
    csrf.init_app(app)
    login.init_app(app)
    babel.init_app(app, locale_selector=language)
    app.jinja_env.globals["get_locale"] = get_locale
    with app.app_context():
        prepare(db.engine)
        app.extensions["commits"] = _commits(config)


def _commits(config: Config) -> CommitQueue | DirectCommits:
    if config.is_sqlite:
        return CommitQueue(db.engine, config.instance / LOCK_FILE)
    return DirectCommits(db.engine)


def language() -> str:
    """Return the language to speak: the one asked for, the one chosen before, or what the browser prefers."""
    if not has_request_context():  # A command or a job.
        return "en"
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return asked
    chosen = None if request.blueprint == "counter" else session.get("language")
    return chosen or preferred_language()


def preferred_language() -> str:
    """Return the language that the browser prefers among ours."""
    return request.accept_languages.best_match(LANGUAGES) or "en"


def commits() -> CommitQueue | DirectCommits:
    """Return the running app's commit queue."""
    found: CommitQueue | DirectCommits = current_app.extensions["commits"]
    return found
