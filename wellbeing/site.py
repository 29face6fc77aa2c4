"""The site this process serves: its settings, its zone and its present moment."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import click
import sqlalchemy as sa
from flask import current_app
from sqlalchemy.exc import OperationalError, ProgrammingError
from sqlalchemy.orm import Session

from wellbeing import clock, full_disk, own_command
from wellbeing.config import Config, Mode
from wellbeing.models.base import db
from wellbeing.models.settings import Settings
from wellbeing.prepared import Prepared

_AHEAD = Prepared(sa.select(Settings.clock_ahead_seconds))


class NotSetUp(click.ClickException):
    """The site has no settings yet; a command ends with this sentence, and a page shows its own."""

    def __init__(self) -> None:
        super().__init__(f"This site is not set up yet: run `{own_command.written('site create')}` first.")


def config() -> Config:
    """Return the configuration of the running app."""
    found: Config = current_app.extensions["config"]
    return found


def settings() -> Settings:
    """Return the site's settings; raise NotSetUp before `flask site create`."""
    try:
        found = db.session.get(Settings, 1)
    except (OperationalError, ProgrammingError) as error:
        if full_disk.is_full(error):
            raise
        raise NotSetUp from None  # The database is empty: its migrations have not run.
    if found is None:
        raise NotSetUp
    return found


def now() -> datetime:
    """Return the site's present moment in UTC."""
    return moment(db.session())


def moment(reader: Session | sa.Connection) -> datetime:
    """Return the site's present moment in UTC, read through a session or connection already open."""
    if config().mode is Mode.PRODUCTION:  # A real site's clock is not stored, and cannot be moved.
        return clock.now()
    found = _AHEAD.one(reader if isinstance(reader, sa.Connection) else reader.connection())
    return clock.now(timedelta(seconds=found.clock_ahead_seconds if found else 0))


def today(reader: Session | sa.Connection) -> date:
    """Return the day it is at the site, read through a session or connection already open."""
    return day(reader, moment(reader))


def day(reader: Session | sa.Connection, at: datetime) -> date:
    """Return the day it is at the site at a moment."""
    found = reader.execute(sa.select(Settings.time_zone)).scalar()
    return at.astimezone(ZoneInfo(found or "UTC")).date()


def zone() -> ZoneInfo:
    """Return the organisation's time zone."""
    return ZoneInfo(settings().time_zone)
