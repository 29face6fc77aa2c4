"""The only writer of the detail ledger: words by question, chained like the weekly blocks (R11)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from wellbeing.disclosure import rules
from wellbeing.disclosure.chain import DETAIL_FORM, START, Plain, digest
from wellbeing.disclosure.ledger import TICK_CHAINED
from wellbeing.models.detail_ledger import DetailBlock, DetailWord, Question, ShareWord
from wellbeing.models.ledger import Tick

TICK_DAYS = 28


@dataclass(frozen=True)
class Draft:
    """One question's block and its words, before they are chained."""

    unit_id: int
    question: Question
    words: dict[str, str]
    needed: dict[str, int]


def draft(unit_id: int, question: Question, words: Mapping[str, str], epoch: sa.Row) -> Draft:
    """Return what is published of a question's pool; how many people it has ends here."""
    needed = {
        "participants_needed": max(rules.PARTICIPANTS_NEEDED, epoch.people_needed),
        "event_people_needed": max(rules.EVENT_PEOPLE_NEEDED, epoch.people_needed),
    }
    return Draft(unit_id, question, dict(sorted(words.items())), needed)


def append(connection: sa.Connection, tick_id: int, drafts: Sequence[Draft]) -> None:
    """Write a tick's blocks in the order of their units and questions, each chained to the one before."""
    tick = connection.execute(sa.select(*TICK_CHAINED).where(Tick.id == tick_id)).mappings().one()
    query = sa.select(DetailBlock.position, DetailBlock.hash).order_by(DetailBlock.position.desc()).limit(1)
    last = connection.execute(query).one_or_none()
    newest, previous = (last.position, last.hash) if last else (0, START)
    blocks, words = [], []
    in_order = sorted(drafts, key=lambda found: (found.unit_id, found.question.value))
    for position, found in enumerate(in_order, start=newest + 1):
        block = {"unit_id": found.unit_id, "question": found.question, **found.needed}
        block |= {"tick_days": TICK_DAYS, "rules_version": rules.VERSION}
        previous = digest(previous, canonical(block | dict(tick), found.words), DETAIL_FORM)
        blocks.append(block | {"position": position, "tick_id": tick_id, "hash": previous})
        words += _rows(position, found.words)
    if blocks:
        connection.execute(sa.insert(DetailBlock), blocks)
        connection.execute(sa.insert(DetailWord), words)


def _rows(position: int, words: Mapping[str, str]) -> list[dict[str, object]]:
    return [
        {"position": position, "category": category, "word": ShareWord(word)}
        for category, word in words.items()
    ]


def canonical(block: Mapping[str, object], words: Mapping[str, str]) -> dict[str, Plain]:
    """Return what a block's digest covers: its fields, its tick and its words, as plain values."""
    fields = (*CHAINED, *(column.key for column in TICK_CHAINED))
    plain: dict[str, Plain] = {name: _plain(block[name]) for name in fields}
    return plain | {"words": [[category, str(word)] for category, word in sorted(words.items())]}


def _plain(value: object) -> str | int:
    return value if isinstance(value, int) else str(value)


CHAINED = (
    "unit_id",
    "question",
    "participants_needed",
    "event_people_needed",
    "tick_days",
    "rules_version",
)


def first_broken(connection: sa.Connection) -> int | None:
    """Return the position of the first block that does not follow from the one before, or None."""
    query = sa.select(DetailBlock.__table__, *TICK_CHAINED).join(Tick, Tick.id == DetailBlock.tick_id)
    previous = START
    for expected, row in enumerate(
        connection.execute(query.order_by(DetailBlock.position)).mappings(), start=1
    ):
        words = sa.select(DetailWord.category, DetailWord.word).where(DetailWord.position == row["position"])
        told = dict(connection.execute(words).tuples().all())
        previous = digest(previous, canonical(dict(row), told), DETAIL_FORM)
        if row["position"] != expected or row["hash"] != previous:
            return expected
    return None
