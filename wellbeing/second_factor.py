"""The second factor of a sign-in: codes of an authenticator app (TOTP, RFC 6238), and who needs one."""

import hmac
import secrets
from base64 import b32encode
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy.orm import Session

from wellbeing import audit, clock, keys, site, spare_codes
from wellbeing.audit import Act
from wellbeing.models.audit import AuditEntry
from wellbeing.models.second_factor import Authenticator
from wellbeing.storage import one_by_one
from wellbeing.tries import SignInRefused, count_try, forget_tries

# As many bits as the digest has (RFC 4226, section 4); every app knows six digits and half a minute.
SECRET_BYTES = 20
DIGITS = 6
STEP = 30
# What every app knows, too; where a digest is made with a key, what SHA-1 is weak at does not matter.
DIGEST = hashes.SHA1()  # noqa: S303
# An app whose clock is half a minute off is still right.
DRIFT = 1
# Six digits could be found by somebody who knows the password and has years; at thirty a day, in centuries.
MOST_A_DAY = 30
TOLD_FOR = timedelta(days=30)


class Refusal(StrEnum):
    """Why a code is not taken."""

    WRONG = "wrong"
    USED = "used"
    LOCKED = "locked"


class CodeRefused(Exception):
    """A code of a second factor that is not taken."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


@dataclass(frozen=True)
class Facts:
    """Since when somebody has an authenticator app, and how many spare codes are left."""

    since: date
    spare_codes: int


def new_secret() -> bytes:
    """Return a secret for an authenticator app."""
    return secrets.token_bytes(SECRET_BYTES)


def as_text(secret: bytes) -> str:
    """Return a secret as it is typed into an app that has no camera: base 32, in groups of four."""
    letters = b32encode(secret).decode()
    return " ".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def address(secret: bytes, login: str, organisation: str) -> str:
    """Return what the picture holds that an app takes a secret from (otpauth:)."""
    return TOTP(secret, DIGITS, DIGEST, STEP).get_provisioning_uri(login, organisation)


def facts(session: Session, person_id: int) -> Facts | None:
    """Return what is known of somebody's authenticator app; None where they have none."""
    found = session.get(Authenticator, person_id)
    return Facts(found.confirmed_on, spare_codes.left(session, person_id)) if found else None


def keep(session: Session, person_id: int, secret: bytes, typed: str, today: date) -> list[str]:
    """Keep the secret of an app that shows this code, and return ten spare codes; raise CodeRefused. Commits.

    An app and spare codes of before open nothing any more.
    """
    step = _step_of(secret, typed, clock.now())
    if step is None:
        raise CodeRefused(Refusal.WRONG)
    sealed = keys.sealed_secret(site.config().secrets.pin_pepper, person_id, secret)
    # Two taps on one button would both find no row.
    one_by_one(session.connection(), person_id)
    remove(session, person_id)
    values = {"wrapped_secret": sealed, "confirmed_on": today, "last_step": step}
    session.execute(sa.insert(Authenticator).values(person_id=person_id, **values))
    made = spare_codes.make(session, person_id)
    session.commit()
    return made


def _step_of(secret: bytes, typed: str, now: datetime) -> int | None:
    """Return the newest step, of those that are near enough, in which an app shows a code."""
    code, present = _digits(typed), int(now.timestamp()) // STEP
    app, found = HOTP(secret, DIGITS, DIGEST), None
    for step in range(present - DRIFT, present + DRIFT + 1):
        if hmac.compare_digest(app.generate(step), code):
            found = step
    return found


def _digits(typed: str) -> bytes:
    """Return a code as people type it, with or without blanks, or nothing for what cannot be one."""
    text = "".join(typed.split())
    return text.encode() if len(text) == DIGITS and text.isascii() and text.isdigit() else b""


def remove(session: Session, person_id: int) -> bool:
    """Take somebody's app and spare codes away, and tell whether they had one. Does not commit."""
    spare_codes.remove(session, person_id)
    mine = sa.delete(Authenticator).where(Authenticator.person_id == person_id)
    return session.connection().execute(mine).rowcount == 1


def remove_by(session: Session, person_id: int, by: int | None, now: datetime) -> bool:
    """Remove an app for somebody who lost it: noted, and told to them for a month. Does not commit.

    ``by`` is whoever used a one-time code in their name, or None for a command.
    """
    gone = remove(session, person_id)
    if gone:
        audit.note(session, Act.SECOND_FACTOR_REMOVED, by, now, person_id=person_id)
    return gone


def removed_on(session: Session, person_id: int, now: datetime) -> datetime | None:
    """Return when an app was removed that has no other in its place, within the last 30 days."""
    newest = sa.select(sa.func.max(AuditEntry.at)).where(
        AuditEntry.act == Act.SECOND_FACTOR_REMOVED,
        AuditEntry.person_id == person_id,
        AuditEntry.at > now - TOLD_FOR,
    )
    anew = sa.exists().where(Authenticator.person_id == person_id)
    return session.execute(newest.where(~anew)).scalar_one()


def check_app(session: Session, person_id: int, typed: str, now: datetime) -> None:
    """Take the code that somebody's app shows, once; raise CodeRefused. Commits.

    The try is counted before it is looked at: five wrong ones close it for a quarter of an hour, thirty for
    a day, in however many browsers. The steps are those of the real time, which an app's phone tells.
    """
    name = f"app\n{person_id}"
    _count(session, name, now, MOST_A_DAY)
    row = session.get(Authenticator, person_id)
    step = _step_of(_secret(row), typed, clock.now()) if row else None
    if step is None:
        session.commit()
        raise CodeRefused(Refusal.WRONG)
    newer = sa.update(Authenticator).where(
        Authenticator.person_id == person_id, Authenticator.last_step < step
    )
    taken = session.connection().execute(newer.values(last_step=step)).rowcount == 1
    if taken:
        forget_tries(session, name)
    session.commit()
    if not taken:
        raise CodeRefused(Refusal.USED)


def _count(session: Session, name: str, now: datetime, most_a_day: int | None = None) -> None:
    try:
        count_try(session, name, now, most_a_day)
    except SignInRefused:
        raise CodeRefused(Refusal.LOCKED) from None
    session.commit()


def _secret(row: Authenticator) -> bytes:
    """Return an app's secret; one that nobody knows where it was sealed with another site's pepper."""
    try:
        return keys.opened_secret(site.config().secrets.pin_pepper, row.person_id, row.wrapped_secret)
    except InvalidTag:
        return new_secret()


def check_spare(session: Session, person_id: int, typed: str, now: datetime) -> int:
    """Use a spare code up, and return how many are left; raise CodeRefused. Commits.

    Its tries are counted apart: whoever guesses at the app's codes closes nobody's way in.
    """
    name = f"spare\n{person_id}"
    _count(session, name, now)
    taken = spare_codes.take(session, person_id, typed)
    if taken:
        forget_tries(session, name)
    remaining = spare_codes.left(session, person_id)
    session.commit()
    if not taken:
        raise CodeRefused(Refusal.WRONG)
    return remaining
