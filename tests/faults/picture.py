"""What a site holds, with everything drawn by chance taken out, so that two runs can be compared.

Pseudonyms are read back through the epoch's key: a row re-keyed to a wrong name would show.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

import sqlalchemy as sa

from tests.answers import House, rows
from tests.attacks.shadow import Figures
from tests.faults import points
from tests.faults.copies import engine_of
from wellbeing import jobs, keys
from wellbeing.disclosure import detail_ledger, ledger
from wellbeing.models.accounts import Person, PinFailure
from wellbeing.models.base import db
from wellbeing.models.detail_ledger import DetailBlock, DetailWord
from wellbeing.models.epochs import Epoch, Place
from wellbeing.models.ledger import Block, NoisyBlock, Tick
from wellbeing.models.pending import (
    Dimension,
    HeldPool,
    Pending,
    PendingDetail,
    PendingSpillover,
    Receipt,
    ShiftState,
)

Picture = dict[str, list[tuple]]
# The tables that a tick has to do with, and what two runs of it draw by chance.
SHOWN: dict[type[db.Model], set[str]] = {
    **dict.fromkeys((Tick, Pending, PendingDetail, PendingSpillover), {"id"}),
    **dict.fromkeys((Block, DetailBlock, DetailWord, HeldPool, Place, ShiftState), set()),
    NoisyBlock: {"people", "mood_sum", "rough", "breaks"},
}

# The tables that acts at the counter have to do with, and what is drawn by chance in them.
RECORDED = (Pending, PendingDetail, PendingSpillover, Receipt, ShiftState, PinFailure)
DRAWN = {"id", "client_mac", "contributor"}


def picture(engine: sa.Engine, server_key: bytes) -> Picture:
    """Return a site's blocks, ticks, epochs and waiting answers, with people for pseudonyms."""
    with engine.connect() as connection:
        names = _names(connection, server_key) | _numbers(connection)
        return {
            table.__tablename__: _rows(connection, table, drawn, names) for table, drawn in SHOWN.items()
        } | {"epoch": _epochs(connection)}


def _names(connection: sa.Connection, server_key: bytes) -> dict[object, tuple[object, ...]]:
    """Return who, and in which epoch, is behind each pseudonym that still has a key."""
    people = connection.execute(sa.select(Person.id)).scalars().all()
    keyed = sa.select(Epoch.ledger, Epoch.number, Epoch.wrapped_key).where(Epoch.wrapped_key.is_not(None))
    found: dict[object, tuple[object, ...]] = {}
    for kind, number, wrapped in connection.execute(keyed).tuples():
        key = keys.unwrapped(server_key, wrapped)
        for person in people:
            found[keys.contributor(key, person)] = (kind, number, person)
            found[keys.shift_name(key, person)] = (kind, number, person)
            for dimension in (*Dimension, "spillover"):
                found[keys.detail_contributor(key, dimension, person)] = (kind, number, dimension, person)
    return found


def _numbers(connection: sa.Connection) -> dict[object, tuple[object, ...]]:
    """Return the number of each epoch and tick: a crash leaves gaps between ids, never between numbers."""
    found: dict[object, tuple[object, ...]] = {}
    for kind in (Epoch, Tick):
        for row in connection.execute(sa.select(kind.id, kind.ledger, kind.number)):
            found[(kind.__tablename__, row.id)] = (row.ledger, row.number)
    return found


def _rows(
    connection: sa.Connection, table: type[db.Model], drawn: Collection[str], names: Mapping
) -> list[tuple]:
    columns = [column for column in table.__table__.columns if column.key not in drawn]
    found = connection.execute(sa.select(*columns)).mappings()
    return sorted((tuple(_named(c.key, row[c.key], names) for c in columns) for row in found), key=repr)


def _named(column: str, value: object, names: Mapping) -> object:
    if column in ("epoch_id", "tick_id"):
        return names[(column.removesuffix("_id"), value)]
    return names.get(value) if column in ("contributor", "name") else value


def _epochs(connection: sa.Connection) -> list[tuple]:
    query = sa.select(Epoch.ledger, Epoch.number, Epoch.wrapped_key.is_not(None))
    return sorted((tuple(row) for row in connection.execute(query)), key=repr)


def assert_whole(engine: sa.Engine) -> None:
    """Check what holds at every moment: the chain, and nothing raw and no key of a tick that ran."""
    with engine.connect() as connection:
        assert (ledger.first_broken(connection), detail_ledger.first_broken(connection)) == (None, None)
        ran = sa.select(Epoch.id, Epoch.ledger, Epoch.wrapped_key).join(
            Tick, sa.and_(Tick.ledger == Epoch.ledger, Tick.number == Epoch.number)
        )
        finished = connection.execute(ran).all()
        assert [epoch.id for epoch in finished if epoch.wrapped_key is not None] == []
        ids = [epoch.id for epoch in finished]
        for table in (Pending, PendingDetail, PendingSpillover, ShiftState, Place):
            left = sa.select(sa.func.count()).select_from(table).where(table.epoch_id.in_(ids))
            assert connection.execute(left).scalar_one() == 0, table.__tablename__
        silent = sa.select(Block.position).where(Block.position.not_in(sa.select(NoisyBlock.position)))
        assert connection.execute(silent).all() == []


def figures(block: sa.Row) -> Figures:
    """Return what a block shows, as the shadow says it."""
    return (
        block.people_floor,
        block.mood_word or block.mood,
        block.rough_word or block.rough_count,
        block.break_word or block.break_count,
    )


def milestones(house: House, now: datetime) -> list[Picture]:
    """Run the jobs undisturbed; return what the site holds at first, and after each commit that matters."""
    watched = engine_of(house.engine.url)
    found = [picture(house.engine, house.server_key)]

    def look(label: str) -> None:
        if label == "after COMMIT" and (now := picture(house.engine, house.server_key)) != found[-1]:
            found.append(now)

    points.watch(watched, look)
    jobs.run(watched, house.server_key, now)
    return found


def recorded(house: House) -> dict[str, Counter]:
    """Return what acts at the counter recorded, without what is drawn by chance."""
    found = {}
    for table in RECORDED:
        names = [column.key for column in table.__table__.columns if column.key not in DRAWN]
        found[table.__tablename__] = Counter(
            repr([row._mapping[name] for name in names]) for row in rows(house, table)
        )
    return found
