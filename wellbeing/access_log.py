"""Who opened or exported what: one row a day for a unit, role and act, however often it was done (R17)."""

import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from wellbeing.models.access_log import AccessEntry, Act
from wellbeing.models.accounts import Unit
from wellbeing.models.settings import Settings
from wellbeing.permissions import Role

KEPT_DAYS = 400
PAGE = 100

# What was looked at: a unit, by somebody who holds this role over it.
Look = tuple[int, Role]
Run = Callable[[Callable[[sa.Connection], None]], Any]

logger = logging.getLogger(__name__)

# Both databases know it; one that is there already stays, also where two look at the same moment.
_ADD = sa.text(
    "INSERT INTO access_entry (day, unit_id, role, act) VALUES (:day, :unit_id, :role, :act) "
    "ON CONFLICT DO NOTHING"
).bindparams(*(sa.bindparam(column.name, type_=column.type) for column in AccessEntry.__table__.columns))


class NotLogged(Exception):
    """The log could not be written, so what was asked for must not be given."""


@dataclass(frozen=True)
class Entry:
    """One line of the log: on a day, somebody with a role did something with a unit's figures."""

    day: date
    unit_id: int
    unit: str
    role: Role
    act: Act


def not_yet(reader: Session, day: date, act: Act, looks: Collection[Look]) -> set[Look]:
    """Return the looks that are not in the log of a local day, so that only the first one writes."""
    return set(looks) - set(reader.execute(_KNOWN, {"that_day": day, "that_act": act}).tuples())


_ENTRY = AccessEntry.__table__.c
_KNOWN = sa.select(_ENTRY.unit_id, _ENTRY.role).where(
    _ENTRY.day == sa.bindparam("that_day"), _ENTRY.act == sa.bindparam("that_act")
)


def record(run: Run, day: date, act: Act, looks: Collection[Look]) -> None:
    """Note that units were looked at on a local day; ``run`` commits what it is given by itself.

    Returns when the rows are there for good; raises NotLogged.
    """
    # In one order, so that two that write the same rows at once wait for each other in turn.
    rows = [{"day": day, "unit_id": unit, "role": role, "act": act} for unit, role in sorted(looks)]
    try:
        run(lambda connection: _write(connection, rows))
    except (SQLAlchemyError, OSError) as error:
        logger.error("the access log could not be written: %s", type(error).__name__)
        raise NotLogged from None


def _write(connection: sa.Connection, rows: list[dict[str, Any]]) -> None:
    connection.execute(_ADD, rows)


def entries(session: Session, unit_ids: Collection[int], page: int = 1) -> tuple[list[Entry], bool]:
    """Return a page of what was done with some units, newest day first, and whether there are older ones.

    Within a day the order is that of the units' names, so that it tells nothing about the time.
    """
    query = (
        sa.select(AccessEntry.day, Unit.id, Unit.name, AccessEntry.role, AccessEntry.act)
        .join(Unit, Unit.id == AccessEntry.unit_id)
        .where(AccessEntry.unit_id.in_(unit_ids))
        .order_by(AccessEntry.day.desc(), Unit.name, Unit.id, AccessEntry.role, AccessEntry.act)
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    )
    found = [Entry(*row) for row in session.execute(query).tuples()]
    return found[:PAGE], len(found) > PAGE


def forget_old(connection: sa.Connection, now: datetime) -> None:
    """Delete what was noted more than 400 days ago."""
    zone = ZoneInfo(connection.execute(sa.select(Settings.time_zone)).scalar_one())
    first = now.astimezone(zone).date() - timedelta(days=KEPT_DAYS)
    connection.execute(sa.delete(AccessEntry).where(AccessEntry.day < first))
