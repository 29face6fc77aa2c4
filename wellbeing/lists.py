"""The lists of the counter as this site has them: the product's own, with the site's changes laid over (R16).

An answer holds keys and never words, so words may change, and a key means the same for ever. Nothing here
reads an answer: which entries a list has, or had, says nothing about who tapped what.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

import sqlalchemy as sa
from flask_babel import LazyString
from sqlalchemy.orm import Session

from wellbeing import choices
from wellbeing.choices import Choice
from wellbeing.models.lists import ListEntry, ListName

PRODUCT: Mapping[ListName, tuple[Choice, ...]] = {
    ListName.BEHAVIOUR: choices.BEHAVIOURS,
    ListName.CAUSE: choices.CAUSES,
    ListName.CHANNEL: choices.CHANNELS,
    ListName.AREA: choices.AREAS,
    ListName.BREAK_KIND: choices.BREAK_KINDS,
}
# There must always be a way out for somebody whom nothing else fits.
WAYS_OUT = frozenset({"other", "unknown"})
# A tablet without a network still shows an older list; what is tapped on it in this time is not lost.
ACCEPTED_FOR = timedelta(days=7)

Words: TypeAlias = LazyString | str


@dataclass(frozen=True)
class Entry:
    """One entry of a site's list: the product's, or one of the site's own (``product`` is None)."""

    key: str
    product: Choice | None = None
    own_words: str | None = None
    # The first day on which it is not offered any more.
    retired_on: date | None = None

    @property
    def label(self) -> Words:
        """The site's words, which are the same in every language, or else the product's."""
        return self.own_words or (self.product.label if self.product else self.key)

    @property
    def choice(self) -> Choice:
        """The entry as the counter offers it; the product's hint goes with the product's words alone."""
        hint = self.product.hint if self.product and not self.own_words else None
        return Choice(self.key, self.label, hint)

    def is_offered(self, today: date) -> bool:
        """Tell whether the counter offers it today."""
        return self.retired_on is None or today < self.retired_on

    def is_accepted(self, today: date) -> bool:
        """Tell whether a tablet that shows an older list may still send it."""
        return self.retired_on is None or today <= self.retired_on + ACCEPTED_FOR


Entries = tuple[Entry, ...]


def every(reader: Session | sa.Connection) -> dict[ListName, Entries]:
    """Return every list of the site, each with all entries that it ever had, in the site's order."""
    rows = reader.execute(sa.select(ListEntry.__table__)).all()
    return {name: _laid_over(name, [row for row in rows if row.list_name is name]) for name in ListName}


def _laid_over(name: ListName, rows: list[sa.Row]) -> Entries:
    changed = {row.key: row for row in rows}
    product = {choice.key: choice for choice in PRODUCT[name]}
    # What shares a place, because a newer version of the product brought it, stands before the site's own.
    keys = [*product, *sorted(changed.keys() - product.keys())]
    places = {key: changed[key].position if key in changed else keys.index(key) for key in keys}
    keys.sort(key=places.__getitem__)
    return tuple(_entry(key, product.get(key), changed.get(key)) for key in keys)


def _entry(key: str, product: Choice | None, row: sa.Row | None) -> Entry:
    return Entry(key, product, row.label, row.retired_on) if row else Entry(key, product)


def offered(reader: Session | sa.Connection, name: ListName, today: date) -> tuple[Choice, ...]:
    """Return what the counter offers today, in the site's order."""
    return choices_of(every(reader)[name], today)


def choices_of(entries: Entries, today: date) -> tuple[Choice, ...]:
    """Return those of a list's entries that the counter offers today."""
    return tuple(entry.choice for entry in entries if entry.is_offered(today))


def all_of(reader: Session | sa.Connection, name: ListName, opened_on: date) -> tuple[str, ...]:
    """Return every key that an answer given on ``opened_on`` or later can hold, in the site's order.

    It depends on the list alone, so that each of them can have a word whoever chose it. For rows that have
    waited a tick, ``opened_on`` is the day on which the oldest of their epochs opened.
    """
    return tuple(entry.key for entry in every(reader)[name] if entry.is_accepted(opened_on))


def accepted(reader: Session | sa.Connection, today: date) -> dict[ListName, frozenset[str]]:
    """Return the keys of each list that a tablet may send today."""
    return {
        name: frozenset(entry.key for entry in entries if entry.is_accepted(today))
        for name, entries in every(reader).items()
    }


def all_words(reader: Session | sa.Connection) -> dict[str, dict[str, Words]]:
    """Return the words of every key that any list has, or ever had, by the list's name."""
    found = every(reader).items()
    return {name.value: {entry.key: entry.label for entry in entries} for name, entries in found}


def words(reader: Session | sa.Connection, name: ListName) -> dict[str, Words]:
    """Return the words of every key that the list has, or ever had."""
    return {entry.key: entry.label for entry in every(reader)[name]}
