"""Wrong passwords and recovery codes, counted by sign-in name: after five all wait a quarter of an hour."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from wellbeing import keys, site
from wellbeing.models.accounts import PasswordFailure
from wellbeing.storage import one_by_one

TRIES = 5
WINDOW = timedelta(minutes=15)
LOCK = timedelta(minutes=15)
DAY = timedelta(days=1)


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


def count_try(session: Session, login: str, now: datetime, most_a_day: int | None = None) -> None:
    """Count a try before what was typed is looked at; raise SignInRefused while a sign-in name is closed.

    What is short enough to be guessed in some days has a number of tries for a whole day, too. Does not
    commit, but where it refuses.
    """
    name = _login_mac(login)
    # Many at once would all be counted as the first.
    one_by_one(session.connection(), int.from_bytes(name[:8], "big", signed=True))
    session.execute(sa.delete(PasswordFailure).where(PasswordFailure.at <= now - DAY))
    times = session.scalars(sa.select(PasswordFailure.at).where(PasswordFailure.login_mac == name)).all()
    if is_locked(times, now) or (most_a_day is not None and len(times) >= most_a_day):
        session.commit()
        raise SignInRefused(Refusal.LOCKED)
    session.add(PasswordFailure(login_mac=name, at=now))


def is_locked(failures: Sequence[datetime], now: datetime) -> bool:
    """Tell whether five failures within 15 minutes have closed a login, less than 15 minutes ago."""
    times = sorted(failures)
    bursts = zip(times, times[TRIES - 1 :], strict=False)
    return any(last - first <= WINDOW and now - last < LOCK for first, last in bursts)


def forget_tries(session: Session, login: str) -> None:
    """Count a sign-in name's tries from the beginning: somebody knew the secret. Does not commit."""
    session.execute(sa.delete(PasswordFailure).where(PasswordFailure.login_mac == _login_mac(login)))


def _login_mac(login: str) -> bytes:
    return keys.text_mac(site.config().secrets.pin_pepper, "login", login)
