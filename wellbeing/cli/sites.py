"""`flask site create`: the first minute of a real site."""

import click
from flask.cli import AppGroup

from wellbeing import clock, people, schema, site
from wellbeing.config import Mode
from wellbeing.models.base import db
from wellbeing.models.settings import SiteKind
from wellbeing.people import NewSite, SiteRefused

group = AppGroup("site", help="Set a site up.")


@group.command("create")
@click.option("--organisation", prompt="Name of the organisation")
@click.option("--admin-name", prompt="Name of the first admin")
@click.option("--admin-login", prompt="Sign-in name of the first admin")
@click.option("--help-contact", prompt="Whom can staff turn to for help here (name, place or number)")
@click.option("--time-zone", prompt="Time zone, such as Europe/Madrid")
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
        code = people.create_site(db.session(), NewSite(**answers, kind=SiteKind(kind)), clock.now())
    except SiteRefused as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(
        f"{answers['organisation']} is set up. {answers['admin_name']} chooses a password at /first-time"
    )
    click.echo(f"with this code, which works once within seven days: {code}")
    click.echo(
        "Next: flask people import FILE --dry-run, then flask people import FILE, then flask people confirm."
    )
