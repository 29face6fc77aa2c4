"""Receipts: that an act with a client-made id was done, and in which week (R19)."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa

from wellbeing import keys
from wellbeing.models.pending import Receipt

KEPT_DAYS = 35


def done_before(connection: sa.Connection, server_key: bytes, client_id: str) -> bool:
    """Tell whether an act with this id was already done."""
    mac = keys.receipt_mac(server_key, client_id)
    return connection.execute(sa.select(Receipt.week).where(Receipt.client_mac == mac)).first() is not None


def give(connection: sa.Connection, server_key: bytes, client_id: str, now: datetime) -> None:
    """Write an act's receipt; raise IntegrityError where it was done in the meantime."""
    mac = keys.receipt_mac(server_key, client_id)
    connection.execute(sa.insert(Receipt).values(client_mac=mac, week=_monday(now)))


def _monday(now: datetime) -> date:
    return now.date() - timedelta(days=now.weekday())


def forget_old(connection: sa.Connection, now: datetime) -> None:
    """Delete receipts of more than 35 days ago."""
    connection.execute(sa.delete(Receipt).where(Receipt.week < now.date() - timedelta(days=KEPT_DAYS)))
