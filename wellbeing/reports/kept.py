"""What the ledger answered before: a block never changes, so an answer stands until something is released."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.ledger import Block, Tick
from wellbeing.reports.once import once

Found = TypeVar("Found")

MOST = 32
_BLOCK, _TICK = Block.__table__.c, Tick.__table__.c
# The hash of the newest block stands for all blocks before it: they are a chain.
_STATE = sa.select(
    sa.select(sa.func.max(_TICK.id)).scalar_subquery(),
    sa.select(_BLOCK.hash).order_by(_BLOCK.position.desc()).limit(1).scalar_subquery(),
)


@dataclass
class _Ledger:
    state: tuple[int | None, bytes | None]
    answers: dict[Hashable, Any] = field(default_factory=dict)


_ledgers: WeakKeyDictionary[sa.Engine, _Ledger] = WeakKeyDictionary()


def kept(session: Session, question: Hashable, find: Callable[[], Found]) -> Found:
    """Return what ``find`` returned when the ledger was first asked a question since its newest tick.

    The answer has to follow from ticks, blocks and the ``question`` alone, and nobody may change it.
    """
    answers = once(session, "kept", lambda: _answers(session))
    answer: tuple[Found] | None = answers.get(question)
    if answer is None:
        answer = (find(),)
        if len(answers) >= MOST:
            answers.clear()
        answers[question] = answer
    return answer[0]


def _answers(session: Session) -> dict[Hashable, Any]:
    """Return what is known of the ledger as it stands; in a process with threads they share it."""
    newest, head = session.execute(_STATE).one()
    engine = session.connection().engine
    known = _ledgers.get(engine)
    if known is None or known.state != (newest, head):
        known = _ledgers[engine] = _Ledger((newest, head))
    return known.answers
