"""One-time codes: eight characters that open one door once (a PIN, a password, a tablet)."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session, scoped_session

from wellbeing import keys, site
from wellbeing.models.accounts import CodePurpose, OneTimeCode, PasswordFailure, Person

Executor = Session | scoped_session[Session] | sa.Connection

# Crockford's base 32: no I, L, O or U. What people write instead is read as they meant it.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOK_ALIKES = str.maketrans("OIL", "011")
LENGTH = 8

GOOD_FOR = {
    CodePurpose.TABLET: timedelta(minutes=15),
    CodePurpose.PIN: timedelta(days=7),
    CodePurpose.PASSWORD: timedelta(days=7),
}
# Expired codes stay a while, so that somebody who comes late hears "expired" and not "unknown".
KEPT_AFTER = timedelta(days=30)
GUESSES = 50
GUESS_WINDOW = timedelta(minutes=15)


class Refusal(StrEnum):
    """Why a code does not open anything."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    LOCKED = "locked"


SENTENCES: dict[Refusal, LazyString] = {
    Refusal.UNKNOWN: _l(
        "This code is not known. Check each character. A code works once, and a newer one replaces it."
    ),
    Refusal.EXPIRED: _l("This code has expired. Ask for a new one."),
    Refusal.LOCKED: _l("Too many wrong codes were tried. Wait 15 minutes, then try again."),
}


class CodeRefused(Exception):
    """A code that opens nothing; ``sentence`` says why, ``guess`` tells whether it could have been a code."""

    def __init__(self, reason: Refusal, *, guess: bool = False) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.guess = guess

    @property
    def sentence(self) -> LazyString:
        """What to tell the person."""
        return SENTENCES[self.reason]


@dataclass(frozen=True)
class CodeFacts:
    """Whom a code is for: a person, or for a tablet code a unit."""

    person_id: int | None
    unit_id: int | None


def make_code(
    executor: Executor, purpose: CodePurpose, owner_id: int, now: datetime, good_for: timedelta | None = None
) -> str:
    """Return a new code, as ABCD-EFGH, for a person (PIN, password) or a unit (tablet).

    An earlier code for the same purpose and owner is void from now on. Runs in the caller's transaction
    and does not commit.
    """
    owner = "unit_id" if purpose is CodePurpose.TABLET else "person_id"
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    executor.execute(sa.delete(OneTimeCode).where(OneTimeCode.expires_at <= now - KEPT_AFTER))
    executor.execute(
        sa.delete(OneTimeCode).where(OneTimeCode.purpose == purpose, getattr(OneTimeCode, owner) == owner_id)
    )
    executor.execute(
        sa.insert(OneTimeCode).values(
            {
                "code_mac": _mac(code),
                "purpose": purpose,
                "expires_at": now + (good_for or GOOD_FOR[purpose]),
                owner: owner_id,
            }
        )
    )
    return f"{code[:4]}-{code[4:]}"


def withdraw(executor: Executor, person_id: int) -> None:
    """Let the codes of a person open nothing any more. Does not commit."""
    executor.execute(sa.delete(OneTimeCode).where(OneTimeCode.person_id == person_id))


def redeem(executor: Executor, code: str, purpose: CodePurpose, now: datetime) -> CodeFacts:
    """Use a code up and return whom it is for; raise CodeRefused.

    Runs in the caller's transaction and does not commit. Whoever catches CodeRefused hands it to
    ``count_wrong`` in a transaction of its own: the refused one is rolled back, and a guess must not be.
    """
    facts = look_up(executor, code, purpose, now)
    used_up = executor.execute(
        sa.delete(OneTimeCode)
        .where(OneTimeCode.code_mac == _mac(normalised(code) or ""))
        .returning(OneTimeCode.purpose)
    ).one_or_none()
    if used_up is None:  # Another transaction was quicker: a code works once.
        raise CodeRefused(Refusal.UNKNOWN)
    return facts


def look_up(executor: Executor, code: str, purpose: CodePurpose, now: datetime) -> CodeFacts:
    """Return whom a code is for and leave it usable; raise CodeRefused, to be counted as redeem says."""
    text = normalised(code)
    if text is None:
        raise CodeRefused(Refusal.UNKNOWN)
    if _wrong_codes(executor, now) >= GUESSES:
        raise CodeRefused(Refusal.LOCKED)
    found = executor.execute(
        sa.select(OneTimeCode.person_id, OneTimeCode.unit_id, OneTimeCode.expires_at)
        .outerjoin(Person, Person.id == OneTimeCode.person_id)
        .where(OneTimeCode.code_mac == _mac(text), OneTimeCode.purpose == purpose)
        .where(sa.or_(OneTimeCode.person_id.is_(None), Person.active))
    ).one_or_none()
    if found is None:
        raise CodeRefused(Refusal.UNKNOWN, guess=True)
    if found.expires_at <= now:
        raise CodeRefused(Refusal.EXPIRED)
    return CodeFacts(found.person_id, found.unit_id)


def count_wrong(executor: Executor, refused: CodeRefused, now: datetime) -> None:
    """Count a refused code if it was a guess: after fifty in 15 minutes no code is taken, from anybody.

    Runs in the caller's transaction and does not commit.
    """
    if not refused.guess:
        return
    executor.execute(
        sa.delete(PasswordFailure).where(
            PasswordFailure.login_mac == _any_code(), PasswordFailure.at <= now - GUESS_WINDOW
        )
    )
    executor.execute(sa.insert(PasswordFailure).values(login_mac=_any_code(), at=now))


def normalised(code: str) -> str | None:
    """Return the eight characters that somebody meant, or None for what cannot be a code."""
    return plain(code, LENGTH)


def plain(code: str, length: int) -> str | None:
    """Return a code of so many characters without blanks and dashes, or None for what cannot be one."""
    kept = "".join(sign for sign in code if not sign.isspace() and unicodedata.category(sign) != "Pd")
    text = kept.upper().translate(LOOK_ALIKES)
    return text if len(text) == length and set(text) <= set(ALPHABET) else None


def _mac(text: str) -> bytes:
    return keys.text_mac(site.config().secrets.pin_pepper, "code", text)


def _any_code() -> bytes:
    """Wrong codes are counted together under one name, whoever tried them and wherever."""
    return keys.text_mac(site.config().secrets.pin_pepper, "wrong codes", "")


def _wrong_codes(executor: Executor, now: datetime) -> int:
    counted = executor.execute(
        sa.select(sa.func.count())
        .select_from(PasswordFailure)
        .where(PasswordFailure.login_mac == _any_code(), PasswordFailure.at > now - GUESS_WINDOW)
    ).scalar_one()
    return int(counted)
