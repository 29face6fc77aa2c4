"""The private support card, worked out for the page that shows it and kept nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import get_locale

from wellbeing import appointed, site
from wellbeing.content.helplines import Helpline, helplines
from wellbeing.diary.shifts import Shift
from wellbeing.diary.support import looks_hard
from wellbeing.models.asking import ReaderOf
from wellbeing.models.base import db


@dataclass(frozen=True)
class Card:
    """Whom one can turn to; ``asks`` tells whether somebody answers “Ask someone to contact me” here."""

    contact: str
    helplines: list[Helpline]
    asks: bool


def card(shifts: Sequence[Shift]) -> Card | None:
    """Return the card where the last few shifts have looked hard; None otherwise."""
    if not looks_hard(shifts, site.now()):
        return None
    asks = bool(appointed.readers(db.session(), ReaderOf.CONTACT))
    return Card(site.settings().help_contact or "", helplines(db.session(), get_locale()), asks)
