"""Pausing a diary, and going on with it: a word of its owner, for which it need not be open."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.diary import DiaryKey


def pause(session: Session, person_id: int, paused: bool) -> bool:
    """Keep nothing more of what somebody taps, or keep it again; tell whether there is a diary. Commits."""
    mine = sa.update(DiaryKey).where(DiaryKey.person_id == person_id).values(paused=paused)
    found = session.execute(mine.returning(DiaryKey.person_id)).first() is not None
    session.commit()
    return found
