"""The message of the day: a short quotation or exercise, another one each day, in the reader's language."""

from dataclasses import dataclass
from datetime import date

from wellbeing.content.entries import Entry, Reader, every, of_the_day


@dataclass(frozen=True)
class Message:
    """A message as it is shown; ``language`` is the one that its text is in."""

    text: str
    comment: str
    author: str
    source: str
    exercise: bool
    language: str


def message_of(reader: Reader, day: date, language: str, for_teams: bool = False) -> Message | None:
    """Return the message of a day: one scheduled for it, or the next in turn; None where none is offered.

    ``for_teams`` leaves only what may also stand on a sheet for a whole team.
    """
    entries = every(reader, "message")
    fit = [entry for entry in entries if entry.said(language).get("for_teams") or not for_teams]
    found = of_the_day(fit, day)
    return _said(found, language) if found else None


def _said(entry: Entry, language: str) -> Message:
    said = entry.said(language)
    texts = {name: str(said.get(name, "")) for name in ("text", "comment", "author", "source")}
    spoken = language if entry.words.get(language, {}).get("text") else "en"
    return Message(**texts, exercise=bool(said.get("exercise")), language=spoken)


def carrying_now(reader: Reader, day: date, language: str) -> str | None:
    """Return what customers are carrying on a day, as the counter's banner says it; None on other days."""
    found = of_the_day(every(reader, "carrying"), day)
    return str(found.said(language).get("text", "")) or None if found else None
