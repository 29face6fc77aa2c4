"""Helplines: data with a country and the day on which each number was last checked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from babel import Locale
from sqlalchemy.exc import OperationalError, ProgrammingError

from wellbeing.content.entries import Entry, Reader, as_shipped, every

STALE_AFTER = timedelta(days=180)
NEEDED = {"country", "name", "number", "checked"}


@dataclass(frozen=True)
class Helpline:
    """A number that answers anybody."""

    country: str
    name: str
    number: str
    checked: date


def helplines(reader: Reader, locale: Locale) -> list[Helpline]:
    """Return every helpline that a site offers, in a language's words; before its set-up, those shipped."""
    said = (entry.said(locale.language) for entry in _entries(reader) if entry.offered)
    return [
        Helpline(
            country=locale.territories.get(line["country"], line["country"]),
            name=line["name"],
            number=line["number"],
            checked=date.fromisoformat(line["checked"]),
        )
        for line in said
        # The page that people in need open shows what it can, whatever an older version kept.
        if NEEDED <= line.keys()
    ]


def _entries(reader: Reader) -> tuple[Entry, ...]:
    try:
        return every(reader, "helpline")
    except (OperationalError, ProgrammingError):  # The database is empty: its migrations have not run.
        reader.rollback()
        return as_shipped("helpline")


def stale(entries: Iterable[Entry], today: date) -> list[Entry]:
    """Return those of some helplines that are offered and were last checked more than 180 days ago."""
    return [entry for entry in entries if entry.offered and today - checked_on(entry) > STALE_AFTER]


def checked_on(entry: Entry) -> date:
    """Return the day on which a helpline's number was last checked."""
    # What an older version kept by halves was never checked.
    return date.fromisoformat(str(entry.said("en").get("checked") or date.min))
