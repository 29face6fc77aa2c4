"""`flask people import`, `flask people confirm` and `flask person erase`."""

from collections.abc import Collection, Sequence

import click
from flask.cli import AppGroup

from wellbeing import erasure, jobs, people, site
from wellbeing.audit import Act
from wellbeing.cli.noting import noted
from wellbeing.cli.wording import counted
from wellbeing.csvfile import BadLine, CsvFileError
from wellbeing.directory import on_roster, unconfirmed
from wellbeing.models.base import db
from wellbeing.roster import NewPerson, new_teams_in, read_people
from wellbeing.staffing import adding
from wellbeing.units import PathRefused, UnitPath

people_group = AppGroup("people", help="The roster.")
person_group = AppGroup("person", help="One person.")


@people_group.command("import")
@click.argument("file", type=click.Path())
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option(
    "--new-teams", is_flag=True, help="Make teams that are not there yet, also after the first import."
)
def import_people(file: str, dry_run: bool, new_teams: bool) -> None:
    """Add the people of a CSV file: name, team and, if you like, site, login, role, role_unit, language.

    Until the first import is confirmed, teams that the file names as Site/Team are made. Later a team that is
    not there is taken for a slip of the pen, unless --new-teams says otherwise.
    """
    first_import = site.settings().confirmed_at is None
    found = _read(file, new_teams or first_import)
    if dry_run:
        click.echo(f"{len(found)} people could be added. Nothing was changed.")
        return
    try:
        added = adding.add(db.session(), found, None, site.now())
    except PathRefused as refused:
        raise click.ClickException(f"{refused} Nobody was added.") from None
    click.echo(f"{added} people were added.")
    if first_import:
        click.echo("Their answers count once an admin has confirmed them: flask people confirm")


def _read(file: str, may_make_teams: bool) -> Sequence[NewPerson]:
    roster = on_roster(db.session())
    try:
        new = new_teams_in(file, roster.teams) if may_make_teams else []
        teams = [*roster.teams, *new]
        units = {*roster.units, *(team[:depth] for team in new for depth in (1, 2))}
        found, bad = read_people(file, teams, roster.logins, roster.people, roster.organisation, units)
    except CsvFileError as error:
        raise click.ClickException(f"{error} Nobody was added.") from None
    _refuse_teams_in(roster.closed, new, "is closed")
    _refuse_teams_in(roster.planned, new, "opens only at the next tick")
    for team in new:
        click.echo(f"New team: {'/'.join(team)}")
    refuse_bad_lines(bad, "Nobody was added.")
    return found


def _refuse_teams_in(units: Collection[UnitPath], new: Sequence[UnitPath], why: str) -> None:
    known = {tuple(name.casefold() for name in path) for path in units}
    for path in new:
        team = tuple(name.casefold() for name in path)
        if known & {team, team[:1]}:
            raise click.ClickException(f"The file names a unit that {why}. Nobody was added.")


def refuse_bad_lines(bad: Sequence[BadLine], consequence: str) -> None:
    """Name every bad line by number and reason, and end with what follows; nothing where all are good."""
    for line in bad:
        click.echo(f"Line {line.number}: {line.reason}", err=True)
    if bad:
        raise click.ClickException(f"{counted(len(bad), 'line')} cannot be taken. {consequence}")


@people_group.command("confirm")
def confirm() -> None:
    """Confirm the first import: the site opens, and the answers of these people count from now on."""
    noted(Act.IMPORT_CONFIRMED, people=len(unconfirmed(db.session())))
    confirmed = people.confirm_import(db.session(), site.now())
    if not confirmed:
        raise click.ClickException(
            "There is no first import to confirm: the site is open, or has no people yet."
        )
    click.echo(f"{confirmed} people were confirmed. The site is open.")
    click.echo(_what_comes())


def _what_comes() -> str:
    if people.has_ledger(db.session(), site.now()):
        return "The first figures come next Monday, if enough people answer."
    needed = site.settings().own_pool_from
    return (
        f"Fewer than {needed} people here can count, so there are no team figures, and no answer is stored. "
        "The kind words, breaks, cover and help are there all the same."
    )


@person_group.command("erase")
@click.argument("name")
@click.option("--unit", default="", help="The team, where two people have the same name.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(name: str, unit: str, yes: bool) -> None:
    """Delete a person's account and everything of theirs that is not released; released figures stay."""
    try:
        person = erasure.find(db.session(), name, unit)
    except erasure.NobodyFound as error:
        raise click.ClickException(str(error)) from None
    # While somebody thinks, nobody at a counter shall wait for SQLite's write lock.
    db.session.rollback()
    if not yes:
        click.confirm("Erase this person for good? Released figures stay as they are.", abort=True)
    noted(Act.PERSON_ERASED, unit_id=person.unit_id)
    erasure.erase(db.session(), site.config().secrets.server_key, person)
    jobs.truncate_log(db.engine)
    click.echo("Erased. Figures that were already released stay as they are.")
