"""Opening the diary of somebody who is signed in: every try counts like one at the sign-in."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import passwords, sign_in
from wellbeing.diary import keeping, opening, wraps
from wellbeing.diary.opening import Begun
from wellbeing.diary.wraps import WrongSecret
from wellbeing.models.accounts import Person
from wellbeing.models.diary import DiaryKey
from wellbeing.tries import Refusal, SignInRefused, count_try, forget_tries


@dataclass(frozen=True, repr=False)
class Facts:
    """What is known of somebody's diary from outside, and of the password that they sign in with."""

    login: str
    password_hash: str | None
    has_pin: bool
    by_password: bytes | None
    by_recovery: bytes | None

    @property
    def has_diary(self) -> bool:
        """Tell whether there is a diary."""
        return self.by_recovery is not None

    @property
    def waits(self) -> bool:
        """Tell whether a password that was chosen with a one-time code does not open the diary yet."""
        return self.has_diary and self.by_password is None and self.password_hash is not None


def facts(session: Session, person_id: int) -> Facts:
    """Return what is known from outside. Ends the transaction: what follows takes its time."""
    person, diary = session.get_one(Person, person_id), session.get(DiaryKey, person_id)
    found = Facts(
        sign_in.name_for_tries(person),
        person.password_hash,
        person.pin_mac is not None,
        diary.by_password if diary else None,
        diary.by_recovery if diary else None,
    )
    session.commit()
    return found


def with_password(session: Session, person_id: int, password: str, now: datetime) -> bytes:
    """Return the private key of somebody's diary; raise SignInRefused for a wrong password. Commits."""
    known = facts(session, person_id)
    _count(session, known, now)
    try:
        private = opening.with_password(known, password)
    except WrongSecret:
        raise SignInRefused(Refusal.WRONG) from None
    return _right(session, known, private)


def with_code(session: Session, person_id: int, code: str, password: str, now: datetime) -> bytes:
    """Return the private key of somebody's diary; raise WrongSecret for a wrong recovery code. Commits.

    Where the diary waits for this code, ``password`` must be the one of the sign-in (otherwise
    SignInRefused), and opens the diary from now on.
    """
    known = facts(session, person_id)
    _count(session, known, now)
    private = opening.with_recovery_code(known, code)
    if known.waits:
        if not passwords.is_right(password, known.password_hash):
            raise SignInRefused(Refusal.WRONG)
        _let_open(session, person_id, known, wraps.by_password(password, private))
    return _right(session, known, private)


def _count(session: Session, known: Facts, now: datetime) -> None:
    count_try(session, known.login, now)
    session.commit()


def _let_open(session: Session, person_id: int, known: Facts, wrap: bytes) -> None:
    """Let a new password open the diary, if it is still the one whose code was typed."""
    mine = sa.and_(DiaryKey.person_id == person_id, DiaryKey.by_recovery == known.by_recovery)
    session.execute(sa.update(DiaryKey).where(mine).values(by_password=wrap))


def _right(session: Session, known: Facts, private: bytes) -> bytes:
    forget_tries(session, known.login)
    session.commit()
    return private


def at_sign_in(session: Session, person_id: int, password: str) -> bytes | None:
    """Return the private key that a right password opens; None without a diary, after the same time."""
    try:
        return opening.with_password(facts(session, person_id), password)
    except WrongSecret:
        return None


def begin_anew(session: Session, server_key: bytes, person_id: int, password: str | None) -> Begun:
    """Delete somebody's diary with all that is in it, and begin a new one. Does not commit."""
    keeping.forget(session.connection(), server_key, person_id)
    session.expire_all()
    return opening.begin(session, person_id, password)
