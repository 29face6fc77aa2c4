"""When an act happened, as far as anybody is told: on which weekday, and in which part of the day (R11)."""

from dataclasses import dataclass
from datetime import datetime

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_PARTS = ("morning", "afternoon", "evening")
NOON, EVENING = 12, 17


@dataclass(frozen=True)
class Late:
    """Of an act that a tablet kept until it could send it: when it happened, None where no clock can tell."""

    happened_at: datetime | None


def weekday(local: datetime) -> str:
    """Return the weekday of a local moment."""
    return WEEKDAYS[local.weekday()]


def day_part(local: datetime) -> str:
    """Return the part of the day of a local moment."""
    return DAY_PARTS[(local.hour >= NOON) + (local.hour >= EVENING)]
