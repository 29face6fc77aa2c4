"""What PostgreSQL's reading login may see: the same list that guards SQLite's reading session."""

import sqlalchemy as sa

from wellbeing.reports.reading import READABLE


def grant_reading(connection: sa.Connection, login: str | None) -> None:
    """Give ``login`` the columns of READABLE and take everything else away; raise where there is no such login."""
    if not login:
        raise ValueError("REPORTING_DATABASE_URL names no login of its own.")
    quoted = connection.dialect.identifier_preparer.quote_identifier(login)
    owner = connection.execute(sa.text("SELECT current_user")).scalar_one()
    if owner == login:
        raise ValueError("REPORTING_DATABASE_URL must use another login than DATABASE_URL.")
    schema = connection.execute(sa.text("SELECT current_schema()")).scalar_one()
    inside = connection.dialect.identifier_preparer.quote_identifier(schema)
    connection.exec_driver_sql(f"REVOKE ALL ON ALL TABLES IN SCHEMA {inside} FROM {quoted}")
    _keep_from_writing(connection)
    connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA {inside} TO {quoted}")
    for table, columns in READABLE.items():
        names = ", ".join(sorted(columns))
        connection.exec_driver_sql(f"GRANT SELECT ({names}) ON {inside}.{table} TO {quoted}")


def _keep_from_writing(connection: sa.Connection) -> None:
    """Take temporary tables from every login but the owner; nobody else needs any."""
    database = connection.execute(sa.text("SELECT current_database()")).scalar_one()
    quoted = connection.dialect.identifier_preparer.quote_identifier(database)
    connection.exec_driver_sql(f"REVOKE TEMPORARY ON DATABASE {quoted} FROM PUBLIC")
