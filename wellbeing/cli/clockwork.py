"""`flask jobs run` and `flask ledger verify`."""

import traceback
from datetime import datetime, timedelta
from types import ModuleType

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from wellbeing import clock, full_disk, jobs, moved, site
from wellbeing.cli.on_disk import sentence_if_full
from wellbeing.cli.wording import counted
from wellbeing.config import Mode
from wellbeing.disclosure import checkup_ledger, detail_ledger, ledger
from wellbeing.models.base import db
from wellbeing.models.checkup import CheckupBlock
from wellbeing.models.detail_ledger import DetailBlock
from wellbeing.models.ledger import Block
from wellbeing.models.settings import Settings, SiteKind

jobs_group = AppGroup("jobs", help="What the clock runs: ticks, and forgetting what has expired.")
ledger_group = AppGroup("ledger", help="The append-only list of released figures.")


@jobs_group.command("run")
@click.option(
    "--at", "moment", metavar="ISO-TIME", help="Move a demo or test site's clock forward to this time."
)
@sentence_if_full
def run_jobs(moment: str | None) -> None:
    """Run everything that is due; running it again changes nothing."""
    settings = site.settings()
    if moment is not None:
        _move_clock(settings, _aware(moment, settings))
    # What was read above holds SQLite's write lock until its transaction ends, and the jobs need it.
    db.session.rollback()
    try:
        done = jobs.run_now(db.engine, site.config())
    except moved.SiteMoved as refused:
        raise click.ClickException(str(refused)) from None
    except Exception as error:
        if full_disk.is_full(error):
            raise
        # Its text may quote an answer (PostgreSQL shows the row that it refuses), and ends in the log.
        place = traceback.extract_tb(error.__traceback__)[-1]
        raise click.ClickException(
            f"The jobs could not run: {type(error).__name__} in {place.name}:{place.lineno}."
        ) from None
    click.echo(f"Ran {counted(done.ticks, 'tick')} and opened {counted(done.epochs, 'epoch')}.")


def _aware(text: str, settings: Settings) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.ClickException(f"{text!r} is not an ISO time, such as 2026-12-07T05:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=site.zone())


def _move_clock(settings: Settings, moment: datetime) -> None:
    if settings.kind is SiteKind.REAL or site.config().mode is Mode.PRODUCTION:
        raise click.ClickException(
            "Only a demo or test site has a clock that can be moved; this site is real."
        )
    if moment < site.now():
        click.echo("That time has already passed here; the site's clock stays where it is.")
        return
    # Rounded up: a tick that is due at this very moment must not be missed by a fraction of a second.
    settings.clock_ahead_seconds = -((clock.now() - moment) // timedelta(seconds=1))
    db.session.commit()


LEDGERS: tuple[tuple[str, ModuleType, type[Block | DetailBlock | CheckupBlock]], ...] = (
    ("ledger", ledger, Block),
    ("detail ledger", detail_ledger, DetailBlock),
    ("check-up ledger", checkup_ledger, CheckupBlock),
)


@ledger_group.command("verify")
def verify() -> None:
    """Check that every released block still follows from the one before it."""
    with db.engine.connect() as connection:
        for name, kept, table in LEDGERS:
            broken = kept.first_broken(connection)
            if broken is not None:
                raise click.ClickException(
                    f"The {name} is broken at block {broken}: it was changed after its release."
                )
            _say_whole(connection, name, table)


def _say_whole(connection: sa.Connection, name: str, table: type[Block | DetailBlock | CheckupBlock]) -> None:
    blocks = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    click.echo(f"The {name} is whole: {counted(blocks, 'block')}, each follows from the one before.")
    newest = connection.execute(sa.select(table.hash).order_by(table.position.desc()).limit(1)).scalar()
    if newest is not None:
        click.echo(
            f"The last one's digest; written down elsewhere, it shows if any are cut off: {newest.hex()}"
        )
