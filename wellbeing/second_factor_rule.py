"""Who needs a second factor, and who still lacks one: a passkey, or an authenticator app."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.accounts import Person, RoleGrant
from wellbeing.models.diary import Passkey
from wellbeing.models.second_factor import Authenticator
from wellbeing.models.settings import Settings
from wellbeing.permissions import VIEWER_ROLES

_HAS_APP = sa.exists().where(Authenticator.person_id == Person.id)
_HAS_PASSKEY = sa.exists().where(Passkey.person_id == Person.id)
_IS_VIEWER = sa.exists().where(RoleGrant.person_id == Person.id, RoleGrant.role.in_(VIEWER_ROLES))
_IS_ON = sa.exists().where(Settings.second_factor)


def is_asked_of(session: Session, person_id: int) -> bool:
    """Tell whether a password alone does not sign somebody in.

    Who has an authenticator app is asked for its code. Where viewers need a second factor, who has only a
    passkey is asked for that: a password that somebody else found would be enough otherwise.
    """
    asked = sa.or_(_HAS_APP, sa.and_(_IS_ON, _IS_VIEWER, _HAS_PASSKEY))
    return session.scalar(sa.select(Person.id).where(Person.id == person_id, asked)) is not None


def is_on(session: Session) -> bool:
    """Tell whether viewers need a second factor here."""
    return bool(session.scalar(sa.select(_IS_ON)))


def has_one(session: Session, person_id: int) -> bool:
    """Tell whether somebody has an authenticator app or a passkey."""
    found = sa.select(Person.id).where(Person.id == person_id, sa.or_(_HAS_APP, _HAS_PASSKEY))
    return session.scalar(found) is not None


def lacking(session: Session) -> int:
    """Return how many viewers have neither an authenticator app nor a passkey."""
    query = sa.select(sa.func.count()).select_from(Person)
    return session.scalars(query.where(Person.active, _IS_VIEWER, ~_HAS_APP, ~_HAS_PASSKEY)).one()


def switch(session: Session, on: bool) -> None:
    """Ask viewers for a second factor from now on, or no longer. Commits."""
    session.execute(sa.update(Settings).values(second_factor=on))
    session.commit()
