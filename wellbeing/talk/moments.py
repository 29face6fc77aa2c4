"""Good moments as the wall shows them: the newest first, with a name only where their author signed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from wellbeing.floor import short_name
from wellbeing.models.accounts import Person, Unit
from wellbeing.models.talk import GoodMoment
from wellbeing.ticks import Reader

ON_A_PAGE = 12


@dataclass(frozen=True)
class Moment:
    """A good moment; ``by`` and ``author_id`` are None where nobody signed."""

    id: int
    unit_id: int
    unit: str
    text: str
    written_on: date
    author_id: int | None
    by: str | None


def newest(
    reader: Reader, unit_ids: Collection[int], before: int | None = None, most: int = ON_A_PAGE
) -> tuple[list[Moment], int | None]:
    """Return the newest moments of some units, and the number before which the next page begins, if any."""
    query = (
        sa.select(
            GoodMoment.id,
            GoodMoment.unit_id,
            Unit.name,
            GoodMoment.text,
            GoodMoment.written_on,
            GoodMoment.signed_by,
            Person.name,
        )
        .join(Unit, Unit.id == GoodMoment.unit_id)
        .outerjoin(Person, Person.id == GoodMoment.signed_by)
        .where(GoodMoment.unit_id.in_(unit_ids))
        .order_by(GoodMoment.id.desc())
    )
    if before is not None:
        query = query.where(GoodMoment.id < before)
    rows = reader.execute(query.limit(most + 1)).tuples().all()
    found = [Moment(*row[:-1], short_name(row[-1]) if row[-1] else None) for row in rows[:most]]
    return found, found[-1].id if len(rows) > most else None
