"""`flask person move` and `flask settings plan`: what waits for the tick."""

from dataclasses import asdict, replace

import click
from flask.cli import AppGroup

from wellbeing import announcement, erasure, moves, ratchet, site
from wellbeing.audit import Act
from wellbeing.cli.noting import noted
from wellbeing.cli.people import person_group
from wellbeing.cli.units import unit_at
from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import db
from wellbeing.moves import MoveRefused
from wellbeing.ratchet import SettingsRefused

settings_group = AppGroup("settings", help="How figures are made.")


@person_group.command("move")
@click.argument("name")
@click.option("--to", "team", required=True, metavar="SITE/TEAM", help="The team to move to.")
@click.option("--unit", default="", help="The present team, where two people have the same name.")
def move(name: str, team: str, unit: str) -> None:
    """Plan somebody's move to another team, from the next tick on; to their own team, cancel it."""
    try:
        person = erasure.find(db.session(), name, unit)
        target = unit_at(team)
        _note_move(person, target)
        planned = moves.plan_move(db.session(), person, target, site.now())
    except (erasure.NobodyFound, MoveRefused) as refused:
        raise click.ClickException(str(refused)) from None
    if planned is None:
        click.echo("The move is cancelled.")
    else:
        click.echo(f"The move takes effect at the tick on {planned.takes_effect_on}.")


def _note_move(person: Person, unit: Unit) -> None:
    if unit.id == person.unit_id:
        noted(Act.MOVE_CANCELLED, person_id=person.id, unit_id=unit.id)
        return
    day = moves.effective_on(db.session(), site.now()).isoformat()
    noted(Act.PERSON_MOVED, person_id=person.id, unit_id=unit.id, origin=person.unit.name, day=day)


@settings_group.command("plan")
@click.option("--people-needed", type=int, help="People needed for a figure; never fewer than 5.")
@click.option("--own-pool-from", type=int, help="People needed for a team's own figure.")
@click.option("--tick-days", type=int, help="7, or 14 for the strict choice.")
@click.option("--activation-days", type=int, help="Days until a new account counts; never fewer than 14.")
def plan(**wished: int | None) -> None:
    """Plan how figures are made; what loosens anything is announced to staff one tick ahead."""
    wanted = replace(
        ratchet.in_force(db.session()), **{name: wish for name, wish in wished.items() if wish is not None}
    )
    try:
        noted(Act.SETTINGS_PLANNED, **asdict(wanted))
        ratchet.plan(db.session(), wanted, site.now())
    except SettingsRefused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(announcement.sentence(db.session()))


@settings_group.command("withdraw")
def withdraw() -> None:
    """Take the planned change back."""
    if ratchet.announced(db.session()):
        noted(Act.SETTINGS_WITHDRAWN)
    if not ratchet.withdraw(db.session()):
        raise click.ClickException("No change is planned.")
    click.echo("The planned change is taken back.")
