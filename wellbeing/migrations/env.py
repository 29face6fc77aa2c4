"""Runs the migrations, then gives the reading login of PostgreSQL exactly what reports may read."""

import sqlalchemy as sa
from alembic import context
from flask import current_app

from wellbeing.migrations.grants import grant_all
from wellbeing.models import every
from wellbeing.models.base import db

TABLES = every.ROOMS


def run_migrations() -> None:
    """Migrate the running app's database in one transaction, or another one within its caller's."""
    given = context.config.attributes.get("connection")
    if given is not None:
        _migrate(given)
        return
    with db.engine.begin() as connection:
        _migrate(connection)
        config = current_app.extensions["config"]
        if connection.dialect.name == "postgresql" and sa.inspect(connection).has_table("block"):
            grant_all(connection, config)


def _migrate(connection: sa.Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        render_as_batch=True,
        compare_type=True,
    )
    context.run_migrations()


run_migrations()
