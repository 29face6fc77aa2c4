"""Who of us an identity of the company is: linked once, by its owner; one identity is one person."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wellbeing import second_factor_rule, sign_in
from wellbeing.company import roles
from wellbeing.company.claims import Identity
from wellbeing.models.accounts import Person, SignInMethod
from wellbeing.models.company import CompanyIdentity
from wellbeing.models.diary import Passkey
from wellbeing.sign_in import SignedIn


class TakenAlready(Exception):
    """Somebody else here is linked with this identity, or this person with another of the same provider."""


class OnlyWayIn(Exception):
    """Without it, and with neither password nor passkey, its owner could not sign in any more."""


@dataclass(frozen=True, repr=False)
class Known:
    """Who an identity is; ``is_linked`` is false where only the e-mail address says so."""

    person_id: int
    is_linked: bool


def known(session: Session, identity: Identity) -> Known | None:
    """Return who an identity is here; None for strangers, and for people who have left.

    By an e-mail address only where the provider has proven it, it is somebody's sign-in name, and that person
    has no link yet: an address that was given to somebody new must not open the account of whoever had it.
    Nor is it a way around a second factor: who has one connects the two under "Sign-in".
    """
    mine = sa.select(CompanyIdentity.person_id).where(
        CompanyIdentity.issuer == identity.issuer, CompanyIdentity.subject == identity.subject
    )
    linked_id = session.scalars(mine).one_or_none()
    who = Person.id == linked_id if linked_id else _by_email(identity)
    person = session.scalars(sa.select(Person).where(who, Person.active)).one_or_none()
    if person is None or (linked_id is None and second_factor_rule.has_one(session, person.id)):
        return None
    return Known(person.id, bool(linked_id))


def _by_email(identity: Identity) -> sa.ColumnElement[bool]:
    linked = sa.select(CompanyIdentity.person_id).where(CompanyIdentity.issuer == identity.issuer)
    # Somebody without a sign-in name is not whoever comes without an address.
    return sa.and_(Person.login == (identity.email or ""), Person.id.not_in(linked))


def of_person(session: Session, person_id: int, issuer: str) -> CompanyIdentity | None:
    """Return under which identity of a provider somebody signs in."""
    query = sa.select(CompanyIdentity).where(
        CompanyIdentity.person_id == person_id, CompanyIdentity.issuer == issuer
    )
    return session.scalars(query).one_or_none()


def link(session: Session, person_id: int, issuer: str, subject: str, today: date) -> None:
    """Let an identity sign somebody in from now on; raise TakenAlready. Does not commit."""
    if of_person(session, person_id, issuer) is not None:
        raise TakenAlready
    session.add(CompanyIdentity(person_id=person_id, issuer=issuer, subject=subject, linked_on=today))
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise TakenAlready from None


def unlink(session: Session, person_id: int, issuer: str, now: datetime) -> bool:
    """End somebody's link, with the roles that it brought, and tell whether there was one. Commits.

    Raises OnlyWayIn.
    """
    person = session.get_one(Person, person_id, with_for_update=True)
    identity = of_person(session, person_id, issuer)
    if identity is not None:
        if person.password_hash is None and not _has_passkey(session, person_id):
            raise OnlyWayIn
        session.delete(identity)
        roles.synchronise(session, person, frozenset(), now)
    session.commit()
    return identity is not None


def _has_passkey(session: Session, person_id: int) -> bool:
    return bool(session.scalar(sa.select(sa.exists().where(Passkey.person_id == person_id))))


def enter(session: Session, person_id: int, mapped: frozenset[int], now: datetime) -> SignedIn | None:
    """Sign a linked person in, with the roles that some mappings bring; None for who has left. Commits."""
    person = session.scalars(sa.select(Person).where(Person.id == person_id, Person.active)).one_or_none()
    if person is None:
        session.rollback()
        return None
    roles.synchronise(session, person, mapped, now)
    return sign_in.enter(session, person_id, now, SignInMethod.COMPANY)
