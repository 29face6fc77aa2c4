"""A code for one's own sign-in from the tablet: for whoever has none yet, and looks after nobody."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from wellbeing import codes
from wellbeing.models.accounts import CodePurpose, Person, RoleGrant
from wellbeing.models.diary import Passkey

# It is used at once, on the phone in one's other hand.
GOOD_FOR = timedelta(minutes=15)


class NotFromHere(Exception):
    """Somebody has a sign-in or a role: a PIN that a neighbour saw must not open more than a PIN does."""


def make_code(connection: sa.Connection, person_id: int, now: datetime) -> str:
    """Return a one-time code with which somebody sets their own sign-in up; raise NotFromHere.

    Runs in the caller's transaction and does not commit.
    """
    if connection.execute(_TAKEN, {"person": person_id}).scalar_one():
        raise NotFromHere
    return codes.make_code(connection, CodePurpose.PASSWORD, person_id, now, GOOD_FOR)


_MINE: sa.BindParameter[int] = sa.bindparam("person")
_TAKEN = sa.select(
    sa.or_(
        sa.exists().where(Person.id == _MINE, Person.password_hash.is_not(None)),
        sa.exists().where(Passkey.person_id == _MINE),
        sa.exists().where(RoleGrant.person_id == _MINE),
    )
)
