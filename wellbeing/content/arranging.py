"""When and in which order a site's texts are shown, and which are not shown at all."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing.content.editing import ChangedMeanwhile, EditRefused, find, lock, mark, refuse_too_many, row_of
from wellbeing.content.entries import Entry, every
from wellbeing.content.kinds import Kind
from wellbeing.content.shipped import shipped
from wellbeing.models.content import ContentEntry


def mark_of_days(entry: Entry) -> str:
    """Return the mark of the days on which a text is shown."""
    return mark(entry.shown_from, entry.shown_until)


def schedule(session: Session, kind: Kind, key: str, begins: str, ends: str, seen: str) -> None:
    """Let a text be shown from one day until another, both included; empty means no such bound. Commits.

    ``seen`` is the mark of the days that the form showed. Raises NoSuchText, EditRefused, ChangedMeanwhile.
    """
    lock(session)
    entry = find(session, kind, key)
    if not kind.dated:
        raise EditRefused(_("Texts of this kind are shown on every day."))
    first, last = span(begins, ends)
    if seen != mark_of_days(entry):
        raise ChangedMeanwhile
    row = row_of(session, kind, key)
    row.shown_from, row.shown_until = first, last
    session.commit()


def span(begins: str, ends: str) -> tuple[date | None, date | None]:
    """Return the first and the last day that were typed, None for an empty one; raise EditRefused."""
    first, last = _day(begins), _day(ends)
    if first and last and last < first:
        raise EditRefused(_("The last day comes before the first one."))
    return first, last


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError:
        raise EditRefused(_("This is not a day, such as 2026-11-22.")) from None


def take_away(session: Session, kind: Kind, key: str) -> None:
    """Stop offering a text; it can be offered again. Commits; raises NoSuchText or EditRefused."""
    lock(session)
    find(session, kind, key)
    if not kind.own:
        raise EditRefused(_("This text stays: something else in the app counts on it. Its words may change."))
    row_of(session, kind, key).offered = False
    session.commit()


def offer_again(session: Session, kind: Kind, key: str) -> None:
    """Offer a text that was taken away, or that is off until a site wants it. Commits.

    Raises NoSuchText or EditRefused.
    """
    lock(session)
    if not find(session, kind, key).offered:
        refuse_too_many(session, kind, 1)
        row_of(session, kind, key).offered = True
    session.commit()


def move(session: Session, kind: Kind, key: str, step: int) -> None:
    """Move a text one place up (-1) or down (1) among those that are offered. Commits, or NoSuchText."""
    lock(session)
    entries = list(every(session, kind.name))
    entry = find(session, kind, key)
    shown = [other for other in entries if other.offered]
    there = shown.index(entry) + step if entry in shown else -1
    if 0 <= there < len(shown):
        first, second = entries.index(entry), entries.index(shown[there])
        entries[first], entries[second] = entries[second], entries[first]
        _place(session, kind, entries)
    session.commit()


def _place(session: Session, kind: Kind, entries: list[Entry]) -> None:
    """Write the place of every text that does not stand where it would by itself."""
    by_itself = {known.key: place for place, known in enumerate(shipped(kind.name))}
    for place, entry in enumerate(entries):
        row = session.get(ContentEntry, (kind.name, entry.key))
        if row is not None or by_itself.get(entry.key) != place:
            (row or row_of(session, kind, entry.key)).position = place
