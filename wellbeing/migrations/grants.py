"""What PostgreSQL's reading logins may see: the same lists that guard SQLite's reading sessions."""

from collections.abc import Mapping

import sqlalchemy as sa

from wellbeing.config import Config
from wellbeing.reports.reading import NOISY, READABLE


def grant_all(connection: sa.Connection, config: Config) -> None:
    """Give each reading login what it may read; raise ValueError where two URLs name one login."""
    reading = sa.make_url(str(config.reporting_database_url)).username
    grant_reading(connection, reading, READABLE, "REPORTING_DATABASE_URL")
    if config.external_database_url:
        noise = sa.make_url(config.external_database_url).username
        if noise == reading:
            raise ValueError("EXTERNAL_DATABASE_URL must use another login than REPORTING_DATABASE_URL.")
        grant_reading(connection, noise, NOISY, "EXTERNAL_DATABASE_URL")


def grant_reading(
    connection: sa.Connection, login: str | None, readable: Mapping[str, frozenset[str]], setting: str
) -> None:
    """Give ``login`` the readable columns and take everything else away; raise where there is no such login."""
    if not login:
        raise ValueError(f"{setting} names no login of its own.")
    quoted = connection.dialect.identifier_preparer.quote_identifier(login)
    owner = connection.execute(sa.text("SELECT current_user")).scalar_one()
    if owner == login:
        raise ValueError(f"{setting} must use another login than DATABASE_URL.")
    schema = connection.execute(sa.text("SELECT current_schema()")).scalar_one()
    inside = connection.dialect.identifier_preparer.quote_identifier(schema)
    connection.exec_driver_sql(f"REVOKE ALL ON ALL TABLES IN SCHEMA {inside} FROM {quoted}")
    _keep_from_writing(connection)
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {inside} TO {quoted}")
    for table, columns in readable.items():
        if names := ", ".join(sorted(columns & _standing(connection, table))):
            connection.exec_driver_sql(f"GRANT SELECT ({names}) ON {inside}.{table} TO {quoted}")


def _standing(connection: sa.Connection, table: str) -> set[str]:
    """Return the columns that a table has now: a schema that went back has fewer than this version reads."""
    inspector = sa.inspect(connection)
    return (
        {column["name"] for column in inspector.get_columns(table)} if inspector.has_table(table) else set()
    )


def _keep_from_writing(connection: sa.Connection) -> None:
    """Take temporary tables from every login but the owner; nobody else needs any."""
    database = connection.execute(sa.text("SELECT current_database()")).scalar_one()
    quoted = connection.dialect.identifier_preparer.quote_identifier(database)
    connection.exec_driver_sql(f"REVOKE TEMPORARY ON DATABASE {quoted} FROM PUBLIC")
