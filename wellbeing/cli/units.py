"""`flask unit create`, `move`, `merge` and `close`: as the pages of Admin, *Units*, do it."""

import click
from flask.cli import AppGroup

from wellbeing import closings, moves, site, unit_making, unit_moves
from wellbeing.audit import Act
from wellbeing.cli.noting import noted
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.moves import MoveRefused
from wellbeing.unit_making import UnitRefused
from wellbeing.units import read_tree

unit_group = AppGroup("unit", help="Sites and teams.")


def unit_at(path: str) -> Unit:
    """Return the unit that a path of names leads to; end the command with a sentence where there is none."""
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
        chosen = [unit_at(path) for path in units]
        _note_merge(chosen, into)
        moves.plan_merge(db.session(), chosen, into, site.now())
    except MoveRefused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"The merge takes effect at the tick on {moves.effective_on(db.session(), site.now())}.")


def _note_merge(units: list[Unit], name: str) -> None:
    day = moves.effective_on(db.session(), site.now()).isoformat()
    for unit in {unit.id: unit for unit in units}.values():
        noted(Act.UNITS_MERGED, unit_id=unit.id, into=" ".join(name.split()), day=day)


@unit_group.command("create")
@click.argument("path", metavar="SITE[/TEAM]")
def create(path: str) -> None:
    """Make a new site, written as Site, or a new team of a site that is there, as Site/Team."""
    above, _slash, name = path.rpartition("/")
    parent = unit_at(above) if above else read_tree(db.session()).root()
    try:
        made = unit_making.make(db.session(), parent, name)
    except UnitRefused as refused:
        raise click.ClickException(str(refused)) from None
    noted(Act.UNIT_CREATED, unit_id=made.id, unit=made.name, parent=parent.name)
    said = f"{made.name} is made. Nobody is in it yet."
    db.session.commit()
    click.echo(said)


@unit_group.command("move")
@click.argument("team", metavar="SITE/TEAM")
@click.option("--to", "target", required=True, metavar="SITE", help="The site to go to.")
def move(team: str, target: str) -> None:
    """Plan that a team goes to another site, with its people, from the next tick on."""
    unit, to = unit_at(team), unit_at(target)
    day = moves.effective_on(db.session(), site.now()).isoformat()
    origin = unit_moves.stands_in(db.session(), unit).name
    noted(Act.UNIT_MOVED, unit_id=unit.id, unit=unit.name, origin=origin, parent=to.name, day=day)
    try:
        unit_moves.plan(db.session(), unit, to, site.now())
    except MoveRefused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"The move takes effect at the tick on {day}. What was released stays where it was.")


@unit_group.command("close")
@click.argument("path", metavar="SITE[/TEAM]")
def close(path: str) -> None:
    """Plan that an empty site or team closes at the next tick; what was released stays readable."""
    unit = unit_at(path)
    day = moves.effective_on(db.session(), site.now()).isoformat()
    noted(Act.UNIT_CLOSED, unit_id=unit.id, unit=unit.name, day=day)
    try:
        closings.plan(db.session(), unit, site.now())
    except MoveRefused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"The unit closes at the tick on {day}. What was released stays readable.")
