"""A detail ledger as releases would leave it: ticks, blocks and words, written straight into their tables."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta

import sqlalchemy as sa

from tests.reports.ledger import FIRST_MONDAY
from wellbeing.models.base import db
from wellbeing.models.detail_ledger import DetailBlock, DetailWord, Question, ShareWord
from wellbeing.models.ledger import LedgerKind, Tick

Words = Mapping[str, ShareWord]


def four_weeks(told: Mapping[int, Mapping[Question, Words]], people: int = 20, rough: int = 10) -> None:
    """Let four weeks end with words on some questions for some units; for nobody where ``told`` is empty."""
    tick_id = _next_tick()
    position = db.session.scalar(sa.select(sa.func.max(DetailBlock.position))) or 0
    for unit_id, questions in told.items():
        for question, words in questions.items():
            position += 1
            db.session.add(
                DetailBlock(
                    position=position,
                    tick_id=tick_id,
                    unit_id=unit_id,
                    question=question,
                    participants_needed=people,
                    event_people_needed=rough,
                    tick_days=28,
                    rules_version=1,
                    hash=hashlib.sha256(f"detail {position}".encode()).digest(),
                    words=[DetailWord(category=key, word=word) for key, word in words.items()],
                )
            )
    db.session.commit()


def _next_tick() -> int:
    number = (
        db.session.scalar(sa.select(sa.func.max(Tick.number)).where(Tick.ledger == LedgerKind.DETAIL)) or 0
    ) + 1
    opened_on = FIRST_MONDAY + timedelta(weeks=4 * (number - 1))
    closed_on = opened_on + timedelta(weeks=4)
    tick = Tick(ledger=LedgerKind.DETAIL, number=number, opened_on=opened_on, closed_on=closed_on)
    db.session.add(tick)
    db.session.commit()
    return tick.id
