"""The browsers in which somebody is signed in: seen by them alone, and ended one by one."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import sign_in
from wellbeing.models.accounts import SignIn, SignInMethod


@dataclass(frozen=True)
class Browser:
    """A browser under a name that signs nobody in: since when (UTC), by what, and whether it is this one.

    A browser that is not complete waits for its second factor, and opens nothing.
    """

    name: str
    since: datetime
    method: SignInMethod
    is_complete: bool
    is_here: bool


def of_person(session: Session, person_id: int, token: str, now: datetime) -> list[Browser]:
    """Return somebody's browsers: the one with this token first, then the newest."""
    rows = session.scalars(sa.select(SignIn).where(SignIn.person_id == person_id, SignIn.expires_at > now))
    here = sign_in.token_mac(token)
    found = [
        Browser(row.token_mac.hex(), sign_in.begun_at(row), row.method, row.complete, row.token_mac == here)
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.is_here, one.since), reverse=True)


def end(session: Session, person_id: int, name: str) -> bool:
    """Sign one of somebody's browsers out, and tell whether it was theirs. Commits."""
    mine = sa.delete(SignIn).where(SignIn.person_id == person_id, SignIn.token_mac == bytes.fromhex(name))
    gone = session.connection().execute(mine).rowcount == 1
    session.commit()
    return gone


def end_others(session: Session, person_id: int, token: str) -> None:
    """Sign every browser of somebody out but the one with this token. Commits."""
    others = SignIn.token_mac != sign_in.token_mac(token)
    session.execute(sa.delete(SignIn).where(SignIn.person_id == person_id, others))
    session.commit()
