"""`flask alerts test`."""

import click
from flask.cli import AppGroup

from wellbeing import alerts, clock, site
from wellbeing.alerts import NotTold, State
from wellbeing.models.base import db
from wellbeing.watching import Trouble

group = AppGroup("alerts", help="Telling somebody when something is late or wrong with this site.")


@group.command("test")
def try_out() -> None:
    """Send a trial to ALERT_TO and ALERT_WEBHOOK, and say whether it went."""
    config = site.config()
    if config.alerts is None:
        raise click.ClickException("Nobody is to be told: set ALERT_TO or ALERT_WEBHOOK first.")
    told = alerts.message(db.engine, Trouble.TICK, State.TEST, clock.now())
    try:
        went = alerts.tell(config, told)
    except NotTold as error:
        raise click.ClickException(
            f"The trial did not go by {error}. "
            "See that its address is right and that this machine reaches it."
        ) from None
    click.echo(f"The trial went by {' and by '.join(went)}.")
