"""Signing in by password, and sessions that can be revoked."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wellbeing import codes, keys, passwords, phones, second_factor, second_factor_rule, site
from wellbeing.models.accounts import CodePurpose, Level, Person, SignIn, SignInMethod, Unit
from wellbeing.models.diary import DiaryKey
from wellbeing.signed_in import SignedIn
from wellbeing.tries import Refusal, SignInRefused, count_try, forget_tries

SESSION = timedelta(hours=12)
FRESH = timedelta(minutes=15)
# How long a browser may wait for its second factor.
HALF_WAY = timedelta(minutes=10)


class LoginTaken(Exception):
    """Somebody else has this sign-in name."""


@dataclass(frozen=True)
class Chooser:
    """Who holds a code for a new password; ``login`` is None until somebody has chosen one."""

    id: int
    name: str
    login: str | None
    is_first: bool
    has_pin: bool
    has_diary: bool

    @property
    def shows_pin(self) -> bool:
        """Whether they show by their PIN that they came themselves: nothing else of theirs is known yet."""
        return self.is_first and self.has_pin


def login_of(text: str) -> str:
    """Return a sign-in name as it is stored: without blanks around it, in lower case."""
    return text.strip().lower()


def sign_in(session: Session, login: str, password: str, now: datetime) -> SignedIn:
    """Return the signed-in person, who may have a second factor still to show; raise SignInRefused. Commits.

    The try is counted and committed before the password is looked at: no two tries share one count, and
    no transaction stays open while the password is hashed.
    """
    login = login_of(login)
    count_try(session, login, now)
    person = session.scalars(sa.select(Person).where(Person.login == login, Person.active)).one_or_none()
    found = (person.id, person.password_hash) if person else (0, None)
    session.commit()
    if not passwords.is_right(password, found[1]):
        raise SignInRefused(Refusal.WRONG)
    return _begin(session, found[0], login, password, now)


def confirm(session: Session, person_id: int, password: str, now: datetime) -> None:
    """Ask somebody who is signed in for their password again; raise SignInRefused. Commits.

    A wrong one counts like one at the sign-in.
    """
    person = session.get_one(Person, person_id)
    name, stored = name_for_tries(person), person.password_hash
    count_try(session, name, now)
    session.commit()
    if not passwords.is_right(password, stored):
        raise SignInRefused(Refusal.WRONG)
    forget_tries(session, name)
    session.commit()


def name_for_tries(person: Person) -> str:
    """Return under which name somebody's wrong tries are counted."""
    return person.login or f"#{person.id}"


def _begin(session: Session, person_id: int, login: str, password: str, now: datetime) -> SignedIn:
    person = session.get_one(Person, person_id)
    if passwords.is_outdated(person.password_hash or ""):
        person.password_hash = passwords.hashed(password)
    forget_tries(session, login)
    complete = not second_factor_rule.is_asked_of(session, person.id)
    signed_in = _open(session, person, now, SignInMethod.PASSWORD, complete)
    session.commit()
    return signed_in


def _open(
    session: Session, person: Person, now: datetime, method: SignInMethod, complete: bool = True
) -> SignedIn:
    session.execute(sa.delete(SignIn).where(SignIn.expires_at <= now))
    token, until = secrets.token_urlsafe(32), now + (SESSION if complete else HALF_WAY)
    row = {"token_mac": token_mac(token), "person_id": person.id, "expires_at": until}
    session.add(SignIn(**row, method=method, complete=complete))
    return SignedIn(person, token, method, complete)


def begun_at(row: SignIn) -> datetime:
    """Return when a browser was signed in."""
    return row.expires_at - (SESSION if row.complete else HALF_WAY)


def enter(
    session: Session, person_id: int, now: datetime, method: SignInMethod = SignInMethod.PASSKEY
) -> SignedIn | None:
    """Sign somebody in who needs no second factor beside this one; None for who has left. Commits."""
    person = session.scalars(sa.select(Person).where(Person.id == person_id, Person.active)).one_or_none()
    found = _open(session, person, now, method) if person else None
    session.commit()
    return found


def waiting(session: Session, token: str, now: datetime) -> Person | None:
    """Return whose second factor a browser waits for; None where it waits for none, or not any more."""
    return session.scalars(_whose(token, now).where(~SignIn.complete)).one_or_none()


