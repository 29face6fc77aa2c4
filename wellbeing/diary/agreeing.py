"""Agreeing to newer words: until its owner has, an open diary asks first, unless it is paused."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.diary import agreements
from wellbeing.models.diary import DiaryKey


def is_behind(diary: DiaryKey) -> bool:
    """Tell whether the words have changed since a diary's owner agreed to them."""
    return diary.agreed_version < agreements.newest().number


def must_ask(diary: DiaryKey | None) -> bool:
    """Tell whether the owner has to be asked before anything else; a paused diary keeps nothing meanwhile."""
    return diary is not None and is_behind(diary) and not diary.paused


def agree(session: Session, person_id: int, number: int) -> bool:
    """Note that somebody agreed to the newest words; tell whether these were the newest. Commits.

    A paused diary goes on with it, as its owner has just said.
    """
    if number != agreements.newest().number:
        return False
    mine = sa.update(DiaryKey).where(DiaryKey.person_id == person_id)
    session.execute(mine.values(agreed_version=number, paused=False))
    session.commit()
    return True
