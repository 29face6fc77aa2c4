"""Check-ups, for tests that need some: they open, people reply, and their ticks pass."""

from datetime import UTC, datetime

import sqlalchemy as sa

from tests.answers import House
from wellbeing import checkup_collect, checkups, jobs, withdraw
from wellbeing.models.checkup import Aspect, CheckupBlock, Quarter, Reply

# In the first quarter of the cast's site, after its tick, and after the next one's.
MARCH = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
IN_APRIL = datetime(2026, 4, 8, 9, 0, tzinfo=UTC)
IN_JULY = datetime(2026, 7, 8, 9, 0, tzinfo=UTC)
YES, PARTLY, NO = Reply.YES, Reply.PARTLY, Reply.NO
TRULY_FIRST = "headline"
CALLS = "calls-returned"


def opened(house: House, now: datetime = MARCH) -> bool:
    """Open what is due, as the jobs do."""
    with house.engine.begin() as connection:
        return checkups.open_due(connection, house.server_key, now)


def three(consistently: Reply, properly: Reply, effective: Reply) -> dict[Aspect, Reply]:
    """Return the replies to the three questions of an item."""
    return {Aspect.CONSISTENTLY: consistently, Aspect.PROPERLY: properly, Aspect.EFFECTIVE: effective}


def tell(house: House, name: str, word: Reply = YES, item: str = TRULY_FIRST, now: datetime = MARCH) -> bool:
    """Let somebody reply to an item that has one question."""
    return tell_all(house, name, {item: {Aspect.YES: word}}, now)


def tell_all(house: House, name: str, said: dict[str, dict[Aspect, Reply]], now: datetime = MARCH) -> bool:
    """Let somebody reply to some items."""
    person = house.cast.people[name]
    with house.engine.begin() as connection:
        return checkup_collect.reply(connection, house.server_key, person, said, now)


def take_back(house: House, name: str) -> None:
    """Let somebody take their replies back."""
    with house.engine.begin() as connection:
        withdraw.take_back_checkup(connection, house.server_key, house.cast.people[name])


def run_jobs(house: House, now: datetime = IN_APRIL) -> None:
    """Run everything that is due."""
    jobs.run(house.engine, house.server_key, now)


def quarters(house: House) -> list[sa.Row]:
    """Return every quarter, oldest first."""
    with house.engine.connect() as connection:
        return list(connection.execute(sa.select(Quarter.__table__).order_by(Quarter.opens_at)).all())


def words(house: House) -> dict[tuple[str, str, str], str]:
    """Return every released word by unit, item and question."""
    units = {unit: name for name, unit in house.cast.units.items()}
    with house.engine.connect() as connection:
        found = connection.execute(sa.select(CheckupBlock.__table__).order_by(CheckupBlock.position)).all()
    return {(units[row.unit_id], row.item, row.aspect.value): row.word.value for row in found}
