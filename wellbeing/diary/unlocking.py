"""A diary that is open in one browser for a quarter of an hour: only its cookie can read along."""

import secrets
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.diary import wraps
from wellbeing.models.accounts import SignIn
from wellbeing.models.diary import DiaryOpened
from wellbeing.sign_in import token_mac

OPEN_FOR = timedelta(minutes=15)
SECRET_BYTES = 32
PURPOSE = "browser"
# While a browser waits for its second factor, what it holds opens no page: it is wrapped for another purpose.
HALF_WAY = "half-way browser"


def unlock(session: Session, token: str, private: bytes, now: datetime, purpose: str = PURPOSE) -> bytes:
    """Keep a diary open for a signed-in browser and return the secret for its cookie. Commits.

    A browser that was signed out from elsewhere in this moment keeps nothing open.
    """
    secret = secrets.token_bytes(SECRET_BYTES)
    # Of two taps on one button the second waits here, and then takes the place of the first.
    mine = sa.select(SignIn.token_mac).where(SignIn.token_mac == token_mac(token)).with_for_update()
    if session.execute(mine).first() is None:
        session.commit()
        return secret
    lock(session, token)
    session.execute(sa.delete(DiaryOpened).where(DiaryOpened.until <= now))
    wrapped = wraps.by_secret(secret, purpose, private)
    session.add(DiaryOpened(token_mac=token_mac(token), wrapped_key=wrapped, until=now + OPEN_FOR))
    session.commit()
    return secret


def private_key(
    session: Session, token: str, secret: bytes, now: datetime, purpose: str = PURPOSE
) -> bytes | None:
    """Return the private key of the diary that is open in a browser; None where none is, or not any more."""
    found = session.get(DiaryOpened, token_mac(token))
    if found is None or found.until <= now:
        return None
    try:
        return wraps.with_secret(secret, purpose, found.wrapped_key)
    except wraps.WrongSecret:
        return None


def lock(session: Session, token: str) -> None:
    """Close the diary in one browser; within the caller's transaction."""
    session.execute(sa.delete(DiaryOpened).where(DiaryOpened.token_mac == token_mac(token)))


def forget_old(connection: sa.Connection, now: datetime) -> None:
    """Delete the keys of diaries whose quarter of an hour is over."""
    connection.execute(sa.delete(DiaryOpened).where(DiaryOpened.until <= now))
