"""What a running shift needs to know: one row under a name that joins to no pending row (R18)."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from wellbeing.models.pending import ShiftState
from wellbeing.prepared import Prepared

_STATE = Prepared(
    sa.select(ShiftState.rough_at, ShiftState.break_followed, ShiftState.touched_at).where(
        ShiftState.name == sa.bindparam("name")
    )
)
SHIFT_ENDS_AFTER_IDLE = timedelta(hours=8)
BREAK_FOLLOWS_WITHIN = timedelta(minutes=60)


@dataclass(frozen=True)
class State:
    """Since when a rough interaction waits for a next check-in, and whether a break came between."""

    rough_at: datetime | None
    break_followed: bool
    touched_at: datetime

    def with_break(self, now: datetime) -> "State":
        """Return the state after a break begins: it follows a rough interaction of the last hour."""
        follows = self.rough_at is not None and now - self.rough_at <= BREAK_FOLLOWS_WITHIN
        return State(self.rough_at, self.break_followed or follows, now)

    def touched(self, now: datetime) -> "State":
        """Return the state after an act that changes nothing else."""
        return replace(self, touched_at=now)


@dataclass(frozen=True)
class Before:
    """A shift's state as an act found it; ``kept`` tells whether a row was there."""

    name: bytes
    state: State
    kept: bool


def read(connection: sa.Connection, name: bytes, now: datetime) -> Before:
    """Return the running shift's state; one idle for eight hours is over."""
    row = _STATE.one(connection, name=name)
    if row is None or now - row.touched_at > SHIFT_ENDS_AFTER_IDLE:
        return Before(name, State(None, False, now), row is not None)
    return Before(name, State(row.rough_at, row.break_followed, row.touched_at), True)


def write(connection: sa.Connection, before: Before, epoch_id: int, state: State) -> None:
    """Keep a shift's new state in its one row; there is none while no rough interaction waits."""
    values = {
        "rough_at": state.rough_at,
        "break_followed": state.break_followed,
        "touched_at": state.touched_at,
    }
    if state.rough_at is None:
        if before.kept:
            forget(connection, before.name)
    elif before.kept:
        connection.execute(sa.update(ShiftState).where(ShiftState.name == before.name).values(**values))
    else:
        connection.execute(sa.insert(ShiftState).values(name=before.name, epoch_id=epoch_id, **values))


def restore(connection: sa.Connection, name: bytes, epoch_id: int, state: State) -> None:
    """Put back the state that an undone act had found."""
    forget(connection, name)
    write(connection, Before(name, state, kept=False), epoch_id, state)


def forget(connection: sa.Connection, name: bytes) -> None:
    """Delete one person's shift state."""
    connection.execute(sa.delete(ShiftState).where(ShiftState.name == name))


def forget_idle(connection: sa.Connection, now: datetime) -> None:
    """Delete the state of every shift that has been idle for eight hours."""
    connection.execute(sa.delete(ShiftState).where(ShiftState.touched_at < now - SHIFT_ENDS_AFTER_IDLE))
