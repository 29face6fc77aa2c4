"""The line about an open check-up on the counter: for everybody, whoever has answered and whoever has not."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext as _

from wellbeing import checkups, quarters
from wellbeing.reports import dates

# It would be part of the furniture if it stood there for three months.
AT_THE_BEGINNING, AT_THE_END = timedelta(days=7), timedelta(days=14)


def checkup_line(connection: sa.Connection, now: datetime, zone: ZoneInfo) -> list[dict[str, str]]:
    """Return a notice in the first week and the last two of a check-up; at other times none."""
    quarter = checkups.open_now(connection, now)
    if quarter is None or quarter.opens_at + AT_THE_BEGINNING <= now < quarter.closes_at - AT_THE_END:
        return []
    day = dates.weekday(quarters.last_day(quarter.closes_at, zone))
    return [
        {
            "title": _("The check-up is open until %(day)s.", day=day),
            "text": _("Say how customers are treated here: sign in on a phone or a computer of your own."),
        }
    ]
