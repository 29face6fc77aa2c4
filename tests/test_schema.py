"""The schema comes from the migrations alone, and bringing it up to date twice does no harm."""

from pathlib import Path

import sqlalchemy as sa

from tests.conftest import close, config_at
from wellbeing import create_app, schema
from wellbeing.models.base import db


def test_an_empty_database_gets_every_table_once(tmp_path: Path):
    app = create_app(config_at(tmp_path))
    with app.app_context():
        schema.upgrade()
        schema.upgrade()
        found = set(sa.inspect(db.engine).get_table_names())
    close(app)

    assert found == {*db.metadata.tables, "alembic_version"}
