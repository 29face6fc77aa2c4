"""`flask person code` and `flask person second-factor`: for whoever runs the machine, if nobody gets in."""

import click

from wellbeing import audit, codes, erasure, people, second_factor, site
from wellbeing.audit import Act
from wellbeing.cli.people import person_group
from wellbeing.models.accounts import CodePurpose, Person
from wellbeing.models.base import db

UNIT = click.option("--unit", default="", help="The team, where two people have the same name.")


@person_group.command("code")
@click.argument("name")
@UNIT
def code(name: str, unit: str) -> None:
    """Print a one-time code with which a person chooses a new password; the audit log says so."""
    person = _find(name, unit)
    audit.note(db.session(), Act.PASSWORD_CODE_MADE, None, site.now(), person_id=person.id)
    made = people.make_code(db.session(), CodePurpose.PASSWORD, person.id, site.now())
    click.echo(made)
    days = codes.GOOD_FOR[CodePurpose.PASSWORD].days
    click.echo(f"It works once, within {days} days, at /first-time, and replaces a code made before.")
    click.echo("The new password signs in, and removes an authenticator app. It opens no diary: only its")
    click.echo("recovery code or a passkey does. The log tells the person that a command made this code.")


def _find(name: str, unit: str) -> Person:
    try:
        person = erasure.find(db.session(), name, unit)
    except erasure.NobodyFound as error:
        raise click.ClickException(str(error)) from None
    if not person.active:
        raise click.ClickException("This person has left, and cannot sign in.")
    return person


@person_group.command("second-factor")
@click.argument("name")
@UNIT
@click.option("--remove", is_flag=True, help="Remove the authenticator app and its spare codes.")
def remove_second_factor(name: str, unit: str, remove: bool) -> None:
    """Say whether a person has an authenticator app, and with --remove take it away, which is noted."""
    person = _find(name, unit)
    if not remove:
        has_app = second_factor.facts(db.session(), person.id) is not None
        click.echo("There is an authenticator app." if has_app else "There is no authenticator app.")
        return
    if not second_factor.remove_by(db.session(), person.id, None, site.now()):
        raise click.ClickException("There is no authenticator app. Nothing was changed.")
    db.session.commit()
    click.echo("Removed, with its spare codes. The password alone signs in until another is set up.")
    click.echo("The person is told at the next sign-in.")
