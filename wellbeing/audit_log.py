"""Reading the audit log: the newest acts first, all of them or those of some units and their people."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from wellbeing.models.accounts import Person, Unit
from wellbeing.models.audit import AuditEntry

PAGE = 50


@dataclass(frozen=True)
class Entry:
    """One act: who did it, and whom and what it was about; empty names are of what is gone since."""

    at: datetime
    act: str
    actor: str | None
    by_command: bool
    person: str | None
    unit: str | None
    facts: Mapping[str, Any]

    @property
    def values(self) -> dict[str, Any]:
        """The facts and names of an entry; a unit's name among the facts is what it was called then."""
        names = {"person": self.person, "unit": self.unit}
        return {name: value for name, value in names.items() if value is not None} | dict(self.facts)


@dataclass(frozen=True)
class Asked:
    """Which part of the log: of which units and their people, and which acts; None is every one."""

    unit_ids: Collection[int] | None = None
    acts: Collection[str] | None = None
    narrowed_to: Collection[int] | None = None


_ACTOR, _ABOUT = aliased(Person), aliased(Person)
_ENTRIES = (
    sa.select(
        AuditEntry.at,
        AuditEntry.act,
        _ACTOR.name,
        AuditEntry.by_command,
        _ABOUT.name,
        Unit.name,
        AuditEntry.facts,
    )
    .outerjoin(_ACTOR, _ACTOR.id == AuditEntry.actor_id)
    .outerjoin(_ABOUT, _ABOUT.id == AuditEntry.person_id)
    .outerjoin(Unit, Unit.id == AuditEntry.unit_id)
    .order_by(AuditEntry.at.desc(), AuditEntry.id.desc())
)


def entries(session: Session, asked: Asked, page: int = 1) -> tuple[list[Entry], bool]:
    """Return a page of the log, newest first, and whether there are older entries."""
    return _page(session, _where(asked), page)


def every(session: Session, asked: Asked) -> Iterator[Entry]:
    """Yield the whole of it, newest first."""
    for row in session.execute(_where(asked).execution_options(yield_per=500)):
        yield Entry(*row)


def about(session: Session, person_id: int, page: int = 1) -> tuple[list[Entry], bool]:
    """Return a page of what was done about somebody, newest first, and whether there is older."""
    return _page(session, _ENTRIES.where(AuditEntry.person_id == person_id), page)


def all_about(session: Session, person_id: int) -> Iterator[Entry]:
    """Yield everything that was done about somebody, newest first."""
    for row in session.execute(_ENTRIES.where(AuditEntry.person_id == person_id)):
        yield Entry(*row)


def _page(session: Session, query: sa.Select, page: int) -> tuple[list[Entry], bool]:
    found = [Entry(*row) for row in session.execute(query.limit(PAGE + 1).offset((page - 1) * PAGE))]
    return found[:PAGE], len(found) > PAGE


def _where(asked: Asked) -> sa.Select:
    query = _ENTRIES
    for units in (asked.unit_ids, asked.narrowed_to):
        if units is not None:
            query = query.where(AuditEntry.unit_id.in_(units) | _ABOUT.unit_id.in_(units))
    if asked.acts is not None:
        query = query.where(AuditEntry.act.in_(asked.acts))
    return query
