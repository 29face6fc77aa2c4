"""When regular work was last done whole, and whether this site was moved away: one row for each."""

from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from wellbeing.models.watching import RegularWork

# A backup is made each day; two hours are for one that takes long.
BACKUP_WITHIN = timedelta(hours=26)
MOVED = "moved"


class Work(StrEnum):
    """What is done again and again; the chain has two names, one for each outcome of its last check."""

    JOBS = "jobs"
    BACKUP = "backup"
    NIGHT = "night"
    CHAIN_WHOLE = "chain"
    CHAIN_BROKEN = "chain_broken"
    DOCTOR = "doctor"


def done(connection: sa.Connection, name: str, now: datetime) -> None:
    """Note that a piece of work was done whole at ``now``, the real moment."""
    connection.execute(sa.delete(RegularWork).where(RegularWork.name == name))
    connection.execute(sa.insert(RegularWork).values(name=name, done_at=now))


def last_done(connection: sa.Connection) -> dict[str, datetime]:
    """Return when each piece of regular work was last done."""
    return dict(connection.execute(sa.select(RegularWork.name, RegularWork.done_at)).tuples().all())


def note(engine: sa.Engine, work: Work, now: datetime, unless_within: timedelta = timedelta()) -> bool:
    """Note that a piece of work is done; return False where it was already, by whomever, so short a time ago.

    A moment that lies ahead, after a clock was set back, counts for nothing.
    """
    late = sa.or_(RegularWork.done_at <= now - unless_within, RegularWork.done_at > now)
    try:
        with engine.begin() as connection:
            found = connection.execute(
                sa.update(RegularWork).where(RegularWork.name == work, late).values(done_at=now)
            )
            known = sa.exists().where(RegularWork.name == work)
            if found.rowcount or connection.execute(sa.select(known)).scalar_one():
                return bool(found.rowcount)
            connection.execute(sa.insert(RegularWork).values(name=work, done_at=now))
    except IntegrityError:  # Another process was quicker.
        return False
    return True


def forget(engine: sa.Engine, work: Work) -> None:
    """Take a note away that is true no more."""
    with engine.begin() as connection:
        connection.execute(sa.delete(RegularWork).where(RegularWork.name == work))


def when(connection: sa.Connection, name: str) -> datetime | None:
    """Return when a piece of work was last done; None for never."""
    return connection.execute(sa.select(RegularWork.done_at).where(RegularWork.name == name)).scalar()


def newest(connection: sa.Connection) -> datetime | None:
    """Return the newest moment at which any regular work was done."""
    return connection.execute(sa.select(sa.func.max(RegularWork.done_at))).scalar()
