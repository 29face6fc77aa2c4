"""How a site changes its texts: own words, days, order; every saved wording is kept and can come back."""

import hashlib
import json
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing.content.checks import PLAIN, WordsRefused, checked
from wellbeing.content.entries import Entry, every
from wellbeing.content.kinds import Kind, Shape
from wellbeing.content.shipped import shipped
from wellbeing.models.content import ContentEntry, ContentVersion, Origin, Words
from wellbeing.models.settings import Settings

OWN = "own-"
MOST = 60


class NoSuchText(Exception):
    """The kind has no text with this key."""


class EditRefused(Exception):
    """A change that cannot be made; the text says why, in a sentence."""


class ChangedMeanwhile(Exception):
    """Somebody else changed the text after this form was opened; nothing was saved."""


@dataclass(frozen=True)
class Typed:
    """Words that an admin typed, the mark of the words they began with, and the uploads that there are.

    ``shown`` are the first and the last day of a new text of a dated kind.
    """

    words: Mapping[str, Mapping[str, Any]]
    mark: str
    clips: Collection[str] = ()
    shown: tuple[date | None, date | None] = (None, None)


def mark(*said: Any) -> str:
    """Return a short digest by which a form knows whether something was changed since it was opened."""
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()[:16]


def find(session: Session, kind: Kind, key: str) -> Entry:
    """Return one text as it is in force; raise NoSuchText."""
    found = next((entry for entry in every(session, kind.name) if entry.key == key), None)
    if found is None:
        raise NoSuchText
    return found


def words_as_shipped(kind: Kind, key: str) -> Words | None:
    """Return the words that the product ships for a key, as they would be kept; None where it ships none."""
    found = next((entry.words for entry in shipped(kind.name) if entry.key == key), None)
    return checked(kind, found) if found is not None else None


def history(session: Session, kind: Kind, key: str) -> list[ContentVersion]:
    """Return every wording that was ever saved here, the newest first."""
    query = sa.select(ContentVersion).filter_by(kind=kind.name, key=key)
    return list(session.scalars(query.order_by(ContentVersion.id.desc())))


def save(session: Session, kind: Kind, key: str, typed: Typed, now: datetime) -> None:
    """Keep other words for a text. Commits.

    Raises NoSuchText, WordsRefused, or ChangedMeanwhile, with nothing changed.
    """
    lock(session)
    entry = find(session, kind, key)
    words = _typed(kind, typed, now, entry.words.get(PLAIN, {}))
    if typed.mark != mark(entry.words):
        raise ChangedMeanwhile
    say(session, kind, key, words, Origin.SITE, now)
    session.commit()


def _typed(kind: Kind, typed: Typed, now: datetime, before: Mapping[str, Any]) -> Words:
    """Return typed words as they are kept; no number was checked on a day to come. Raises WordsRefused."""
    words = checked(kind, typed.words, typed.clips)
    # Where the site is, it may be tomorrow already.
    tomorrow = (now + timedelta(days=1)).date().isoformat()
    plain = words.get(PLAIN, {})
    days = [field.name for field in kind.plain if field.shape is Shape.DAY]
    late = [day for day in days if plain[day] > tomorrow and plain[day] != before.get(day)]
    if problems := {(PLAIN, day): _("This day is still to come.") for day in late}:
        raise WordsRefused(problems)
    return words


def add(session: Session, kind: Kind, typed: Typed, now: datetime) -> str:
    """Keep a new text of the site's own, last in its order, and return its key. Commits.

    Raises WordsRefused or EditRefused, with nothing changed.
    """
    lock(session)
    if not kind.own:
        raise EditRefused(_("Texts of this kind can be changed, and none added."))
    refuse_too_many(session, kind, 1)
    key = OWN + secrets.token_hex(6)
    say(session, kind, key, _typed(kind, typed, now, {}), Origin.SITE, now)
    if kind.dated:
        row = row_of(session, kind, key)
        row.shown_from, row.shown_until = typed.shown
    session.commit()
    return key


