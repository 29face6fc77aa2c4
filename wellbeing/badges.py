"""Personal badges: made, found and revoked. Only the card holds the number; here is its MAC."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import keys
from wellbeing.models.accounts import Person
from wellbeing.models.badges import Badge
from wellbeing.models.settings import Settings
from wellbeing.prepared import Prepared

DIGITS = 24


@dataclass(frozen=True)
class Owner:
    """Whose badge it is, what their tile shows, and whether a badge needs no PIN on this site."""

    id: int
    name: str
    pin_length: int | None
    alone: bool


def number() -> str:
    """Return a new badge number: 23 digits of chance and a check digit."""
    digits = "".join(secrets.choice("0123456789") for _ in range(DIGITS - 1))
    return digits + str(-_luhn_sum(digits + "0") % 10)


def is_number(text: str) -> bool:
    """Tell whether a text can be the number of a badge: 24 digits, the last of which checks the others."""
    return len(text) == DIGITS and text.isascii() and text.isdigit() and _luhn_sum(text) % 10 == 0


def _luhn_sum(digits: str) -> int:
    """Return the sum of ISO/IEC 7812-1, annex B: every second digit from the right counts twice."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return sum(map(int, digits[::-2])) + sum(doubled)


_OWNER = Prepared(
    sa.select(Person.id, Person.name, Person.pin_length, Settings.badge_alone.label("alone"))
    .select_from(Badge)
    .join(Person, Person.id == Badge.person_id)
    .join(Settings, Settings.id == 1)
    .where(Badge.mac == sa.bindparam("mac"), Person.active)
)


def find(connection: sa.Connection, pepper: bytes, badge: str) -> Owner | None:
    """Return whose badge a number is; None where it never was one, was revoked, or its owner has left."""
    found = _OWNER.one(connection, mac=_mac(pepper, badge))
    return Owner(*found) if found else None


def _mac(pepper: bytes, badge: str) -> bytes:
    return keys.text_mac(pepper, "badge", badge)


# A person's badge is replaced in one statement, so that two sheets printed at once leave one of them good.
_MADE = sa.text(
    "INSERT INTO badge (person_id, mac, made_on) VALUES (:person, :mac, :day) "
    "ON CONFLICT (person_id) DO UPDATE SET mac = excluded.mac, made_on = excluded.made_on"
).bindparams(sa.bindparam("day", type_=sa.Date()))


def make(session: Session, pepper: bytes, people: Collection[int], day: date) -> dict[int, str]:
    """Give each of some people a new badge and return its number by person; older ones are void. Commits."""
    made = {person: number() for person in sorted(people)}
    for person, badge in made.items():
        session.execute(_MADE, {"person": person, "mac": _mac(pepper, badge), "day": day})
    session.commit()
    return made


def revoke(session: Session, person_id: int) -> bool:
    """Void a person's badge, and tell whether there was one. Commits."""
    gone = session.execute(
        sa.delete(Badge).where(Badge.person_id == person_id).returning(Badge.person_id)
    ).all()
    session.commit()
    return bool(gone)


def since(session: Session, people: Collection[int]) -> Mapping[int, date]:
    """Return from which day each of some people has their badge; those without one are left out."""
    query = sa.select(Badge.person_id, Badge.made_on).where(Badge.person_id.in_(people))
    return dict(session.execute(query).tuples().all())


def stand_alone(session: Session, alone: bool) -> None:
    """Say whether a badge stands for tile and PIN, or for the tile alone. Commits."""
    session.execute(sa.update(Settings).values(badge_alone=alone))
    session.commit()
