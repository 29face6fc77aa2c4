"""When an open case is overdue: nobody has it, nothing is to happen next, or it is open for too long.

A day means 24 hours, also over a weekend: who waits, waits on a Sunday too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Flag(StrEnum):
    """What an overdue case lacks."""

    NO_OWNER = "no_owner"
    NO_STEP = "no_step"
    NO_CLOSURE = "no_closure"


# How long an open case may be without it. A next step is overdue from the day after the one it is due on.
ALLOWED: Mapping[Flag, timedelta] = {
    Flag.NO_OWNER: timedelta(days=1),
    Flag.NO_STEP: timedelta(days=1),
    Flag.NO_CLOSURE: timedelta(days=14),
}


@dataclass(frozen=True)
class Standing:
    """How an open case stands; ``due_on`` is the local day on which its next step is due."""

    open_since: datetime
    has_owner: bool
    has_step: bool
    due_on: date | None


def rising(standing: Standing, zone: ZoneInfo) -> dict[Flag, datetime]:
    """Return when each flag rises (UTC) if nobody does anything; one that cannot rise has no moment."""
    late = {flag: standing.open_since + allowed for flag, allowed in ALLOWED.items()}
    if standing.has_owner:
        del late[Flag.NO_OWNER]
    if standing.has_step and standing.due_on is None:
        del late[Flag.NO_STEP]
    if standing.has_step and standing.due_on is not None:
        late[Flag.NO_STEP] = _midnight(standing.due_on + timedelta(days=1), zone)
    return late


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def overdue_from(standing: Standing, zone: ZoneInfo) -> datetime:
    """Return when the first flag rises, or rose: the order in which open cases are listed."""
    return min(rising(standing, zone).values())


def flags(standing: Standing, now: datetime, zone: ZoneInfo) -> tuple[Flag, ...]:
    """Return the flags that are up at ``now``, in the order of the enum."""
    late = rising(standing, zone)
    return tuple(flag for flag in Flag if flag in late and late[flag] <= now)
