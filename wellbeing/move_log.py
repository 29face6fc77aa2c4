"""The log of team changes, for everybody who may read the figures of a unit that is part of one (R10)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from wellbeing.models.accounts import Person, Unit
from wellbeing.models.changes import TeamChange, UnitMerge

MOST = 200


@dataclass(frozen=True)
class Entry:
    """One line: a person who moved, or, without a name, units that were merged; ``done`` after its tick.

    ``site`` is where a team went that is another's now, and stays empty for everything else.
    """

    day: date
    person: str
    origins: tuple[str, ...]
    into: str
    done: bool
    site: str = ""


def entries(session: Session, unit_ids: set[int], most: int = MOST) -> list[Entry]:
    """Return what changed in some units, newest first: moves that took effect, and all merges."""
    found = [*_moves(session, unit_ids, most), *_merges(session, unit_ids)]
    return sorted(found, key=lambda entry: (-entry.day.toordinal(), entry.person.casefold(), entry.into))[
        :most
    ]


def _moves(session: Session, unit_ids: set[int], most: int) -> list[Entry]:
    origin, target = aliased(Unit), aliased(Unit)
    query = (
        sa.select(TeamChange.takes_effect_on, Person.name, origin.name, target.name)
        .join(Person, Person.id == TeamChange.person_id)
        .join(origin, origin.id == TeamChange.from_unit_id)
        .join(target, target.id == TeamChange.to_unit_id)
        .where(TeamChange.done, TeamChange.from_unit_id.in_(unit_ids) | TeamChange.to_unit_id.in_(unit_ids))
        .order_by(TeamChange.takes_effect_on.desc(), sa.func.lower(Person.name), TeamChange.id)
    )
    rows = session.execute(query.limit(most)).tuples()
    return [Entry(day, name, (came_from,), into, True) for day, name, came_from, into in rows]


def _merges(session: Session, unit_ids: set[int]) -> list[Entry]:
    """Return each merge as one line, whole, also for somebody who may read only one of its units."""
    origin, target, site = aliased(Unit), aliased(Unit), aliased(Unit)
    elsewhere = origin.parent_id.not_in([target.id, target.parent_id])
    theirs = sa.select(UnitMerge.into_unit_id).where(
        UnitMerge.unit_id.in_(unit_ids) | UnitMerge.into_unit_id.in_(unit_ids)
    )
    query = (
        sa.select(
            *(UnitMerge.takes_effect_on, UnitMerge.done, target.name, target.id, origin.name),
            sa.case((elsewhere, site.name), else_=""),
        )
        .join(origin, origin.id == UnitMerge.unit_id)
        .join(target, target.id == UnitMerge.into_unit_id)
        .join(site, site.id == target.parent_id)
        .where(UnitMerge.into_unit_id.in_(theirs))
        .order_by(origin.name)
    )
    merged: dict[tuple[date, bool, str, int, str], list[str]] = defaultdict(list)
    for day, done, into, into_id, came_from, to_site in session.execute(query).tuples():
        merged[(day, done, into, into_id, to_site)].append(came_from)
    return [
        Entry(day, "", tuple(names), into, done, to_site)
        for (day, done, into, _id, to_site), names in merged.items()
    ]
