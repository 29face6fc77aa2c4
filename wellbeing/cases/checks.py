"""How the fields of a case are read: one after the other, with a sentence for each that cannot be kept."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from wellbeing import private_text

LONGEST = {"order_number": 40, "what": 400, "promised": 240, "next_step": 160, "prevention": 240, "text": 400}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?")
LONGEST_AGO = timedelta(days=366)
LONGEST_AHEAD = timedelta(days=366)


class CaseRefused(Exception):
    """What cannot be kept; ``why`` has a sentence for each field that it is about."""

    def __init__(self, why: Mapping[str, str]) -> None:
        super().__init__(", ".join(why))
        self.why = why


class Checks:
    """Reads one field after the other, and keeps a sentence for each that cannot be read."""

    def __init__(self) -> None:
        self.why: dict[str, str] = {}

    def line(self, field: str, typed: str, needed: str = "") -> str:
        """Return a text in one line; without a text, ``needed`` says that there has to be one."""
        text = unicodedata.normalize("NFC", " ".join(typed.split()))
        refused = _refusal(field, text) if text else needed
        if refused:
            self.why[field] = refused
        return text

    def key(self, field: str, typed: str, offered: Collection[str]) -> str:
        """Return a key of a list, or "" for none."""
        if typed and typed not in offered:
            self.why[field] = _("Choose one of the list.")
        return typed

    def day(self, field: str, typed: str, first: date, last: date) -> date | None:
        """Return a day between two, or None for none."""
        text = typed.strip()
        if not text:
            return None
        try:
            found = date.fromisoformat(text) if DAY.fullmatch(text) else None
        except ValueError:
            found = None
        if found is None:
            self.why[field] = _("Choose a day, such as 2026-11-24.")
        elif not first <= found <= last:
            self.why[field] = _("Choose a day from today on, within a year.")
        return found

    def moment(self, field: str, typed: str, zone: ZoneInfo, now: datetime) -> datetime:
        """Return a moment of the last year, in UTC; the first of two where the clocks go back."""
        text = typed.strip()
        try:
            local = datetime.fromisoformat(text) if MOMENT.fullmatch(text) else None
        except ValueError:
            local = None
        if local is None or not 2000 <= local.year < 2200:
            self.why[field] = _("Choose a day and a time, such as 2026-11-24 15:00.")
            return now
        at = local.replace(tzinfo=zone).astimezone(UTC)
        # The minute that is now may lie some seconds ahead of what the browser sent.
        if not now - LONGEST_AGO <= at <= now + timedelta(minutes=1):
            self.why[field] = _("Choose a moment of the last year, not one to come.")
        return min(at, now)

    def done(self) -> None:
        """Raise CaseRefused if a field could not be read."""
        if self.why:
            raise CaseRefused(self.why)


def _refusal(field: str, text: str) -> str:
    if len(text) > LONGEST[field]:
        return _("At most %(most)s characters; this has %(count)s.", most=LONGEST[field], count=len(text))
    if private_text.breaks(text) or private_text.is_blank(text):
        return _("This holds a character that cannot be seen.")
    # A bare order number can be as long as a phone number; one with the spaces of a phone is still seen.
    return private_text.refusal(f"order {text}" if field == "order_number" else text)
