"""When a kind word may stand on somebody's own pages (field.md 4.1): no score, and nothing is kept of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from wellbeing.diary.entry import Kind
from wellbeing.diary.shifts import Shift

WITHIN = timedelta(days=14)
LAST, AT_LOWEST, LOWEST = 5, 3, 1


def looks_hard(shifts: Sequence[Shift], now: datetime) -> bool:
    """Tell whether 3 of the last 5 check-ins were at the lowest within 14 days, the last one among them.

    One bad shift with several check-ins is not enough: the card speaks of the last few shifts.
    """
    last = [
        (number, entry)
        for number, shift in enumerate(shifts)
        for entry in shift.entries
        if entry.kind is Kind.CHECK_IN and entry.mood is not None
    ][-LAST:]
    low = [number for number, entry in last if entry.mood == LOWEST and now - entry.moment <= WITHIN]
    return len(low) >= AT_LOWEST and len(set(low)) > 1 and last[-1][1].mood == LOWEST
