"""How an admin changes a list of the counter: other words, another order, own entries, entries taken off.

No entry is ever deleted and no key used twice, so that figures of any week can name what they speak of.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

import sqlalchemy as sa
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing.lists import PRODUCT, WAYS_OUT, Entries, Entry, every
from wellbeing.models.lists import ListEntry, ListName
from wellbeing.models.settings import Settings
from wellbeing.private_text import JOINERS

LONGEST_KEY = 40
LONGEST_LABEL = 60
FEWEST, MOST = 2, 24
# No key of the product begins like this, so that a later version cannot bring one that a site has.
OWN = "site_"


class ListRefused(Exception):
    """A change after which a list could not be used well; the text says why, in a sentence."""


class NoSuchEntry(Exception):
    """The list has no entry with this key, and never had."""


@dataclass(frozen=True)
class Here:
    """The site's day, and the languages that the product speaks."""

    today: date
    languages: tuple[str, ...]


def apply(session: Session, name: ListName, change: Callable[[Entries], Entries]) -> None:
    """Make one change of one list. Commits; raises ListRefused or NoSuchEntry, with nothing changed."""
    # One change at a time: whether one is refused depends on the whole list.
    session.execute(sa.select(Settings.id).with_for_update())
    for place, entry in enumerate(change(every(session)[name])):
        _keep(session, name, place, entry)
    session.commit()


def _keep(session: Session, name: ListName, place: int, entry: Entry) -> None:
    """Write an entry, unless it stands where the product has it, as the product has it."""
    product = PRODUCT[name][place] if place < len(PRODUCT[name]) else None
    row = session.get(ListEntry, (name, entry.key))
    if row is None and not (product and entry == Entry(product.key, product)):
        row = ListEntry(list_name=name, key=entry.key)
        session.add(row)
    if row is not None:
        row.label, row.position, row.retired_on = entry.own_words, place, entry.retired_on


def rename(entries: Entries, key: str, typed: str, here: Here) -> Entries:
    """Return a list in which an entry has the site's own words, in every language."""
    entry, label = _entry(entries, key), _label(typed)
    if label == str(entry.label):
        return entries
    renamed = replace(entry, own_words=label)
    _refuse_twice(renamed, entries, here)
    return _with(entries, renamed)


def reset(entries: Entries, key: str, here: Here) -> Entries:
    """Return a list in which an entry of the product has its own words again; others stay as they are."""
    entry = _entry(entries, key)
    if entry.product is None:
        return entries
    as_product = replace(entry, own_words=None)
    _refuse_twice(as_product, entries, here)
    return _with(entries, as_product)


def add(entries: Entries, typed: str, here: Here) -> Entries:
    """Return a list with one more entry, the site's own, before the ways out."""
    label = _label(typed)
    entry = Entry(_new_key(label, {known.key for known in entries}), own_words=label)
    _refuse_twice(entry, entries, here)
    _refuse_too_many(entries, here)
    return _placed(entries, entry)


def retire(entries: Entries, key: str, here: Here) -> Entries:
    """Return a list in which an entry is not offered from today on."""
    entry = _entry(entries, key)
    if not entry.is_offered(here.today):
        return entries
    if entry.key in WAYS_OUT:
        raise ListRefused(_("This entry stays: somebody whom nothing else fits needs a way out."))
    if _offered(entries, here) <= FEWEST:
        raise ListRefused(_("A list offers at least %(fewest)s entries.", fewest=FEWEST))
    return _with(entries, replace(entry, retired_on=here.today))


def offer_again(entries: Entries, key: str, here: Here) -> Entries:
    """Return a list in which an entry is offered again, before the ways out."""
    entry = _entry(entries, key)
    if entry.is_offered(here.today):
        return entries
    _refuse_too_many(entries, here)
    others = tuple(other for other in entries if other is not entry)
    return _placed(others, replace(entry, retired_on=None))


def move(entries: Entries, key: str, step: int, here: Here) -> Entries:
    """Return a list in which an entry has moved one place up (-1) or down (1) among those offered."""
    entry = _entry(entries, key)
    shown = [other for other in entries if other.is_offered(here.today)]
    there = shown.index(entry) + step if entry in shown else -1
    if not 0 <= there < len(shown):
        return entries
    swapped = {entry.key: shown[there], shown[there].key: entry}
    return tuple(swapped.get(other.key, other) for other in entries)


def _entry(entries: Entries, key: str) -> Entry:
    found = next((entry for entry in entries if entry.key == key), None)
    if found is None:
        raise NoSuchEntry
    return found


def _with(entries: Entries, changed: Entry) -> Entries:
    return tuple(changed if entry.key == changed.key else entry for entry in entries)


def _placed(entries: Entries, entry: Entry) -> Entries:
    """Return a list with one more entry, before the ways out and the retired ones at its end."""
    place = len(entries)
    while place and (entries[place - 1].key in WAYS_OUT or entries[place - 1].retired_on):
        place -= 1
    return (*entries[:place], entry, *entries[place:])


def _label(typed: str) -> str:
    """Return the words as they are kept, or raise ListRefused."""
    label = unicodedata.normalize("NFC", " ".join(typed.split()))
    if not label:
        raise ListRefused(_("Please type the words that the counter shows."))
    if not label.translate(JOINERS).isprintable():
        raise ListRefused(_("This holds a character that cannot be seen."))
    if not any(sign.isalnum() for sign in label):
        raise ListRefused(_("These words need at least one letter or digit."))
    if len(label) > LONGEST_LABEL:
        raise ListRefused(_("At most %(most)s characters: it has to fit on a button.", most=LONGEST_LABEL))
    return label


def _refuse_twice(entry: Entry, entries: Iterable[Entry], here: Here) -> None:
    """Refuse words that another entry has in any language: two buttons must not look alike."""
    wanted = _spellings(entry, here)
    for other in entries:
        if other.key != entry.key and wanted & _spellings(other, here):
            words = str(other.label)
            if other.is_offered(here.today):
                raise ListRefused(_("“%(words)s” is in this list already.", words=words))
            raise ListRefused(
                _("“%(words)s” was in this list before. Offer that one again instead.", words=words)
            )


def _spellings(entry: Entry, here: Here) -> set[str]:
    found = set()
    for language in here.languages:
        with force_locale(language):
            label = str(entry.label)
        found.add(unicodedata.normalize("NFKC", label.translate(JOINERS)).casefold())
    return found


def _refuse_too_many(entries: Entries, here: Here) -> None:
    if _offered(entries, here) >= MOST:
        raise ListRefused(
            _("A list offers at most %(most)s entries. Stop offering another one first.", most=MOST)
        )


def _offered(entries: Entries, here: Here) -> int:
    return sum(entry.is_offered(here.today) for entry in entries)


def _new_key(label: str, taken: Collection[str]) -> str:
    """Return a key made of the first words; it stays the same however the words change."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    base = OWN + (re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "entry")
    endings = ("" if number == 1 else f"_{number}" for number in count(1))
    made = (base[: LONGEST_KEY - len(ending)].rstrip("_") + ending for ending in endings)
    return next(key for key in made if key not in taken)
