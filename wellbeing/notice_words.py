"""Times of a notice as people say them at the place where it is shown."""

from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from wellbeing.reports import dates


def moment(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return a moment in the time of ``zone``, such as "15:00"; with its day where that is not today."""
    local = at.astimezone(zone)
    time = f"{local:%H:%M}"
    if local.date() == now.astimezone(zone).date():
        return time
    return _("%(day)s, %(time)s", day=dates.short(local.date()), time=time)


def span(starts_at: datetime, ends_at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """Return when a notice holds, such as "From 08:00 until 24 Nov, 15:00"."""
    start, end = moment(starts_at, now, zone), moment(ends_at, now, zone)
    if starts_at.astimezone(zone).date() == ends_at.astimezone(zone).date():
        end = f"{ends_at.astimezone(zone):%H:%M}"
    return _("From %(start)s until %(end)s", start=start, end=end)


def field(at: datetime, zone: ZoneInfo) -> str:
    """Return a moment as a browser's field for a local date and time takes it."""
    return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
