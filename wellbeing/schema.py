"""The database's schema, brought up to date by its migrations."""

from functools import cache
from pathlib import Path

import flask_migrate
import sqlalchemy as sa
from alembic import command
from alembic.config import Config as Alembic
from alembic.script import ScriptDirectory

NEWEST = "head"


def upgrade() -> None:
    """Run every migration that the database of the current app has not seen."""
    flask_migrate.upgrade(directory=_folder())


def newest() -> str:
    """Return the newest migration that this version knows."""
    return str(_migrations(_folder()).get_current_head())


def knows(revision: str) -> bool:
    """Tell whether this version has a migration of that name."""
    return revision in names()


def names() -> frozenset[str]:
    """Return the names of all migrations that this version knows."""
    return frozenset(found.revision for found in _migrations(_folder()).walk_revisions())


def migrate(connection: sa.Connection, revision: str = NEWEST) -> None:
    """Run the migrations up to one within the caller's transaction, on any database; grants nothing."""
    told = Alembic()
    told.set_main_option("script_location", _folder().replace("%", "%%"))
    told.attributes["connection"] = connection
    command.upgrade(told, revision)


@cache
def _migrations(folder: str) -> ScriptDirectory:
    """Return a folder's migrations, which are read once: there are no new ones while a process runs."""
    return ScriptDirectory(folder)


def _folder() -> str:
    return str(Path(__file__).resolve().parent / "migrations")
