"""What was released about one unit so far: how many blocks, and since when."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.ledger import Block, Tick


@dataclass(frozen=True)
class Released:
    """The weekly blocks of a unit: how many, and the first day that they are about."""

    blocks: int
    since: date | None


def released(session: Session, unit_id: int) -> Released:
    """Return what was released about a unit alone, without what stands below it."""
    query = sa.select(sa.func.count(), sa.func.min(Tick.opened_on)).select_from(Block)
    return Released(*session.execute(query.join(Tick).where(Block.unit_id == unit_id)).one())
