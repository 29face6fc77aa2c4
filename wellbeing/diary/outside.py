"""What of a diary's entry is stored outside the diary as well: exactly what ``collect`` wrote of the act.

It is worked out from the entry alone; the rows themselves carry no name, and nobody looks for them.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from wellbeing import moments
from wellbeing.answer import BREAK_COUNTS_FROM_MINUTES
from wellbeing.diary.entry import Entry, Kind
from wellbeing.models.pending import Dimension


@dataclass(frozen=True, repr=False)
class Weekly:
    """The row of the week: a mood or none, and two yes or no."""

    mood: int | None
    rough: bool
    break_taken: bool


@dataclass(frozen=True, repr=False)
class Outside:
    """What an act left outside the diary; ``weekly`` is None and ``detail`` empty where it left nothing.

    ``took_part`` and ``after_rough`` are rows of the four weeks that every mood brings: that somebody took
    part, and the mood with whether it followed a rough interaction.
    """

    weekly: Weekly | None
    detail: tuple[tuple[Dimension, str], ...]
    took_part: bool
    after_rough: bool

    def __bool__(self) -> bool:
        """Whether anything is stored outside at all."""
        return self.weekly is not None or bool(self.detail)


NOTHING = Outside(None, (), took_part=False, after_rough=False)


def outside(entry: Entry, zone: ZoneInfo) -> Outside:
    """Return what of an entry was stored outside the diary; ``zone`` is the site's.

    A category is kept once in four weeks, however often it is said, so it may have been there before.
    """
    if entry.counted is None:
        return NOTHING
    rough = entry.kind is Kind.ROUGH
    break_taken = entry.minutes >= BREAK_COUNTS_FROM_MINUTES
    has_mood = entry.mood is not None
    weekly = Weekly(entry.mood, rough, break_taken) if has_mood or rough or break_taken else None
    # Without a clock nobody can tell what came before.
    after_rough = has_mood and not rough and entry.felt_at is not None
    return Outside(weekly, (*_said(entry), *_when(entry, zone)), has_mood, after_rough)


def _said(entry: Entry) -> list[tuple[Dimension, str]]:
    single = {
        Dimension.SEVERITY: entry.severity,
        Dimension.CAUSE: entry.cause,
        Dimension.CHANNEL: entry.channel,
        Dimension.AREA: entry.area,
    }
    said = [(dimension, key) for dimension, key in single.items() if key]
    return said + [(Dimension.BEHAVIOUR, key) for key in entry.behaviour]


def _when(entry: Entry, zone: ZoneInfo) -> list[tuple[Dimension, str]]:
    if entry.kind is not Kind.ROUGH or entry.felt_at is None:
        return []
    local = entry.felt_at.astimezone(zone)
    return [(Dimension.WEEKDAY, moments.weekday(local)), (Dimension.DAY_PART, moments.day_part(local))]
