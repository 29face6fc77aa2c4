"""Another password for somebody who knows the one before; the diary opens with the new one from then on."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import browsers, passwords, sign_in
from wellbeing.diary import door, wraps
from wellbeing.diary.door import Facts
from wellbeing.models.accounts import Person
from wellbeing.models.diary import DiaryKey
from wellbeing.tries import Refusal, SignInRefused


class DiaryClosed(Exception):
    """The diary has to be open, so that a first password opens it from now on."""


def change(
    session: Session, who: sign_in.SignedIn, old: str, new: str, now: datetime, private: bytes | None
) -> None:
    """Change a password, wrap the diary's key anew, and sign every other browser out. Commits.

    ``private`` is the diary's key where it is open in this browser. A diary that waits for its recovery code
    and is not open goes on waiting. Raises SignInRefused or PasswordRefused, and then nothing has changed.
    """
    person_id, token, name = who.id, who.token, who.name
    known = door.facts(session, person_id)
    passwords.check_choice(new, known.login, name, sign_in.organisation(session))
    sign_in.confirm(session, person_id, old, now)
    if private is None and known.by_password:
        private = wraps.with_password(old, known.by_password)
    wrap = wraps.by_password(new, private) if private else None
    _keep(session, person_id, known, passwords.hashed(new), wrap)
    browsers.end_others(session, person_id, token)


def add(session: Session, who: sign_in.SignedIn, new: str, private: bytes | None) -> None:
    """Give a password to somebody who signs in without one; it opens their diary as well. Commits.

    ``private`` is the diary's key, which they have opened in this browser if they have one: a password that
    signed in and opened nothing would surprise them. Raises DiaryClosed, PasswordRefused, or SignInRefused
    where they have a password or no sign-in name; then nothing has changed.
    """
    person_id, name = who.id, who.name
    known = door.facts(session, person_id)
    if known.has_diary and private is None:
        raise DiaryClosed
    passwords.check_choice(new, known.login, name, sign_in.organisation(session))
    if known.password_hash is not None or known.login.startswith("#"):
        raise SignInRefused(Refusal.WRONG)
    _keep(
        session, person_id, known, passwords.hashed(new), wraps.by_password(new, private) if private else None
    )
    session.commit()


def _keep(session: Session, person_id: int, known: Facts, stored: str, wrap: bytes | None) -> None:
    """Write both at once, and only over what they were made from: deriving keys takes its time."""
    me = sa.and_(Person.id == person_id, Person.password_hash.is_not_distinct_from(known.password_hash))
    changed = [session.connection().execute(sa.update(Person).where(me).values(password_hash=stored))]
    if wrap:
        mine = sa.and_(DiaryKey.person_id == person_id, DiaryKey.by_recovery == known.by_recovery)
        rewrap = sa.update(DiaryKey).where(mine).values(by_password=wrap)
        changed.append(session.connection().execute(rewrap))
    if any(result.rowcount != 1 for result in changed):
        session.rollback()
        raise SignInRefused(Refusal.WRONG)
