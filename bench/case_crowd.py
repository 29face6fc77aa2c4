"""Fills a site with customers' cases: made-up ones by the thousand, with the words that find them."""

from datetime import UTC, datetime, timedelta
from random import Random

import sqlalchemy as sa

from wellbeing.cases import words
from wellbeing.models.cases import Case, CaseNote, CaseWord

AT_ONCE = 5000
# Every case has one of each, so that a common word is in a third of all.
WHAT = "waiting for the", "called about the", "came back with the"
THING = "gearbox", "invoice", "paint", "tyres", "battery", "papers", "brakes", "booking", "mirror", "seat"
WHY = "because of a delay", "after a promise", "and nobody had answered", "for the second time"


def add(connection: sa.Connection, units: list[int], count: int) -> None:
    """Add cases of two years, shared among units, one in ten still open and most of those overdue."""
    dice, now = Random(count), datetime.now(UTC)  # noqa: S311 -- made-up cases need no secret
    for first in range(1, count + 1, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, count + 1))
        cases = [_case(dice, number, units[number % len(units)], count, now) for number in numbers]
        notes = [{"case_id": case["id"], "written_at": now, "text": f"Noted {case['id']}"} for case in cases]
        kept = [
            {"word": word, "case_id": case["id"]}
            for case, note in zip(cases, notes, strict=True)
            for word in sorted(words.of(Case(**case, notes=[CaseNote(text=note["text"])])))
        ]
        for table, rows in ((Case, cases), (CaseNote, notes), (CaseWord, kept)):
            connection.execute(sa.insert(table), rows)


def _case(dice: Random, number: int, unit: int, count: int, now: datetime) -> dict[str, object]:
    came = now - timedelta(days=700 * (1 - number / count), hours=2)
    is_open = number % 10 == 0 or count <= 50
    planned = dice.random() < 0.5
    return {
        "id": number,
        "form": f"bench-{number}",
        "unit_id": unit,
        "came_at": came,
        "open_since": came,
        "first_attention_at": came + timedelta(hours=1),
        "overdue_from": came + timedelta(days=1 + dice.randrange(14)),
        "channel": dice.choice(("phone", "email", "in_person", "review")),
        "cause": dice.choice(("delay", "price", "fault", "paperwork")),
        "order_number": f"RO-{40_000 + number}",
        "what": f"{dice.choice(WHAT)} {dice.choice(THING)} {dice.choice(WHY)}",
        "next_step": "Call with the news" if planned else "",
        "due_on": came.date() + timedelta(days=2) if planned else None,
        "promised": "A call today",
        "recontact_on": came.date() + timedelta(days=5) if number % 25 == 0 else None,
        "closed_at": None if is_open else came + timedelta(days=1),
        "felt_better": None if is_open else True,
        "mattered": None if is_open else True,
        "outcome": None if is_open else "stayed",
        "prevention": "",
    }
