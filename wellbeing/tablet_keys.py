"""The keys to which tablets seal: a new one every four days, each kept for 30 more after its last (R8)."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from wellbeing import keys, sealing
from wellbeing.models.tablet_keys import TabletKey
from wellbeing.ticks import hold

HANDED_OUT_FOR = timedelta(days=4)
# Shorter than receipts are kept: an entry that was copied from a tablet can be opened no more when nobody
# remembers that it was done.
KEPT_FOR = HANDED_OUT_FOR + timedelta(days=30)
NAME_BYTES = 12  # 16 characters.


@dataclass(frozen=True)
class Offered:
    """The key that tablets are handed now: its name, and its public half as 65 bytes."""

    name: str
    public: bytes


def on_offer(connection: sa.Connection, now: datetime) -> Offered | None:
    """Return the newest key, or None where there is none or a new one is due."""
    newest = sa.select(TabletKey.name, TabletKey.public_key).where(TabletKey.made_at > now - HANDED_OUT_FOR)
    found = connection.execute(newest.order_by(TabletKey.made_at.desc(), TabletKey.name).limit(1)).first()
    return Offered(*found) if found else None


def renew(connection: sa.Connection, server_key: bytes, now: datetime) -> Offered:
    """Return the key on offer, made first where one is due; of several processes, one makes it.

    Runs in the caller's transaction and does not commit.
    """
    hold(connection)
    return on_offer(connection, now) or _make(connection, server_key, now)


def _make(connection: sa.Connection, server_key: bytes, now: datetime) -> Offered:
    pair, name = sealing.new_pair(), secrets.token_urlsafe(NAME_BYTES)
    wrapped = keys.wrapped(server_key, pair.private)
    row = {"name": name, "public_key": pair.public, "wrapped_key": wrapped, "made_at": now}
    connection.execute(sa.insert(TabletKey).values(row))
    return Offered(name, pair.public)


def private_halves(connection: sa.Connection, server_key: bytes) -> dict[str, bytes]:
    """Return what opens boxes, by the name of the key; raise InvalidUnwrap for another server's keys."""
    kept = connection.execute(sa.select(TabletKey.name, TabletKey.wrapped_key)).tuples()
    return {name: keys.unwrapped(server_key, wrapped) for name, wrapped in kept}


def forget_old(connection: sa.Connection, now: datetime) -> None:
    """Delete every key that was made 34 days ago: what is sealed to it can never be opened again."""
    connection.execute(sa.delete(TabletKey).where(TabletKey.made_at <= now - KEPT_FOR))
