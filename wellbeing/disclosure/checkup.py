"""The only reader of check-up replies: a quarter is released by the clock, in one transaction (R20)."""

from datetime import date
from itertools import product

import sqlalchemy as sa

from wellbeing import keys
from wellbeing.checkups import viewers
from wellbeing.disclosure import checkup_ledger
from wellbeing.disclosure.checkup_rules import Question, Tally, settle
from wellbeing.epochs import roster
from wellbeing.models.accounts import Unit
from wellbeing.models.checkup import Aspect, Quarter, QuarterKey, QuarterPlace, Reply
from wellbeing.models.epochs import Epoch, LedgerKind
from wellbeing.models.ledger import Tick
from wellbeing.models.pending import PendingCheckup
from wellbeing.models.settings import Settings
from wellbeing.pools import bottom_up

# So many names fit into one statement on either database.
BATCH = 500


def due(connection: sa.Connection) -> list[sa.Row]:
    """Return the quarters that a weekly tick has followed and that are not released, oldest first.

    ``day`` is that of the first such tick: a quarter that was missed is released with the day it was due.
    """
    ran = sa.and_(Tick.ledger == Epoch.ledger, Tick.number == Epoch.number)
    after = sa.and_(Epoch.ledger == LedgerKind.WEEKLY, Epoch.closes_at >= Quarter.closes_at)
    query = (
        sa.select(Quarter.id, Quarter.closes_at, sa.func.min(Tick.closed_on).label("day"))
        .join(Epoch, after)
        .join(Tick, ran)
        .where(Quarter.released_on.is_(None))
    )
    return list(connection.execute(query.group_by(Quarter.id, Quarter.closes_at).order_by(Quarter.id)).all())


def release(connection: sa.Connection, server_key: bytes, quarter_id: int, day: date) -> bool:
    """Release a quarter within the caller's transaction, as of its tick's day; False where it was before.

    Its own row comes first, and a second run ends there. Then viewers are left out as roles stand now, what
    remains is counted, blocks are written, and replies, places and the key are gone.
    """
    mine = sa.update(Quarter).where(Quarter.id == quarter_id, Quarter.released_on.is_(None))
    if connection.execute(mine.values(released_on=day)).rowcount != 1:
        return False
    # A reply that already holds this key finishes first; one that comes later finds none.
    of_quarter = QuarterKey.quarter_id == quarter_id
    wrapped = sa.select(QuarterKey.wrapped_key).where(of_quarter).with_for_update()
    key = keys.unwrapped(server_key, connection.execute(wrapped).scalar_one())
    _leave_out_viewers(connection, key, quarter_id)
    _write_blocks(connection, quarter_id, day)
    for table in (PendingCheckup, QuarterPlace, QuarterKey):
        connection.execute(sa.delete(table).where(table.quarter_id == quarter_id))
    return True


def _leave_out_viewers(connection: sa.Connection, key: bytes, quarter_id: int) -> None:
    """Delete what was said by whoever looks at figures by now: a word may go up to where they look (R1)."""
    mine = PendingCheckup.quarter_id == quarter_id
    items = connection.execute(sa.select(PendingCheckup.item).where(mine).distinct()).scalars().all()
    pairs = product(sorted(viewers(connection)), items)
    names = [keys.checkup_contributor(key, item, person) for person, item in pairs]
    for start in range(0, len(names), BATCH):
        theirs = PendingCheckup.contributor.in_(names[start : start + BATCH])
        connection.execute(sa.delete(PendingCheckup).where(mine, theirs))


def _write_blocks(connection: sa.Connection, quarter_id: int, day: date) -> None:
    site = connection.execute(sa.select(Settings.own_pool_from)).one()
    needed = connection.execute(sa.select(Quarter.people_needed).where(Quarter.id == quarter_id)).scalar_one()
    parents = dict(roster(connection, site.own_pool_from, day).parents)
    closed = set(connection.execute(sa.select(Unit.id).where(Unit.closed_on.is_not(None))).scalars())
    found = settle(_tallies(connection, quarter_id), bottom_up(parents), parents, needed, closed)
    checkup_ledger.append(connection, quarter_id, needed, found)


def _tallies(connection: sa.Connection, quarter_id: int) -> dict[int, dict[Question, Tally]]:
    """Return how many people of each pool answered each question, and how many of those said yes.

    The table holds an item of a person once, so its rows are people.
    """
    columns = {aspect: PendingCheckup.__table__.c[aspect.value] for aspect in Aspect}
    counts = [
        figure
        for column in columns.values()
        for figure in (sa.func.count(column), sa.func.count(sa.case((column == Reply.YES, 1))))
    ]
    query = sa.select(PendingCheckup.pool_id, PendingCheckup.item, *counts)
    waiting = query.where(PendingCheckup.quarter_id == quarter_id)
    tallies: dict[int, dict[Question, Tally]] = {}
    for pool, item, *found in connection.execute(
        waiting.group_by(PendingCheckup.pool_id, PendingCheckup.item)
    ):
        of_pool = tallies.setdefault(pool, {})
        for aspect, people, yes in zip(columns, found[::2], found[1::2], strict=True):
            if people:
                of_pool[Question(item, aspect.value)] = Tally(people, yes)
    return tallies