def _whose(token: str, now: datetime) -> sa.Select[tuple[Person]]:
    mine = (SignIn.token_mac == token_mac(token), SignIn.expires_at > now, Person.active)
    return sa.select(Person).join(SignIn, SignIn.person_id == Person.id).where(*mine)


def complete(session: Session, token: str, now: datetime) -> SignedIn | None:
    """Sign a browser in whose second factor was right, under a token that nobody has seen before. Commits.

    None where it was signed out meanwhile, or where another request was quicker with it.
    """
    person, half_way = waiting(session, token, now), SignIn.token_mac == token_mac(token)
    gone = session.connection().execute(sa.delete(SignIn).where(half_way, ~SignIn.complete)).rowcount
    found = _open(session, person, now, SignInMethod.PASSWORD) if person and gone else None
    session.commit()
    return found


def is_fresh(session: Session, token: str, now: datetime) -> bool:
    """Tell whether somebody signed this browser in within the last quarter of an hour."""
    until = sa.select(SignIn.expires_at).where(SignIn.token_mac == token_mac(token), SignIn.complete)
    found = session.scalars(until).one_or_none()
    return found is not None and now < found - SESSION + FRESH


def signed_in(session: Session, token: str, now: datetime) -> SignedIn | None:
    """Return who is signed in under a browser's token, or None when it was revoked, is over or half way."""
    query = _whose(token, now).add_columns(SignIn.method).where(SignIn.complete)
    found = session.execute(query).one_or_none()
    return SignedIn(found[0], token, found[1]) if found else None


def sign_out(session: Session, token: str) -> None:
    """Sign one browser out. Commits."""
    session.execute(sa.delete(SignIn).where(SignIn.token_mac == token_mac(token)))
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
    has_diary = session.get(DiaryKey, person.id) is not None
    is_first, has_pin = person.password_hash is None, person.pin_mac is not None
    chooser = Chooser(person.id, person.name, person.login, is_first, has_pin, has_diary)
    session.commit()
    return chooser


def choose_password(session: Session, code: str, login: str, password: str, now: datetime) -> SignedIn:
    """Set the password that a code allows to choose, sign every other browser out, and this one in. Commits.

    Somebody who has a sign-in name keeps it; others choose one. Whoever made the code could have used it: so
    the password does not open the diary of before, own phones are to be set up anew, and an authenticator
    app, which may be what was lost, is gone. Raises CodeRefused, PasswordRefused or LoginTaken, and then the
    code can still be used.
    """
    chooser = whose_code(session, code, now)
    login = chooser.login or login_of(login)
    passwords.check_choice(password, login, chooser.name, organisation(session))
    stored = passwords.hashed(password)
    codes.redeem(session, code, CodePurpose.PASSWORD, now)
    person = _keep(session, chooser.id, login, stored, now)
    session.execute(sa.update(DiaryKey).where(DiaryKey.person_id == person.id).values(by_password=None))
    forget_tries(session, login)
    signed_in = _open(session, person, now, SignInMethod.PASSWORD)
    session.commit()
    return signed_in


def organisation(session: Session) -> str:
    """Return what the organisation is called, which is no password there. Ends the transaction."""
    name = session.scalars(sa.select(Unit.name).where(Unit.level == Level.ORGANISATION)).one()
    session.commit()
    return name


def use_code(session: Session, code: str, login: str, now: datetime) -> None:
    """Use a code up for somebody who signs in by a passkey from now on. Does not commit.

    Browsers and phones are signed out as with a new password, and an old one signs in no more: otherwise
    whoever made the code could come in by a passkey of their own, and nobody would notice. It still opens
    the diary.
    Raises CodeRefused or LoginTaken, and then the code can still be used.
    """
    chooser = whose_code(session, code, now)
    codes.redeem(session, code, CodePurpose.PASSWORD, now)
    _keep(session, chooser.id, chooser.login or login_of(login), None, now)


def _keep(session: Session, person_id: int, login: str, stored: str | None, now: datetime) -> Person:
    person = session.get_one(Person, person_id)
    person.login, person.password_hash = login, stored
    try:
        session.flush()
    except IntegrityError:
        session.rollback()
        raise LoginTaken from None
    session.execute(sa.delete(SignIn).where(SignIn.person_id == person_id))
    phones.remove_all(session, person_id)
    second_factor.remove_by(session, person_id, person_id, now)
    return person


def token_mac(token: str) -> bytes:
    """Return what is stored of a signed-in browser's token."""
    return keys.text_mac(site.config().secrets.pin_pepper, "sign-in", token)
