"""Which cases somebody may see, and what the address of a list asks for; nonsense in it asks for nothing."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import sqlalchemy as sa
from flask import abort
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from wellbeing import notices
from wellbeing.cases.listing import Place, Show, Wanted
from wellbeing.models.accounts import Level, Person, RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.cases import Case
from wellbeing.permissions import ROLE_PERMISSIONS, Permission
from wellbeing.units import below, open_ones
from wellbeing.web.access import unit_or_404, units_with
from wellbeing.web.forms import whole_number

LONGEST_QUERY = 200
ALL_CHANNELS = ""
AFTER = re.compile(r"([0-9T:.-]{10,26})~([0-9]{1,9})")


@dataclass(frozen=True)
class Scope:
    """The units whose cases somebody looks after; ``everything`` if there are no others."""

    units: tuple[Unit, ...]
    everything: bool

    @property
    def ids(self) -> frozenset[int]:
        """The ids of the units."""
        return frozenset(unit.id for unit in self.units)

    @property
    def names(self) -> dict[int, str]:
        """How each unit is called: a team with its site, where there are several sites."""
        sites = {unit.id: unit.name for unit in self.units if unit.level is Level.SITE}
        several = len(sites) > 1
        return {
            unit.id: f"{sites[unit.parent_id]} · {unit.name}"
            if several and unit.parent_id in sites
            else unit.name
            for unit in self.units
        }

    def open_units(self) -> list[Unit]:
        """Return the units that take new cases."""
        return open_ones(db.session(), self.units)


@dataclass(frozen=True)
class Asked:
    """What an address asks of the list."""

    wanted: Wanted
    unit_id: int | None = None
    words: str = ""
    after: Place | None = None
    before: int | None = None


def scope() -> Scope:
    """Return what the signed-in person may see."""
    found = below(db.session(), units_with(Permission.HANDLE_CASES))
    return Scope(tuple(found), everything=any(unit.parent_id is None for unit in found))


def asked(given: MultiDict[str, str], seen: Scope) -> Asked:
    """Return what an address asks for; a unit of others does not exist (404)."""
    show = next((show for show in Show if show == given.get("show")), Show.OPEN)
    units = None if seen.everything else seen.ids
    channel = given.get("channel", ALL_CHANNELS)[:40] or None
    wanted = Wanted(units, show, channel, current_user.id if show is Show.MINE else None)
    unit_id = whole_number(given.get("unit", ""))
    if unit_id is not None:
        wanted = replace(wanted, units=_under(unit_id, seen))
    place = AFTER.fullmatch(given.get("after", ""))
    return Asked(
        wanted,
        unit_id,
        given.get("q", "").strip()[:LONGEST_QUERY],
        _place(show, *place.groups()) if place else None,
        whole_number(given.get("before", "")),
    )


def _under(unit_id: int, seen: Scope) -> frozenset[int] | None:
    unit = next((unit for unit in seen.units if unit.id == unit_id), None)
    if unit is None:
        abort(404)
    if unit.parent_id is None:
        return None
    return frozenset(found.id for found in below(db.session(), {unit_id}))


def _place(show: Show, at: str, case_id: str) -> Place | None:
    try:
        if show is Show.RECONTACT:
            return Place(date.fromisoformat(at), int(case_id))
        return Place(datetime.fromisoformat(at).replace(tzinfo=UTC), int(case_id))
    except ValueError:
        return None


def address_of(place: Place) -> str:
    """Return a place in a list as an address has it."""
    at = place.at
    text = at.replace(tzinfo=None).isoformat() if isinstance(at, datetime) else at.isoformat()
    return f"{text}~{place.id}"


def case_or_404(case_id: int) -> Case:
    """Return a case of a unit that the signed-in person looks after; for them no other exists."""
    case = db.session.get(Case, case_id)
    if case is None:
        abort(404)
    unit_or_404(case.unit_id, Permission.HANDLE_CASES)
    return case


def owners_in(unit: Unit) -> list[Person]:
    """Return the people who can have a case of a unit: those in it and below, and who looks after it."""
    above = notices.units_above(db.session(), unit.id)
    there = [found.id for found in below(db.session(), {unit.id})]
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if Permission.HANDLE_CASES in allowed]
    looking_after = sa.select(RoleGrant.person_id).where(
        RoleGrant.unit_id.in_(above), RoleGrant.role.in_(roles)
    )
    theirs = sa.or_(Person.unit_id.in_(there), Person.id.in_(looking_after))
    query = sa.select(Person).where(Person.active, theirs).order_by(sa.func.lower(Person.name), Person.id)
    return list(db.session.scalars(query))
