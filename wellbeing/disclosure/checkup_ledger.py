"""The only writer of the check-up's ledger: a word for each question of a unit, chained like other blocks."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import sqlalchemy as sa

from wellbeing.disclosure import checkup_rules
from wellbeing.disclosure.chain import CHECKUP_FORM, START, Plain, digest
from wellbeing.disclosure.checkup_rules import Released
from wellbeing.models.checkup import Aspect, CheckupBlock, Quarter
from wellbeing.models.detail_ledger import ShareWord

CHAINED = ("unit_id", "item", "aspect", "word", "people_needed", "rules_version")
# A block's quarter is its days: without them, a block could be moved to another quarter unnoticed.
QUARTER_CHAINED = (Quarter.opens_at, Quarter.closes_at)


def append(connection: sa.Connection, quarter_id: int, people_needed: int, found: Sequence[Released]) -> None:
    """Write a quarter's blocks by unit, item and question, each chained to the one before."""
    its_own = sa.select(*QUARTER_CHAINED, Quarter.asked).where(Quarter.id == quarter_id)
    quarter = connection.execute(its_own).mappings().one()
    newest, previous = _last(connection)
    blocks = []
    for position, released in enumerate(sorted(found), start=newest + 1):
        block = {
            "unit_id": released.unit_id,
            "item": released.question.item,
            "aspect": Aspect(released.question.aspect),
            "word": ShareWord(released.word),
            "people_needed": people_needed,
            "rules_version": checkup_rules.VERSION,
        }
        previous = digest(previous, canonical(block | dict(quarter)), CHECKUP_FORM)
        blocks.append(block | {"position": position, "quarter_id": quarter_id, "hash": previous})
    if blocks:
        connection.execute(sa.insert(CheckupBlock), blocks)


def _last(connection: sa.Connection) -> tuple[int, bytes]:
    query = sa.select(CheckupBlock.position, CheckupBlock.hash).order_by(CheckupBlock.position.desc())
    last = connection.execute(query.limit(1)).one_or_none()
    return (last.position, last.hash) if last else (0, START)


def canonical(block: Mapping[str, object]) -> dict[str, Plain]:
    """Return what a block's digest covers: its fields, its quarter's moments and its item's wording."""
    names = (*CHAINED, *(column.key for column in QUARTER_CHAINED))
    return {name: _plain(block[name]) for name in names} | {"wording": _wording(block)}


def _wording(block: Mapping[str, Any]) -> str:
    """Return the digest of what was asked: without it, a word could be put under another question."""
    asked = [item for item in block["asked"]["items"] if item["key"] == block["item"]]
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _plain(value: object) -> Plain:
    return value if isinstance(value, int) else str(value)


def first_broken(connection: sa.Connection) -> int | None:
    """Return the position of the first block that does not follow from the one before, or None."""
    query = sa.select(CheckupBlock.__table__, *QUARTER_CHAINED, Quarter.asked)
    joined = query.join(Quarter, Quarter.id == CheckupBlock.quarter_id).order_by(CheckupBlock.position)
    previous = START
    for expected, row in enumerate(connection.execute(joined).mappings(), start=1):
        previous = digest(previous, canonical(dict(row)), CHECKUP_FORM)
        if row["position"] != expected or row["hash"] != previous:
            return expected
    return None
