"""What somebody typed for a notice, checked before it is kept: it is about the day, never about a person."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from wellbeing.private_text import refusal

LONGEST_WHAT = 120
LONGEST_WORDS = 240
LONGEST_WHOM = 80
MOST_WHOM = 8
LONGEST_RUN = timedelta(days=366)
# How a browser sends a local date and time, with or without seconds.
LENGTHS_OF_A_MOMENT = (16, 19)


class NoticeRefused(Exception):
    """A notice that cannot be kept; ``field`` says which part of it, and the text why, in a sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Typed:
    """A notice as it was typed: local times as browsers send them, one line for each whom to tell."""

    what: str
    words: str
    starts: str
    ends: str
    whom: str


@dataclass(frozen=True)
class Draft:
    """A notice that may be kept."""

    what: str
    words: str
    starts_at: datetime
    ends_at: datetime
    whom: tuple[str, ...]


def draft(typed: Typed, zone: ZoneInfo, now: datetime) -> Draft:
    """Return what was typed as it can be kept, its times read in ``zone``; raise NoticeRefused."""
    what = _line("what", typed.what, LONGEST_WHAT)
    if not what:
        raise NoticeRefused("what", _("Say what is known."))
    starts_at, ends_at = _span(typed, zone, now)
    whom = _whom(typed.whom)
    return Draft(what, _line("words", typed.words, LONGEST_WORDS), starts_at, ends_at, whom)


def _line(field: str, typed: str, longest: int) -> str:
    text = unicodedata.normalize("NFC", " ".join(typed.split()))
    if len(text) > longest:
        raise NoticeRefused(
            field, _("At most %(most)s characters; this has %(count)s.", most=longest, count=len(text))
        )
    if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
        raise NoticeRefused(field, _("This holds a character that cannot be seen."))
    if said := refusal(text):
        raise NoticeRefused(field, said)
    return text


def _span(typed: Typed, zone: ZoneInfo, now: datetime) -> tuple[datetime, datetime]:
    starts, ends = _clock("starts", typed.starts), _clock("ends", typed.ends)
    if ends <= starts:
        raise NoticeRefused("ends", _("The end has to come after the beginning."))
    if ends - starts > LONGEST_RUN:
        raise NoticeRefused("ends", _("A notice runs for a year at most."))
    # An hour that comes twice counts from its first time, and until the end of its second.
    starts_at, ends_at = _moment("starts", starts, zone, 0), _moment("ends", ends, zone, 1)
    if ends_at <= now:
        raise NoticeRefused("ends", _("That time is over already. Choose a later end."))
    if starts_at > now + LONGEST_RUN:
        raise NoticeRefused("starts", _("A notice begins within a year."))
    return starts_at, ends_at


def _clock(field: str, typed: str) -> datetime:
    text = typed.strip()
    try:
        local = datetime.fromisoformat(text) if len(text) in LENGTHS_OF_A_MOMENT else None
    except ValueError:
        local = None
    if local is None or local.tzinfo is not None or not 2000 <= local.year < 2200:
        raise NoticeRefused(field, _("Choose a day and a time, such as 2026-11-24 15:00."))
    return local


def _moment(field: str, local: datetime, zone: ZoneInfo, fold: int) -> datetime:
    at = local.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) != local:
        raise NoticeRefused(
            field, _("The clocks go forward then, and leave this hour out. Choose another time.")
        )
    return at


def _whom(typed: str) -> tuple[str, ...]:
    lines = [found for line in typed.splitlines() if (found := _line("whom", line, LONGEST_WHOM))]
    whom = tuple({line.casefold(): line for line in lines}.values())
    if len(whom) > MOST_WHOM:
        raise NoticeRefused(
            "whom",
            _(
                "At most %(most)s lines of whom to tell; these are %(count)s.",
                most=MOST_WHOM,
                count=len(whom),
            ),
        )
    return whom
