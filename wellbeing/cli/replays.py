"""`flask replay`: check-ins from a file, real or made up, through the real collect-and-release path."""

from collections.abc import Sequence

import click
from flask.cli import with_appcontext

from wellbeing import lists, site
from wellbeing.cli.people import refuse_bad_lines
from wellbeing.models.base import db
from wellbeing.models.lists import ListName
from wellbeing.models.settings import SiteKind
from wellbeing.replay import running
from wellbeing.replay.reading import Entry, ReplayFileError, read_entries
from wellbeing.replay.running import ReplayRefused


@click.command("replay")
@click.argument("file", type=click.Path())
@click.option("--skip-bad", is_flag=True, help="Leave bad lines out instead of refusing the file.")
@click.option(
    "--to-now", is_flag=True, help="Run all ticks up to the present, instead of stopping where the file ends."
)
@with_appcontext
def replay(file: str, skip_bad: bool, to_now: bool) -> None:
    """Replay a CSV file: person, team, time, mood and, if you like, shift, rough, severity, cause, ..."""
    if site.settings().kind is SiteKind.REAL:
        raise click.ClickException(
            "A replay makes people up, so it needs a demo or test site; this site is real."
        )
    entries = _read(file, skip_bad)
    try:
        plan = running.prepare(db.session(), entries)
    except ReplayRefused as refused:
        raise click.ClickException(str(refused)) from None
    with click.progressbar(plan.days, label=f"Replaying {len(entries)} lines, day by day") as days:
        for day in days:
            running.play_day(db.engine, site.config(), plan, day)
    ticks = running.finish(db.engine, site.config(), plan, to_now)
    lines, people, days_played = len(entries), len(plan.people), len(plan.days)
    click.echo(f"Replayed {lines} lines of {people} people over {days_played} days; {ticks} ticks ran.")


def _offered() -> dict[ListName, list[str]]:
    """Return the keys that the site's lists offer, its own included."""
    today = site.today(db.session())
    return {
        name: [choice.key for choice in lists.choices_of(found, today)]
        for name, found in lists.every(db.session()).items()
    }


def _read(file: str, skip_bad: bool) -> Sequence[Entry]:
    try:
        entries, bad = read_entries(file, site.zone(), keys=_offered())
    except ReplayFileError as error:
        raise click.ClickException(f"{error} Nothing was loaded.") from None
    if skip_bad:
        for line in bad:
            click.echo(f"Line {line.number} left out: {line.reason}", err=True)
    else:
        refuse_bad_lines(bad, "Nothing was loaded; --skip-bad leaves them out.")
    if not entries:
        raise click.ClickException("There is no line to replay. Nothing was loaded.")
    return entries
