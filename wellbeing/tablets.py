"""Shared tablets: enrolled once for one team, known by their token alone, revoked by a row."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import codes, keys, site
from wellbeing.models.accounts import CodePurpose, Tablet, Unit
from wellbeing.models.settings import Settings
from wellbeing.prepared import Prepared

LONGEST_NAME = 80


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
    """The tablet that speaks, and the team it stands in."""

    id: int
    unit_id: int
    name: str


def enrol(connection: codes.Executor, code: str, name: str, now: datetime) -> Enrolled:
    """Use a one-time code up and return the new tablet; raise CodeRefused or NameRefused.

    Runs in the caller's transaction and does not commit.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise NameRefused
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


_KNOWN = Prepared(
    sa.select(Tablet.id, Tablet.unit_id, Tablet.name).where(
        Tablet.token_mac == sa.bindparam("mac"), Tablet.revoked_on.is_(None)
    )
)


def tablet_of(connection: sa.Connection, token: str) -> TabletFacts | None:
    """Return the tablet that speaks with a token, or None for an unknown or revoked one."""
    found = _KNOWN.one(connection, mac=_mac(token))
    return TabletFacts(*found) if found else None


def of_units(session: Session, unit_ids: set[int]) -> list[Tablet]:
    """Return the tablets of some units, those in use first, then by name."""
    return list(
        session.scalars(
            sa.select(Tablet)
            .where(Tablet.unit_id.in_(unit_ids))
            .order_by(Tablet.revoked_on.is_not(None), Tablet.name, Tablet.id)
        )
    )


def make_code(session: Session, unit_id: int, now: datetime) -> str:
    """Return a code that enrols one tablet for a team. Commits."""
    code = codes.make_code(session, CodePurpose.TABLET, unit_id, now)
    session.commit()
    return code


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
