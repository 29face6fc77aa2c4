"""`flask upgrade` and `flask transfer`: a new version, another database."""

from dataclasses import replace

import click
import sqlalchemy as sa
from flask.cli import with_appcontext
from sqlalchemy.exc import ArgumentError

from wellbeing import site, transfer, upgrading
from wellbeing.cli.on_disk import sentence_if_full
from wellbeing.cli.wording import counted
from wellbeing.config import Config
from wellbeing.models.base import db
from wellbeing.transfer import TransferRefused
from wellbeing.upgrading import UpgradeRefused


@click.command("upgrade")
@with_appcontext
@sentence_if_full
def upgrade() -> None:
    """Bring the database to this version: backup, lock, migrate, verify. Stop the site first.

    Whatever goes wrong, the database stays as it was.
    """
    try:
        upgrading.upgrade(db.engine, site.config(), click.echo)
    except UpgradeRefused as refused:
        raise click.ClickException(str(refused)) from None


@click.command("transfer")
@click.option("--to", "url", required=True, metavar="URL", help="The new, empty database.")
@click.option("--reporting", metavar="URL", help="To PostgreSQL: the reading login's URL there.")
@click.option("--external", metavar="URL", help="To PostgreSQL: the external export's URL there.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_appcontext
@sentence_if_full
def move_site(url: str, reporting: str | None, external: str | None, yes: bool) -> None:
    """Move the whole site to another database, with what waits: SQLite to PostgreSQL, or back.

    Stop the site first. This database takes no answers and runs no ticks afterwards.
    """
    target = _target(url, reporting, external)
    if not yes:
        click.confirm("Is the site stopped, and shall it live in the other database from now on?", abort=True)
    try:
        told = transfer.transfer(db.engine, site.config(), target)
    except TransferRefused as refused:
        raise click.ClickException(str(refused)) from None
    blocks = counted(told.blocks, "released block")
    click.echo(f"Moved {told.people} people and {blocks}, and everything that waits.")
    click.echo(f"The ledger is the same on both sides; its newest digest: {told.newest}")
    click.echo("Set DATABASE_URL to the new database and start again. The old one takes nothing any more.")


def _target(url: str, reporting: str | None, external: str | None) -> Config:
    try:
        kind = sa.make_url(url).get_backend_name()
    except ArgumentError:
        raise click.ClickException("--to is no database's URL, such as postgresql+psycopg://...") from None
    if kind not in ("sqlite", "postgresql"):
        raise click.ClickException("A site lives in SQLite or PostgreSQL; --to names another database.")
    if kind == "postgresql" and not reporting:
        raise click.ClickException(
            "PostgreSQL needs --reporting too: a login of its own that can read released figures and "
            "nothing else."
        )
    return replace(
        site.config(), database_url=url, reporting_database_url=reporting, external_database_url=external
    )
