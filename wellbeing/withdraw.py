"""Taking answers back: undo for a minute, this week's, a check-up's, and a person's erasure (R9)."""

import json
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from wellbeing import asking, floor, keys, shifts
from wellbeing.collect import Recorded
from wellbeing.diary import keeping
from wellbeing.models.checkup import QuarterKey
from wellbeing.models.epochs import Epoch, LedgerKind
from wellbeing.models.pending import Dimension, Pending, PendingCheckup, PendingDetail, PendingSpillover
from wellbeing.talk import posts
from wellbeing.talk.posts import Kind

UNDO_SECONDS = 60
# Longer than any act needs: a handle's length must not tell one act, or one author, from another.
HANDLE_BYTES = 1600
TABLES = {
    "pending": Pending.__table__,
    "detail": PendingDetail.__table__,
    "spillover": PendingSpillover.__table__,
}


def handle(server_key: bytes, recorded: Recorded, now: datetime) -> str | None:
    """Return the one-time handle that undoes what was just recorded; None where nothing was."""
    if recorded.shift is None and not recorded.diary:
        return None
    rows = {name: [row.hex() for row in getattr(recorded, name)] for name in (*TABLES, "diary")}
    return _sealed(server_key, rows | {"shift": _shift(recorded)}, now)


def _shift(recorded: Recorded) -> dict[str, object] | None:
    """Return the shift that an act found; None for somebody who is in no pool and has a diary alone."""
    if recorded.shift is None:
        return None
    state = recorded.shift.state
    return {
        "name": recorded.shift.name.hex(),
        "epoch": recorded.epoch_id,
        "rough_at": state.rough_at.isoformat() if state.rough_at else None,
        "break_followed": state.break_followed,
        "touched_at": state.touched_at.isoformat(),
    }


def _sealed(server_key: bytes, content: dict[str, object], now: datetime) -> str:
    return keys.sealed_handle(server_key, json.dumps(content).encode().ljust(HANDLE_BYTES), now)


def cover_handle(server_key: bytes, cover_id: int, now: datetime) -> str:
    """Return the handle that takes a request for cover off the wall again; it knows of no answer."""
    return _sealed(server_key, {"cover": cover_id}, now)


def said_handle(server_key: bytes, kind: Kind, number: int, now: datetime) -> str:
    """Return the handle that takes something said off the wall again; it knows of no answer."""
    return _sealed(server_key, {"said": kind.value, "number": number}, now)


def ask_handle(server_key: bytes, request_id: int, now: datetime) -> str:
    """Return the handle that takes back a request to be contacted; it knows of no answer."""
    return _sealed(server_key, {"asked": request_id}, now)


def undo(connection: sa.Connection, server_key: bytes, sealed: str, now: datetime) -> None:
    """Delete what a handle's act wrote; raise HandleRefused once its minute is over or a row is gone.

    A row is gone when the act was undone before, taken back, or released: then nothing was undone now.
    """
    content = json.loads(keys.opened_handle(server_key, sealed, now, UNDO_SECONDS))
    if "cover" in content:
        floor.take_down(connection, content["cover"])
        return
    if "said" in content:
        posts.take_away(connection, Kind(content["said"]), content["number"])
        return
    if "asked" in content:
        asking.undo(connection, content["asked"])
        return
    _hold_ticks(connection)
    for name, table in TABLES.items():
        ids = [bytes.fromhex(row) for row in content[name]]
        if connection.execute(sa.delete(table).where(table.c.id.in_(ids))).rowcount != len(ids):
            raise keys.HandleRefused
    # Its owner may have taken it away meanwhile, or sealed it anew.
    keeping.drop(connection, (bytes.fromhex(row) for row in content["diary"]))
    if content["shift"] is not None:
        _restore(connection, content["shift"])


def _restore(connection: sa.Connection, shift: dict[str, Any]) -> None:
    rough_at = datetime.fromisoformat(shift["rough_at"]) if shift["rough_at"] else None
    state = shifts.State(rough_at, shift["break_followed"], datetime.fromisoformat(shift["touched_at"]))
    if _has_key(connection, shift["epoch"]):
        shifts.restore(connection, bytes.fromhex(shift["name"]), shift["epoch"], state)


def _has_key(connection: sa.Connection, epoch_id: int) -> bool:
    """Tell whether an epoch's tick has yet to come: after it, no running shift of it is remembered."""
    keyed = sa.select(Epoch.id).where(Epoch.id == epoch_id, Epoch.wrapped_key.is_not(None))
    return connection.execute(keyed).first() is not None


def _hold_ticks(connection: sa.Connection) -> None:
    """Wait for a tick that is running, and let none begin before this transaction ends."""
    keyed = sa.select(Epoch.id).where(Epoch.wrapped_key.is_not(None))
    connection.execute(keyed.with_for_update(read=True))


def take_back(connection: sa.Connection, server_key: bytes, person_id: int) -> None:
    """Delete everything of a person that has not been released: this week's, held and detail rows."""
    _hold_ticks(connection)
    open_epochs = sa.select(Epoch.ledger, Epoch.wrapped_key).where(Epoch.wrapped_key.is_not(None))
    for ledger, wrapped in connection.execute(open_epochs).tuples().all():
        key = keys.unwrapped(server_key, wrapped or b"")
        if ledger is LedgerKind.WEEKLY:
            mine = keys.contributor(key, person_id)
            connection.execute(sa.delete(Pending).where(Pending.contributor == mine))
            shifts.forget(connection, keys.shift_name(key, person_id))
        else:
            _take_back_detail(connection, key, person_id)


def _take_back_detail(connection: sa.Connection, key: bytes, person_id: int) -> None:
    mine = [keys.detail_contributor(key, dimension, person_id) for dimension in Dimension]
    connection.execute(sa.delete(PendingDetail).where(PendingDetail.contributor.in_(mine)))
    spillover = keys.detail_contributor(key, "spillover", person_id)
    connection.execute(sa.delete(PendingSpillover).where(PendingSpillover.contributor == spillover))


def take_back_checkup(connection: sa.Connection, server_key: bytes, person_id: int) -> None:
    """Delete everything that a person said in check-ups that are not released, whatever the item."""
    # A release that is running ends first, and then there is no key, and nothing to delete.
    keyed = sa.select(QuarterKey.quarter_id, QuarterKey.wrapped_key).with_for_update(read=True)
    for quarter_id, wrapped in connection.execute(keyed).tuples().all():
        key = keys.unwrapped(server_key, wrapped)
        of_quarter = PendingCheckup.quarter_id == quarter_id
        items = connection.execute(sa.select(PendingCheckup.item).where(of_quarter).distinct()).scalars()
        mine = [keys.checkup_contributor(key, item, person_id) for item in items]
        connection.execute(sa.delete(PendingCheckup).where(of_quarter, PendingCheckup.contributor.in_(mine)))
