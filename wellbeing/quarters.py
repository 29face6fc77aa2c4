"""Calendar quarters and months where the site is: when one begins, ends, and which day is its last."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONTHS_OF_A_YEAR = 12


def period(moment: datetime, months: int, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when the calendar quarter (``months`` 3) or month (1) of a moment begins and ends, in UTC."""
    day = moment.astimezone(zone).date()
    first = date(day.year, day.month - (day.month - 1) % months, 1)
    after = first.month - 1 + months
    last = date(first.year + after // MONTHS_OF_A_YEAR, after % MONTHS_OF_A_YEAR + 1, 1)
    return _midnight(first, zone), _midnight(last, zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(0), zone).astimezone(UTC)


def last_day(closes_at: datetime, zone: ZoneInfo) -> date:
    """Return the last day on which a check-up can be answered."""
    return closes_at.astimezone(zone).date() - timedelta(days=1)
