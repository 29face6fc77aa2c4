"""Receipts: that an act with a client-made id was done, and in which week (R19)."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from wellbeing import keys
from wellbeing.models.pending import Receipt
from wellbeing.prepared import Prepared

KEPT_DAYS = 35
# Both databases understand this upsert, each in SQLAlchemy by another name; as text they share it.
_GIVE = Prepared(
    sa.text(
        "INSERT INTO receipt (client_mac, week) VALUES (:mac, :week) ON CONFLICT (client_mac) DO NOTHING"
    ).bindparams(sa.bindparam("mac", type_=sa.LargeBinary), sa.bindparam("week", type_=sa.Date))
)


def done_before(connection: sa.Connection, server_key: bytes, client_id: str) -> bool:
    """Tell whether an act with this id was already done."""
    mac = keys.receipt_mac(server_key, client_id)
    return connection.execute(sa.select(Receipt.week).where(Receipt.client_mac == mac)).first() is not None


def give(connection: sa.Connection, server_key: bytes, client_id: str, now: datetime) -> bool:
    """Write an act's receipt and return True, or False where it was done before or in the meantime."""
    return _GIVE.run(connection, mac=keys.receipt_mac(server_key, client_id), week=_monday(now)) == 1


def _monday(now: datetime) -> date:
    return now.date() - timedelta(days=now.weekday())


def forget_old(connection: sa.Connection, now: datetime) -> None:
    """Delete receipts of weeks that ended more than 35 days ago."""
    sunday = now.date() - timedelta(days=KEPT_DAYS)
    connection.execute(sa.delete(Receipt).where(Receipt.week < sunday - timedelta(days=6)))
