"""Signing in by password: lock-out kept in the database, sessions that can be revoked."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_login import UserMixin
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wellbeing import codes, keys, passwords, site
from wellbeing.models.accounts import CodePurpose, PasswordFailure, Person, RoleGrant, SignIn

SESSION = timedelta(hours=12)
TRIES = 5
WINDOW = timedelta(minutes=15)
LOCK = timedelta(minutes=15)


class Refusal(StrEnum):
    """Why somebody is not signed in; never whether the sign-in name exists."""

    WRONG = "wrong"
    LOCKED = "locked"


SENTENCES: dict[Refusal, LazyString] = {
    Refusal.WRONG: _l("The sign-in name and the password do not go together."),
    Refusal.LOCKED: _l("Too many wrong tries with this sign-in name. Wait 15 minutes, then try again."),
}


class SignInRefused(Exception):
    """A sign-in that failed; ``sentence`` is the same whether the sign-in name exists or not."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason

    @property
    def sentence(self) -> LazyString:
        """What to tell the person."""
        return SENTENCES[self.reason]


class LoginTaken(Exception):
    """Somebody else has this sign-in name."""


@dataclass(frozen=True)
class Chooser:
    """Who holds a code for a new password; ``login`` is None until they have chosen one."""

    id: int
    name: str
    login: str | None


class SignedIn(UserMixin):
    """Who sits at a signed-in browser; the session cookie names the browser's token, never the person."""

    def __init__(self, person: Person, token: str) -> None:
        self.person = person
        self.token = token

    def get_id(self) -> str:
        """Return what Flask-Login keeps in the session cookie."""
        return self.token

    @property
    def id(self) -> int:
        """The person's id."""
        return self.person.id

    @property
    def name(self) -> str:
        """The person's name."""
        return self.person.name

    @property
    def unit_id(self) -> int:
        """The id of the person's own team."""
        return self.person.unit_id

    @property
    def grants(self) -> list[RoleGrant]:
        """The roles the person holds beside being staff."""
        return self.person.grants


def login_of(text: str) -> str:
    """Return a sign-in name as it is stored: without blanks around it, in lower case."""
    return text.strip().lower()


def sign_in(session: Session, login: str, password: str, now: datetime) -> SignedIn:
    """Return the signed-in person; raise SignInRefused. Commits.

    The try is counted and committed before the password is looked at: no two tries share one count, and
    no transaction stays open while the password is hashed.
    """
    login = login_of(login)
    _count_try(session, login, now)
    person = session.scalars(sa.select(Person).where(Person.login == login, Person.active)).one_or_none()
    found = (person.id, person.password_hash) if person else (0, None)
    session.commit()
    if not passwords.is_right(password, found[1]):
        raise SignInRefused(Refusal.WRONG)
    return _begin(session, found[0], login, password, now)


def _count_try(session: Session, login: str, now: datetime) -> None:
    name = _login_mac(login)
    session.execute(sa.delete(PasswordFailure).where(PasswordFailure.at <= now - WINDOW - LOCK))
    times = session.scalars(sa.select(PasswordFailure.at).where(PasswordFailure.login_mac == name)).all()
    if is_locked(times, now):
        session.commit()
        raise SignInRefused(Refusal.LOCKED)
    session.add(PasswordFailure(login_mac=name, at=now))


def is_locked(failures: Sequence[datetime], now: datetime) -> bool:
    """Tell whether five failures within 15 minutes have closed a login, less than 15 minutes ago."""
    times = sorted(failures)
    bursts = zip(times, times[TRIES - 1 :], strict=False)
    return any(last - first <= WINDOW and now - last < LOCK for first, last in bursts)


def _begin(session: Session, person_id: int, login: str, password: str, now: datetime) -> SignedIn:
    person = session.get_one(Person, person_id)
    if passwords.is_outdated(person.password_hash or ""):
        person.password_hash = passwords.hashed(password)
    session.execute(sa.delete(PasswordFailure).where(PasswordFailure.login_mac == _login_mac(login)))
    signed_in = _open(session, person, now)
    session.commit()
    return signed_in


def _open(session: Session, person: Person, now: datetime) -> SignedIn:
    session.execute(sa.delete(SignIn).where(SignIn.expires_at <= now))
    token = secrets.token_urlsafe(32)
    session.add(SignIn(token_mac=_token_mac(token), person_id=person.id, expires_at=now + SESSION))
    return SignedIn(person, token)


def signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    """Return who is signed in under a browser's token, or None when it was revoked or is over."""
    person = session.scalars(
        sa.select(Person)
        .join(SignIn, SignIn.person_id == Person.id)
        .where(SignIn.token_mac == _token_mac(token), SignIn.expires_at > now, Person.active)
    ).one_or_none()
    return SignedIn(person, token) if person else None


def sign_out(session: Session, token: str) -> None:
    """Sign one browser out. Commits."""
    session.execute(sa.delete(SignIn).where(SignIn.token_mac == _token_mac(token)))
    session.commit()


def sign_out_everywhere(session: Session, person_id: int) -> None:
    """Sign every browser of a person out. Commits."""
    session.execute(sa.delete(SignIn).where(SignIn.person_id == person_id))
    session.commit()


def whose_code(session: Session, code: str, now: datetime) -> Chooser:
    """Return who may choose a password with a code, and leave it usable; raise CodeRefused. Commits."""
    try:
        facts = codes.look_up(session, code, CodePurpose.PASSWORD, now)
    except codes.CodeRefused as refused:
        codes.count_wrong(session, refused, now)
        session.commit()
        raise
    person = session.get_one(Person, facts.person_id)
    chooser = Chooser(person.id, person.name, person.login)
    session.commit()
    return chooser


def choose_password(session: Session, code: str, login: str, password: str, now: datetime) -> SignedIn:
    """Set the password that a code allows to choose, sign every other browser out, and this one in. Commits.

    Somebody who has a sign-in name keeps it; others choose one. Raises CodeRefused, PasswordRefused or
    LoginTaken, and then the code can still be used.
    """
    chooser = whose_code(session, code, now)
    login = chooser.login or login_of(login)
    passwords.check_choice(password, login, chooser.name)
    stored = passwords.hashed(password)
    codes.redeem(session, code, CodePurpose.PASSWORD, now)
    person = _keep(session, chooser.id, login, stored)
    session.execute(sa.delete(SignIn).where(SignIn.person_id == person.id))
    session.execute(sa.delete(PasswordFailure).where(PasswordFailure.login_mac == _login_mac(login)))
    signed_in = _open(session, person, now)
    session.commit()
    return signed_in


def _keep(session: Session, person_id: int, login: str, stored: str) -> Person:
    person = session.get_one(Person, person_id)
    person.login, person.password_hash = login, stored
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise LoginTaken from None
    return person


def _login_mac(login: str) -> bytes:
    return keys.text_mac(site.config().secrets.pin_pepper, "login", login)


def _token_mac(token: str) -> bytes:
    return keys.text_mac(site.config().secrets.pin_pepper, "sign-in", token)
