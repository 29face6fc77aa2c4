"""Word that new figures are out: it follows from the tick's date alone, and never from what was released."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext as _

from wellbeing import people, ticks
from wellbeing.models.epochs import LedgerKind
from wellbeing.models.ledger import Tick
from wellbeing.models.settings import Settings
from wellbeing.reports import dates

NEW_FOR = timedelta(days=3)


@dataclass(frozen=True)
class Week:
    """A weekly tick that has run: its number, the day its epoch opened and the day it closed."""

    number: int
    opened_on: date
    closed_on: date


def weeks(reader: ticks.Reader, after: int = 0) -> list[Week]:
    """Return the weekly ticks that have run since the one of a number, oldest first."""
    query = sa.select(Tick.number, Tick.opened_on, Tick.closed_on)
    query = query.where(Tick.ledger == LedgerKind.WEEKLY, Tick.number > after).order_by(Tick.number)
    return [Week(*row) for row in reader.execute(query).tuples()]


def newest_number(reader: ticks.Reader) -> int:
    """Return the number of the weekly tick that ran last; 0 before the first."""
    query = sa.select(sa.func.max(Tick.number)).where(Tick.ledger == LedgerKind.WEEKLY)
    return reader.execute(query).scalar() or 0


def sentence(reader: ticks.Reader, now: datetime) -> str:
    """Return that new figures are out, for three days after a tick; nothing on other days.

    An organisation too small for any figure, by its roster, is told nothing.
    """
    zone = ZoneInfo(reader.execute(sa.select(Settings.time_zone)).scalar_one())
    last = weeks(reader, newest_number(reader) - 1)
    today = now.astimezone(zone).date()
    if not any(week.closed_on <= today < week.closed_on + NEW_FOR for week in last):
        return ""
    if not people.has_ledger(reader, now):
        return ""
    days = dates.week(last[-1].opened_on, last[-1].closed_on)
    return _("The figures of %(days)s are out. Your team and its managers read the same page.", days=days)
