"""`flask person move`, `flask unit merge` and `flask settings plan`: what waits for the tick."""

import click
from flask.cli import AppGroup

from wellbeing import announcement, erasure, moves, ratchet, site
from wellbeing.cli.people import person_group
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.moves import MoveRefused
from wellbeing.ratchet import SettingsRefused, Values
from wellbeing.units import read_tree

unit_group = AppGroup("unit", help="Sites and teams.")
settings_group = AppGroup("settings", help="How figures are made.")


@person_group.command("move")
@click.argument("name")
@click.option("--to", "team", required=True, metavar="SITE/TEAM", help="The team to move to.")
@click.option("--unit", default="", help="The present team, where two people have the same name.")
def move(name: str, team: str, unit: str) -> None:
    """Plan somebody's move to another team, from the next tick on; to their own team, cancel it."""
    try:
        person = erasure.find(db.session(), name, unit)
        planned = moves.plan_move(db.session(), person, _unit(team), site.now())
    except (erasure.NobodyFound, MoveRefused) as refused:
        raise click.ClickException(str(refused)) from None
    if planned is None:
        click.echo("The move is cancelled.")
    else:
        click.echo(f"The move takes effect at the tick on {planned.takes_effect_on}.")


def _unit(path: str) -> Unit:
    tree = read_tree(db.session())
    wanted = tuple(part.strip() for part in path.split("/"))
    for unit in tree.units:
        if unit.parent_id is not None and tree.path_of(unit) == wanted:
            return unit
    raise click.ClickException(f"There is no unit {path!r}. A site is written as Site, a team as Site/Team.")


@unit_group.command("merge")
@click.argument("units", nargs=-1, required=True, metavar="SITE/TEAM SITE/TEAM ...")
@click.option("--into", required=True, metavar="NAME", help="The name of the new unit.")
def merge(units: tuple[str, ...], into: str) -> None:
    """Plan the merge of teams of one site, or of sites; it takes effect at the next tick."""
    try:
        moves.plan_merge(db.session(), [_unit(path) for path in units], into, site.now())
    except MoveRefused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"The merge takes effect at the tick on {moves.effective_on(db.session(), site.now())}.")


@settings_group.command("plan")
@click.option("--people-needed", type=int, help="People needed for a figure; never fewer than 5.")
@click.option("--own-pool-from", type=int, help="People needed for a team's own figure.")
@click.option("--tick-days", type=int, help="7, or 14 for the strict choice.")
def plan(people_needed: int | None, own_pool_from: int | None, tick_days: int | None) -> None:
    """Plan how figures are made; what loosens anything is announced to staff one tick ahead."""
    now = ratchet.in_force(db.session())
    wanted = Values(
        people_needed or now.people_needed, own_pool_from or now.own_pool_from, tick_days or now.tick_days
    )
    try:
        ratchet.plan(db.session(), wanted, site.now())
    except SettingsRefused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(announcement.sentence(db.session()))


@settings_group.command("withdraw")
def withdraw() -> None:
    """Take the planned change back."""
    if not ratchet.withdraw(db.session()):
        raise click.ClickException("No change is planned.")
    click.echo("The planned change is taken back.")