def restore(
    session: Session, kind: Kind, key: str, version: int, now: datetime, clips: Collection[str] = ()
) -> None:
    """Let a text say again what it said in an earlier version, which is kept as a new one. Commits.

    Raises NoSuchText, or EditRefused where those words cannot be kept any more.
    """
    lock(session)
    found = session.get(ContentVersion, version)
    if found is None or (found.kind, found.key) != (kind.name, key):
        raise NoSuchText
    try:
        words = checked(kind, found.words, clips)
    except WordsRefused as refused:
        raise EditRefused(" ".join(dict.fromkeys(refused.problems.values()))) from None
    say(session, kind, key, words, Origin.SITE, now)
    session.commit()


def as_shipped(session: Session, kind: Kind, key: str, now: datetime) -> None:
    """Let a text say what the product ships; what it said is kept in its history. Commits, or NoSuchText."""
    lock(session)
    words = words_as_shipped(kind, key)
    if words is None:
        raise NoSuchText
    say(session, kind, key, words, Origin.SHIPPED, now)
    session.commit()


def delete(session: Session, kind: Kind, key: str) -> None:
    """Delete a text of the site's own for good, with everything it ever said. Commits.

    Raises NoSuchText, or EditRefused for one that is still offered or that the product ships.
    """
    lock(session)
    entry = find(session, kind, key)
    if entry.offered or words_as_shipped(kind, key) is not None:
        raise EditRefused(_("Only a text of your own that is not offered any more can be deleted."))
    for table in (ContentVersion, ContentEntry):
        session.execute(sa.delete(table).filter_by(kind=kind.name, key=key))
    session.commit()


def mentions(session: Session, field: str, value: str) -> bool:
    """Tell whether any text of the site, also one that is taken away, holds a value in a plain field."""
    rows = session.scalars(sa.select(ContentEntry.words).where(ContentEntry.words.is_not(None)))
    return any(words.get(PLAIN, {}).get(field) == value for words in rows if words)


def lock(session: Session) -> None:
    """Let changes of texts wait for each other: whether one is refused depends on the others."""
    session.execute(sa.select(Settings.id).with_for_update())


def say(session: Session, kind: Kind, key: str, words: Words, origin: Origin, now: datetime) -> None:
    """Write words that were found good, and keep them in the history; the same words are no new version.

    Does not commit. Words that are as shipped follow the product's file from then on.
    """
    row, known = row_of(session, kind, key), words_as_shipped(kind, key)
    if words == known:
        if row.words is None:
            return
        row.words, row.origin = None, Origin.SHIPPED
    elif words == row.words:
        row.origin = origin
        return
    else:
        row.words, row.origin = words, origin
    session.flush()
    session.add(ContentVersion(kind=kind.name, key=key, words=words, origin=row.origin, saved_at=now))


def row_of(session: Session, kind: Kind, key: str) -> ContentEntry:
    """Return the site's row of a text, made as the product ships it where there is none yet."""
    row = session.get(ContentEntry, (kind.name, key))
    if row is None:
        known = {entry.key: entry for entry in shipped(kind.name)}
        row = ContentEntry(
            kind=kind.name,
            key=key,
            words=None,
            origin=Origin.SHIPPED,
            position=list(known).index(key) if key in known else _last(session, kind) + 1,
            offered=known[key].offered if key in known else True,
        )
        session.add(row)
    return row


def _last(session: Session, kind: Kind) -> int:
    """Return the highest place that a text of a kind has."""
    query = sa.select(sa.func.max(ContentEntry.position)).where(ContentEntry.kind == kind.name)
    return max(session.scalar(query) or 0, len(every(session, kind.name)) - 1)


def refuse_too_many(session: Session, kind: Kind, more: int) -> None:
    """Raise EditRefused where a kind would offer more texts than anybody can look through."""
    if sum(entry.offered for entry in every(session, kind.name)) + more > MOST:
        raise EditRefused(
            _("At most %(most)s texts of a kind are offered. Take another one away first.", most=MOST)
        )
