"""Leaving, by one's own hand and at once: with the diary alone, or with everything that has one's name."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import erasure
from wellbeing.diary import keeping
from wellbeing.models.accounts import Level, Person, RoleGrant, Unit
from wellbeing.models.company import CompanyIdentity
from wellbeing.models.diary import Passkey
from wellbeing.permissions import Role

# Everybody who administers the whole organisation, and of them those who can sign in.
_ADMINS = (
    sa.select(RoleGrant.person_id)
    .join(Unit, Unit.id == RoleGrant.unit_id)
    .join(Person, Person.id == RoleGrant.person_id)
    .where(RoleGrant.role == Role.ADMIN, Unit.level == Level.ORGANISATION, Person.active)
)
_WITH_A_WAY_IN = _ADMINS.where(
    Person.password_hash.is_not(None)
    | Person.id.in_(sa.select(Passkey.person_id))
    | Person.id.in_(sa.select(CompanyIdentity.person_id))
)


class LastAdmin(Exception):
    """Nobody else could look after the organisation."""


def is_last_admin(session: Session, person_id: int) -> bool:
    """Tell whether somebody administers the whole organisation, and nobody else who can sign in does."""
    others = set(session.scalars(_WITH_A_WAY_IN)) - {person_id}
    return not others and person_id in set(session.scalars(_ADMINS))


def leave(session: Session, server_key: bytes, person_id: int) -> None:
    """Delete everything of somebody that is not released, their account too, in one transaction. Commits.

    Raises LastAdmin.
    """
    refuse_last_admin(session, person_id)
    erasure.erase(session, server_key, session.get_one(Person, person_id))


def refuse_last_admin(session: Session, person_id: int) -> None:
    """Raise LastAdmin, and roll back, where the organisation would have nobody to look after it."""
    if stays_last_admin(session, person_id):
        session.rollback()
        raise LastAdmin


def stays_last_admin(session: Session, person_id: int) -> bool:
    """Tell whether somebody is the last admin, until the caller's transaction ends.

    Of two who go in the same moment, the second waits until the transaction of the first is over, and then
    is the last.
    """
    session.execute(_ADMINS.with_for_update(of=RoleGrant))
    return is_last_admin(session, person_id)


def delete_diary(session: Session, server_key: bytes, person_id: int) -> None:
    """Delete somebody's diary with all that is in it, and leave the rest as it is. Commits."""
    keeping.forget(session.connection(), server_key, person_id)
    session.expire_all()
    session.commit()
