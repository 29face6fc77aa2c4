"""`flask site create`: the first minute of a real site."""

from pathlib import Path
from zoneinfo import available_timezones

import click
from click import Context, Parameter
from flask.cli import AppGroup

from wellbeing import clock, listening, own_command, people, schema, site
from wellbeing.audit import Act
from wellbeing.cli.noting import noted
from wellbeing.config import Mode
from wellbeing.models.base import db
from wellbeing.models.settings import SiteKind
from wellbeing.people import NewSite, SiteRefused

group = AppGroup("site", help="Set a site up.")
LOCALTIME = Path("/etc/localtime")


def zone_of_this_machine() -> str | None:
    """Return the time zone that this machine is set to, where it is that of a place."""
    zone = str(LOCALTIME.resolve()).partition("zoneinfo/")[2]
    return zone if "/" in zone and not zone.startswith("Etc/") and zone in available_timezones() else None


def _asked_again(context: Context, parameter: Parameter, typed: str) -> str:
    """Ask once more for an answer that cannot stand, not for all five; an option is judged with the rest."""
    if context.get_parameter_source(str(parameter.name)) is not None:
        return typed
    if parameter.name == "admin_login" and not people.LOGIN.fullmatch(typed):
        raise click.BadParameter("a sign-in name has 2 to 80 letters without accents, digits or . _ @ + -")
    if parameter.name == "time_zone" and typed not in available_timezones():
        raise click.BadParameter(f"there is no time zone “{typed}”; write one like Europe/Madrid.")
    return typed


@group.command("create")
@click.option("--organisation", prompt="Name of the organisation")
@click.option("--admin-name", prompt="Name of the first admin")
@click.option("--admin-login", prompt="Sign-in name of the first admin", callback=_asked_again)
@click.option("--help-contact", prompt="Whom can staff turn to for help here (name, place or number)")
@click.option(
    "--time-zone",
    prompt="Time zone, such as Europe/Madrid",
    default=zone_of_this_machine,
    callback=_asked_again,
)
@click.option("--language", default="en", show_default=True, help="The language to begin with: en or es.")
@click.option(
    "--kind", default="real", show_default=True, type=click.Choice([kind.value for kind in SiteKind])
)
def create(kind: str, **answers: str) -> None:
    """Set the site up, and print the first admin's one-time code."""
    schema.upgrade()
    if site.config().mode is Mode.PRODUCTION and kind != SiteKind.REAL:
        raise click.ClickException("In production a site is real; demo and test sites need SECOND_WIND_MODE.")
    try:
        noted(Act.SITE_CREATED)
        code = people.create_site(db.session(), NewSite(**answers, kind=SiteKind(kind)), clock.now())
    except SiteRefused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(_what_comes_next(answers["organisation"], answers["admin_name"], code))


def _what_comes_next(organisation: str, admin: str, code: str) -> str:
    mail = site.config().mail
    known = mail.site_url if mail else listening.known_address()
    address = known or f"http://127.0.0.1:{listening.port('8000')}"
    served = "" if known else " (or the address at which you serve this site)"
    return "\n".join(
        [
            f"{organisation} is created. What comes next, in a browser:",
            f"  1. {admin} opens {address}/first-time{served}",
            f"  2. types this code, which works once within seven days: {code}",
            "  3. chooses a password, and is led through seven short steps to the first check-in.",
            "A longer list of people can be loaded from a file there, or with "
            f"{own_command.written('people import FILE')}.",
        ]
    )
