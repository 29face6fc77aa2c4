"""Second Wind: check-ins, rough interactions, breaks, and team figures that nobody can be traced in."""

import os
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from wellbeing import config as configuration
from wellbeing import extensions
from wellbeing.cli import commands
from wellbeing.config import Config
from wellbeing.reports import reading
from wellbeing.storage import engine_options
from wellbeing.ticking import Rounds
from wellbeing.web import errors, register, request_log, security, static_files
from wellbeing.web.sessions import SessionsButNotByToken

ROOT = Path(__file__).resolve().parent.parent


def create_app(config: Config | None = None) -> Flask:
    """Return the whole app, ready to serve; raise ConfigError where the environment cannot be trusted."""
    config = config or configuration.load(os.environ, ROOT / "instance")
    app = Flask(
        "wellbeing",
        instance_path=str(config.instance.resolve()),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
    )
    app.config.from_mapping(flask_settings(config))
    app.extensions["config"], app.extensions["rounds"] = config, Rounds()
    app.session_interface = SessionsButNotByToken()
    extensions.init_app(app, config)
    reading.init_app(app, config)
    request_log.init_app(app, config)
    security.init_app(app, config)
    errors.init_app(app)
    register.init_app(app)
    static_files.init_app(app, config)
    if config.behind_proxy:
        # The proxy in front says under which scheme and host people came; no address of theirs is kept.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=0, x_proto=1, x_host=1)  # type: ignore[method-assign]
    commands.init_app(app)
    return app


def flask_settings(config: Config) -> dict[str, object]:
    """Return what Flask and its extensions need to know, in their own words."""
    return {
        "SECRET_KEY": config.secrets.secret_key,
        "SQLALCHEMY_DATABASE_URI": config.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine_options(config.database_url, config.pooled),
        "MIGRATIONS": ROOT / "wellbeing" / "migrations",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "wellbeing" / "translations"),
        "MAX_CONTENT_LENGTH": 1_000_000,
        "MAX_FORM_MEMORY_SIZE": 100_000,
        "SESSION_COOKIE_SECURE": config.secure_cookies,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
    }
