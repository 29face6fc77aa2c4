"""Who looked at the made-up dealership's figures: its managers on most Mondays, HR once a month."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from wellbeing.models.access_log import Act
from wellbeing.permissions import Role

WEEKS = 8
# HR looks every so many weeks; a manager skips as many Mondays.
EVERY = 4
ADMIN_IN = 5

Held = tuple[int, Role]


def looks(held: Sequence[Held], began: date, today: date) -> Iterator[tuple[date, Act, Held]]:
    """Yield what was done on which day by whoever holds a role over a unit, between two days."""
    monday = today - timedelta(days=today.weekday())
    for number in range(WEEKS):
        for unit, role in held:
            for days, act in _in_a_week(unit, role, number):
                day = monday - timedelta(weeks=number) + timedelta(days=days)
                if began <= day <= today:
                    yield day, act, (unit, role)


def _in_a_week(unit: int, role: Role, number: int) -> Iterator[tuple[int, Act]]:
    """Yield the days after Monday, so many weeks ago, and what was done on them."""
    if role is Role.MANAGER and (unit + number) % EVERY:
        yield 0, Act.OPENED
        if (unit + number) % 2:
            yield 0, Act.MONDAY_SHEET
    if role is Role.HR and number % EVERY == 0:
        yield 1, Act.OPENED
        yield 1, Act.XLSX
    if role is Role.ADMIN and number == ADMIN_IN:
        yield 2, Act.OPENED
