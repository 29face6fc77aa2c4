"""What a unit changed, as its managers write it down: dated, short, signed by nobody, no answer in it."""

import unicodedata
from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing.models.accounts import Person, Unit
from wellbeing.models.notes import Note
from wellbeing.models.settings import Settings
from wellbeing.private_text import refusal
from wellbeing.ticks import Reader

SHORTEST, LONGEST = 3, 80
MOST_AT_A_UNIT = 200
# What a tablet tells: three changes of eight weeks.
MOST_TOLD, TOLD_FOR = 3, timedelta(weeks=8)


class NoteRefused(Exception):
    """A note that cannot be kept; ``field`` ("day" or "text") says which part, the text says why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def write(session: Session, unit_id: int, typed_day: str, typed: str, now: datetime) -> None:
    """Keep a note of a unit, its day as a browser's date field sends it. Commits; raises NoteRefused."""
    text = _text(typed)
    if _names_somebody(session, text):
        raise NoteRefused(
            "text",
            _(
                "This holds the name of somebody who works here. Everybody in the team reads this: write "
                "what changed, without names of staff or customers."
            ),
        )
    day = _day(session, typed_day, now)
    # Two writers of a unit take turns, so that neither misses what the other has just kept.
    session.execute(sa.select(Unit.id).where(Unit.id == unit_id).with_for_update(key_share=True))
    here = sa.select(Note.happened_on, Note.text).where(Note.unit_id == unit_id)
    known = [tuple(row) for row in session.execute(here)]
    if (day, text) in known:
        raise NoteRefused("text", _("This is written down for that day already."))
    if len(known) >= MOST_AT_A_UNIT:
        raise NoteRefused(
            "text", _("There are %(most)s notes here. Remove one that is old first.", most=MOST_AT_A_UNIT)
        )
    session.add(Note(unit_id=unit_id, happened_on=day, text=text))
    session.commit()


def _text(typed: str) -> str:
    text = unicodedata.normalize("NFC", " ".join(typed.split()))
    if not SHORTEST <= len(text) <= LONGEST:
        raise NoteRefused(
            "text",
            _(
                "Say it in %(fewest)s to %(most)s characters, such as “Second person on Saturdays”.",
                fewest=SHORTEST,
                most=LONGEST,
            ),
        )
    if not text.isprintable():
        raise NoteRefused("text", _("This holds a character that cannot be seen."))
    if said := refusal(text):
        raise NoteRefused("text", said)
    return text


def _names_somebody(session: Session, text: str) -> bool:
    """Tell whether a text holds the whole name of anybody here, however it is written."""
    said = f" {_plain(text)} "
    return any(f" {_plain(name)} " in said for name in session.scalars(sa.select(Person.name)))


def _plain(text: str) -> str:
    """Return a text's words in small letters, without accents and without what stands between them."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join("".join(letter if letter.isalnum() else " " for letter in kept).split())


def _day(session: Session, typed: str, now: datetime) -> date:
    """Return a day from the site's first one to today, by the organisation's calendar."""
    site = session.get_one(Settings, 1)
    zone = ZoneInfo(site.time_zone)
    today = now.astimezone(zone).date()
    first = (site.confirmed_at or now).astimezone(zone).date()
    try:
        day = date.fromisoformat(typed.strip()) if len(typed) <= LONGEST else None
    except ValueError:
        day = None
    if day is None:
        raise NoteRefused("day", _("Choose a day, such as %(day)s.", day=today.isoformat()))
    if day > today:
        raise NoteRefused("day", _("That day is still to come. Write it down once it has changed."))
    if day < first:
        raise NoteRefused(
            "day", _("Figures begin on %(day)s: choose that day or a later one.", day=first.isoformat())
        )
    return day


def remove(session: Session, unit_id: int, note_id: int) -> bool:
    """Delete a note of a unit and tell whether it had one of that id. Commits."""
    found = sa.delete(Note).where(Note.id == note_id, Note.unit_id == unit_id).returning(Note.id)
    gone = session.execute(found).scalar() is not None
    session.commit()
    return gone


def newest(reader: Reader, unit_ids: Collection[int], today: date) -> list[sa.Row]:
    """Return the newest notes of some units of the last eight weeks (happened_on, text), newest first."""
    query = sa.select(Note.happened_on, Note.text).where(
        Note.unit_id.in_(unit_ids), Note.happened_on > today - TOLD_FOR
    )
    found = query.order_by(Note.happened_on.desc(), Note.id.desc()).limit(MOST_TOLD)
    return list(reader.execute(found).all())
