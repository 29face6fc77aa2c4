"""Texts as a site has them: the shipped ones, with the site's own words laid over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.content.shipped import Shipped, shipped
from wellbeing.models.content import ContentEntry, Origin

Reader = Session | sa.Connection


@dataclass(frozen=True)
class Entry:
    """One text of a site; ``words`` are those in force, by language and under "plain"."""

    kind: str
    key: str
    words: Mapping[str, Mapping[str, Any]]
    origin: Origin
    offered: bool = True
    shown_from: date | None = None
    shown_until: date | None = None

    def said(self, language: str) -> dict[str, Any]:
        """Return its fields in a language, each in English where nobody has said it in that one."""
        english, own = self.words.get("en", {}), self.words.get(language, {})
        return {
            **self.words.get("plain", {}),
            **english,
            **{name: text for name, text in own.items() if text},
        }

    def is_shown(self, day: date) -> bool:
        """Tell whether it is offered on a day."""
        begun = self.shown_from is None or self.shown_from <= day
        return self.offered and begun and (self.shown_until is None or day <= self.shown_until)


def every(reader: Reader, kind: str) -> tuple[Entry, ...]:
    """Return all texts of a kind that a site has, in its order, also those that are not offered."""
    rows = reader.execute(sa.select(ContentEntry.__table__).where(ContentEntry.kind == kind)).all()
    changed = {row.key: row for row in rows}
    known = {entry.key: entry for entry in shipped(kind)}
    keys = [*known, *sorted(changed.keys() - known.keys())]
    places = {key: changed[key].position if key in changed else keys.index(key) for key in keys}
    keys.sort(key=lambda key: (places[key], key not in known, key))
    return tuple(_entry(kind, key, known.get(key), changed.get(key)) for key in keys)


def as_shipped(kind: str) -> tuple[Entry, ...]:
    """Return the texts of a kind as they are where there is no database to ask yet."""
    return tuple(_entry(kind, known.key, known, None) for known in shipped(kind))


def _entry(kind: str, key: str, known: Shipped | None, row: sa.Row | None) -> Entry:
    if row is None:
        words, offered = (known.words, known.offered) if known else ({}, False)
        return Entry(kind, key, words, Origin.SHIPPED, offered)
    words = row.words or (known.words if known else {})
    return Entry(kind, key, words, row.origin, row.offered, row.shown_from, row.shown_until)


def shown(reader: Reader, kind: str, day: date, language: str) -> list[dict[str, Any]]:
    """Return the texts of a kind that are shown on a day, each as its fields in a language, with its key."""
    return [
        {"key": entry.key, **entry.said(language)} for entry in every(reader, kind) if entry.is_shown(day)
    ]


def by_key(reader: Reader, kind: str, day: date, language: str) -> dict[str, dict[str, Any]]:
    """Return the texts of a kind that are shown on a day by their keys."""
    return {entry["key"]: entry for entry in shown(reader, kind, day, language)}


def of_the_day(entries: Sequence[Entry], day: date) -> Entry | None:
    """Return the text of a day: one that is scheduled for days comes first, all others take turns."""
    offered = [entry for entry in entries if entry.is_shown(day)]
    planned = [entry for entry in offered if entry.shown_from or entry.shown_until]
    found = planned or offered
    return found[day.toordinal() % len(found)] if found else None
