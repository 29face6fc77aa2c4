"""Shared tablets: enrolled once for one team, known by their token alone, revoked by a row."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased, joinedload

from wellbeing import codes, keys, site
from wellbeing.models.accounts import CodePurpose, Tablet, Unit
from wellbeing.models.settings import Settings
from wellbeing.prepared import Prepared
from wellbeing.storage import writing

LONGEST_NAME = 80
# What a tablet says of its queue when it asks for the counter screen; anything else is no news.
QUEUES = {"waiting": True, "empty": False}


class NameRefused(ValueError):
    """A tablet's name must have 1 to 80 characters."""


@dataclass(frozen=True)
class Enrolled:
    """A new tablet; the token is told once, and only its MAC is kept."""

    token: str
    tablet_id: int
    unit_name: str


@dataclass(frozen=True)
class TabletFacts:
    """The tablet that speaks, the team it stands in, and what was last noted of it."""

    id: int
    unit_id: int
    name: str
    seen_on: date | None = None
    waiting: bool = False


def enrol(connection: codes.Executor, code: str, name: str, now: datetime) -> Enrolled:
    """Use a one-time code up and return the new tablet; raise CodeRefused or NameRefused.

    Runs in the caller's transaction and does not commit.
    """
    name = _name(name)
    unit_id = codes.redeem(connection, code, CodePurpose.TABLET, now).unit_id
    zone, unit_name = connection.execute(
        sa.select(Settings.time_zone, Unit.name)
        .select_from(Unit)
        .join(Settings, Settings.id == 1)
        .where(Unit.id == unit_id)
    ).one()
    token = secrets.token_urlsafe(32)
    row = {"unit_id": unit_id, "name": name, "enrolled_on": now.astimezone(ZoneInfo(zone)).date()}
    tablet_id = connection.execute(
        sa.insert(Tablet).values(token_mac=_mac(token), **row).returning(Tablet.id)
    ).scalar_one()
    return Enrolled(token, tablet_id, unit_name)


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise NameRefused
    return name


_KNOWN = Prepared(
    sa.select(Tablet.id, Tablet.unit_id, Tablet.name, Tablet.seen_on, Tablet.waiting).where(
        Tablet.token_mac == sa.bindparam("mac"), Tablet.revoked_on.is_(None)
    )
)


def tablet_of(connection: sa.Connection, token: str) -> TabletFacts | None:
    """Return the tablet that speaks with a token, or None for an unknown or revoked one."""
    found = _KNOWN.one(connection, mac=_mac(token))
    return TabletFacts(*found) if found else None


def note_seen(engine: sa.Engine, tablet: TabletFacts, today: date, queue: str) -> None:
    """Note the day on which a tablet is seen, and what it says of its queue, where either is news.

    Nothing is written on most requests. What is written has a transaction of its own, because rows that
    PostgreSQL writes together can be told by their xmin: no answer may stand beside a tablet.
    """
    waiting = QUEUES.get(queue, tablet.waiting)
    if (tablet.seen_on, tablet.waiting) == (today, waiting):
        return
    noted = sa.update(Tablet).where(Tablet.id == tablet.id).values(seen_on=today, waiting=waiting)
    with writing(), engine.begin() as connection:
        connection.execute(noted)


def of_units(session: Session, unit_ids: set[int]) -> list[Tablet]:
    """Return the tablets of some units, those in use first, then by site, team and name."""
    above = aliased(Unit)
    return list(
        session.scalars(
            sa.select(Tablet)
            .join(Tablet.unit)
            .join(above, Unit.parent)
            .where(Tablet.unit_id.in_(unit_ids))
            .order_by(Tablet.revoked_on.is_not(None), above.name, Unit.name, Tablet.name, Tablet.id)
            .options(joinedload(Tablet.unit).joinedload(Unit.parent))
        )
    )


def make_code(session: Session, unit_id: int, now: datetime) -> str:
    """Return a code that enrols one tablet for a team. Commits."""
    code = codes.make_code(session, CodePurpose.TABLET, unit_id, now)
    session.commit()
    return code


def rename(session: Session, tablet: Tablet, name: str) -> None:
    """Give a tablet another name; raise NameRefused. Commits."""
    tablet.name = _name(name)
    session.commit()


def revoke(session: Session, tablet_id: int, now: datetime) -> None:
    """Refuse a tablet's token from now on; the row stays as a trace. Commits."""
    session.execute(
        sa.update(Tablet)
        .where(Tablet.id == tablet_id, Tablet.revoked_on.is_(None))
        .values(revoked_on=now.astimezone(site.zone()).date())
    )
    session.commit()


def _mac(token: str) -> bytes:
    return keys.text_mac(site.config().secrets.pin_pepper, "tablet", token)
