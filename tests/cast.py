"""The cast: a dealership small enough to know everybody in, with one team of each kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST

from wellbeing import agreements, keys
from wellbeing.models.accounts import Level, Person, RoleGrant, Tablet, Unit
from wellbeing.models.base import db
from wellbeing.models.settings import Settings, SiteKind
from wellbeing.permissions import Role
from wellbeing.tablets import _mac as tablet_mac

PASSWORD = "correct horse battery"
# Hashed as the tests hash (tests/fixtures/quick.py), so that nobody's hash is outdated.
HASHED = PasswordHasher.from_parameters(CHEAPEST).hash(PASSWORD)
ZONE = "Europe/Madrid"
# A Monday at ten in the morning: the first import was confirmed, the first epoch is open.
CONFIRMED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOW = datetime(2026, 3, 4, 11, 30, tzinfo=UTC)
TOKEN = "token-of-the-service-counter"

TEAMS = {
    "Service counter": [
        "Alba",
        "Sol",
        "Noor",
        "Bea",
        "Carl",
        "Dana",
        "Emil",
        "Fay",
        "Gus",
        "Hana",
        "Ivo",
        "Jun",
    ],
    "Showroom": ["Max", "Kai", "Lena", "Mona", "Nils", "Olga", "Pau", "Quim", "Rosa"],
    "Parts": ["Tess", "Uma", "Vic", "Wes", "Xenia"],
}
ROLES = {
    "Alba": ("Service counter", Role.MANAGER),
    "Max": ("Showroom", Role.MANAGER),
    "Tess": ("Parts", Role.MANAGER),
}


@dataclass(frozen=True)
class Cast:
    """Everybody's and every unit's id by name."""

    people: Mapping[str, int]
    units: Mapping[str, int]
    token: str = TOKEN


def pin_of(name: str) -> str:
    """Return somebody's PIN."""
    return f"{1000 + sum(map(ord, name)):04d}"


def assemble(pepper: bytes) -> Cast:
    """Write the cast into the current app's empty database."""
    settings = Settings(
        id=1, kind=SiteKind.TEST, time_zone=ZONE, help_contact="Marta, 2nd floor", confirmed_at=CONFIRMED
    )
    organisation = Unit(name="Harbour Motors", level=Level.ORGANISATION)
    site = Unit(name="Northgate", level=Level.SITE, parent=organisation)
    teams = {name: Unit(name=name, level=Level.TEAM, parent=site) for name in TEAMS}
    units = {unit.name: unit for unit in (organisation, site, *teams.values())}
    db.session.add_all([settings, *units.values()])
    db.session.flush()
    people = [_person(name, units[team].id) for team, names in TEAMS.items() for name in names]
    people += [_person("Hilde", organisation.id), _person("Ada", organisation.id)]
    db.session.add_all(people)
    db.session.flush()
    ids = {person.name.split()[0]: person.id for person in people}
    _give_pins_and_roles(pepper, people, {name: unit.id for name, unit in units.items()}, ids)
    cast = Cast(ids, {name: unit.id for name, unit in units.items()})
    agreements.sign_made_up(db.session(), CONFIRMED)
    return cast


def _person(name: str, unit_id: int) -> Person:
    return Person(
        name=f"{name} Vale",
        unit_id=unit_id,
        active=True,
        created_at=CONFIRMED,
        counts_from=date(2026, 3, 2),
        login=name.lower(),
        password_hash=HASHED,
    )


def _give_pins_and_roles(
    pepper: bytes, people: list[Person], units: Mapping[str, int], ids: Mapping[str, int]
) -> None:
    for person in people:
        person.pin_mac = keys.pin_mac(pepper, person.id, pin_of(person.name.split()[0]))
        person.pin_length = 4
    grants = {name: (units[unit], role) for name, (unit, role) in ROLES.items()}
    grants |= {"Hilde": (units["Harbour Motors"], Role.HR), "Ada": (units["Harbour Motors"], Role.ADMIN)}
    db.session.add_all(
        RoleGrant(person_id=ids[name], unit_id=unit, role=role) for name, (unit, role) in grants.items()
    )
    db.session.add(
        Tablet(
            unit_id=units["Service counter"],
            name="Front desk",
            token_mac=tablet_mac(TOKEN),
            enrolled_on=date(2026, 3, 2),
        )
    )
