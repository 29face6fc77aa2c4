"""Spare codes: ten that stand in for an authenticator app that is lost, each once."""

import secrets

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import codes, keys, site
from wellbeing.models.second_factor import SpareCode

HOW_MANY = 10
# Fifty bits each: nobody guesses one, so there is no limit for a day.
LETTERS = 10


def make(session: Session, person_id: int) -> list[str]:
    """Return ten new codes, such as ABCDE-FGHJK; those of before open nothing any more. Does not commit."""
    remove(session, person_id)
    made = ["".join(secrets.choice(codes.ALPHABET) for _ in range(LETTERS)) for _ in range(HOW_MANY)]
    rows = [{"code_mac": _mac(person_id, code), "person_id": person_id} for code in made]
    session.execute(sa.insert(SpareCode), rows)
    return [f"{code[: LETTERS // 2]}-{code[LETTERS // 2 :]}" for code in made]


def take(session: Session, person_id: int, typed: str) -> bool:
    """Use a code up, and tell whether it was one; of two who use it at once, one alone. Does not commit."""
    code = codes.plain(typed, LETTERS)
    mine = sa.delete(SpareCode).where(
        SpareCode.person_id == person_id, SpareCode.code_mac == _mac(person_id, code or "")
    )
    return session.connection().execute(mine).rowcount == 1


def left(session: Session, person_id: int) -> int:
    """Return how many somebody has left."""
    query = sa.select(sa.func.count()).select_from(SpareCode).where(SpareCode.person_id == person_id)
    return session.execute(query).scalar_one()


def remove(session: Session, person_id: int) -> None:
    """Take all of somebody's away. Does not commit."""
    session.execute(sa.delete(SpareCode).where(SpareCode.person_id == person_id))


def _mac(person_id: int, code: str) -> bytes:
    return keys.text_mac(site.config().secrets.pin_pepper, "spare code", f"{person_id}:{code}")
