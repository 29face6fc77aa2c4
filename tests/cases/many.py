"""Cases by the thousand, as a test of query plans needs them."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from wellbeing.cases import words
from wellbeing.models.cases import Case, CaseWord

WORDS = "delay", "loan", "car", "gearbox", "promise", "invoice", "noise", "paint", "tyre", "booking"


def add(connection: sa.Connection, units: list[int], count: int, now: datetime) -> None:
    """Add some cases with their words, a quarter of them closed; one each quarter of an hour until now."""
    first = (connection.execute(sa.select(sa.func.max(Case.id))).scalar() or 0) + 1
    cases = [_case(first + place, units[place % len(units)], now) for place in range(count)]
    connection.execute(sa.insert(Case), cases)
    rows = [
        {"word": word, "case_id": case["id"]} for case in cases for word in sorted(words.of(Case(**case)))
    ]
    connection.execute(sa.insert(CaseWord), rows)


def _case(number: int, unit: int, now: datetime) -> dict[str, object]:
    came = now - timedelta(minutes=15 * number % (60 * 24 * 700), hours=1)
    closed = number % 4 == 0
    return {
        "id": number,
        "form": f"made-{number}",
        "unit_id": unit,
        "came_at": came,
        "open_since": came,
        "overdue_from": came + timedelta(days=1 + number % 13),
        "channel": ("phone", "email", "in_person", "review")[number % 4],
        "cause": ("delay", "price", "fault", None)[number % 4],
        "order_number": f"RO-{40_000 + number}",
        "what": f"{WORDS[number % 10]} and {WORDS[number // 10 % 10]}, said twice",
        "recontact_on": came.date() + timedelta(days=5) if number % 20 == 0 else None,
        "closed_at": came + timedelta(hours=20) if closed else None,
        "felt_better": True if closed else None,
        "mattered": True if closed else None,
        "outcome": "stayed" if closed else None,
        "promised": "",
        "next_step": "",
        "prevention": "",
    }
