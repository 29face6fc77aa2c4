"""Days and times as other mood trackers and spreadsheets write them, in English and Spanish."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan ene",
            "feb",
            "mar",
            "apr abr",
            "may",
            "jun",
            "jul",
            "aug ago",
            "sep set",
            "oct",
            "nov",
            "dec dic",
        ),
        1,
    )
    for name in names.split()
}
_NAME = rf"(?P<name>(?:{'|'.join(MONTHS)})[^\W\d_]*)\.?"
_YEAR = r"(?P<year>\d{4})"
_DAY = r"(?P<day>\d{1,2})"
YEAR_FIRST = re.compile(rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.]{_DAY}(?!\d)")
YEAR_LAST = re.compile(
    r"(?<!\d)(?P<one>\d{1,2})(?P<sign>[-/.])(?P<two>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})(?!\d)"
)
DAY_NAME_YEAR = re.compile(rf"(?<!\d){_DAY}\.?\s*(?:de\s+)?{_NAME}\s*(?:de\s+|,\s*)?{_YEAR}")
# Java writes "Wed Mar 04 11:30:00 CET 2026": the zone stands between the day and the year.
NAME_DAY_YEAR = re.compile(rf"{_NAME}\s+{_DAY}(?:st|nd|rd|th)?,?\s+(?:[^\W\d_]{{2,5}}\s+)?{_YEAR}")
CLOCK = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?:[:h](?P<minute>\d{2})(?::\d{2}(?:[.,]\d+)?)?)"
    r"\s*(?:(?P<half>[ap])\.?\s?m\b\.?)?(?P<offset>\s?z\b|\s?[+-]\d{2}:?\d{2}\b)?"
)
CLOCK_ALONE = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2})(?:[:.]\d{2})?)?\s*(?:(?P<half>[ap])\.?\s?m\b\.?)?h?"
)
NOON = time(12)


class Unreadable(ValueError):
    """A day or a time that cannot be read."""


def day_of(text: str, month_first: bool) -> date:
    """Return the day that a cell names; raise Unreadable."""
    lower = text.lower()
    try:
        if found := YEAR_FIRST.search(lower):
            return date(*(int(found[part]) for part in ("year", "month", "day")))
        lower = CLOCK.sub(" ", lower)
        if found := YEAR_LAST.search(lower):
            one, two = int(found["one"]), int(found["two"])
            day, month = (two, one) if month_first else (one, two)
            return date(_year(found["year"]), month, day)
        if found := DAY_NAME_YEAR.search(lower) or NAME_DAY_YEAR.search(lower):
            return date(int(found["year"]), MONTHS[found["name"][:3]], int(found["day"]))
    except ValueError:
        raise Unreadable from None
    raise Unreadable


def _year(digits: str) -> int:
    return int(digits) + (2000 if len(digits) == 2 else 0)


def month_first(cells: list[str]) -> bool | None:
    """Tell whether days are written month first, as in 12/31/2025; None where nothing shows it."""
    pairs = [found for cell in cells if (found := YEAR_LAST.search(cell))]
    if any(int(found["one"]) > 12 for found in pairs):
        return False
    return True if any(int(found["two"]) > 12 for found in pairs) else None


def is_ambiguous(cells: list[str]) -> bool:
    """Tell whether any day would be another one if the month stood first."""
    return any(YEAR_LAST.search(cell) and not YEAR_FIRST.search(cell) for cell in cells)


def moment_of(day: date, day_cell: str, time_cell: str | None, zone: tzinfo) -> datetime:
    """Return the moment, to the minute; noon where no time is written. Raises Unreadable.

    The time stands in a cell of its own, or behind the day in ``day_cell``, with its distance from UTC or in
    the zone of the site.
    """
    if time_cell:
        found = CLOCK_ALONE.fullmatch(_plain(time_cell)) or CLOCK.fullmatch(_plain(time_cell))
        if found is None:
            raise Unreadable
    else:
        found = CLOCK.search(YEAR_FIRST.sub(_blank, _plain(day_cell)))
    if found is None:
        return datetime.combine(day, NOON, zone)
    return datetime.combine(day, _clock(found), _offset(found.groupdict().get("offset")) or zone)


def _plain(cell: str) -> str:
    return " ".join(cell.lower().split())


def _blank(found: re.Match[str]) -> str:
    # The T of ISO 8601 goes along: a digit after it begins the time.
    return " " * len(found[0])


def _clock(found: re.Match[str]) -> time:
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if half and not 1 <= hour <= 12:
        raise Unreadable
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise Unreadable from None


def _offset(text: str | None) -> timezone | None:
    sign = (text or "").strip().replace(":", "")
    if not sign:
        return None
    if sign == "z":
        return UTC
    hours, minutes = int(sign[1:3]), int(sign[3:5])
    if hours > 14 or minutes > 59:
        raise Unreadable
    away = timedelta(hours=hours, minutes=minutes)
    return timezone(-away if sign[0] == "-" else away)
