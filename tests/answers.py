"""Answers and ticks, for tests that need a past: people answer, weeks pass, and nobody looks at a clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from flask import Flask

from tests.cast import NOW, Cast, assemble
from wellbeing import collect, epochs, jobs
from wellbeing.answer import Answer
from wellbeing.collect import Recorded
from wellbeing.models.base import db
from wellbeing.models.epochs import Epoch, LedgerKind
from wellbeing.models.ledger import Block, Tick
from wellbeing.models.pending import Pending, PendingDetail, PendingSpillover, ShiftState

FIRST_TICK = datetime(2026, 3, 9, 3, 0, tzinfo=UTC)
RAW = (Pending, PendingDetail, PendingSpillover, ShiftState)


@dataclass(frozen=True)
class House:
    """A site at work: its database, the key that its epochs are wrapped with, and its cast."""

    engine: sa.Engine
    server_key: bytes
    cast: Cast


def house_of(app: Flask, cast: Cast | None = None) -> House:
    """Return an app's house with its first epochs open; made within an app context."""
    secrets = app.extensions["config"].secrets
    house = House(db.engine, secrets.server_key, cast or assemble(secrets.pin_pepper))
    with house.engine.begin() as connection:
        epochs.open_due(connection, house.server_key, NOW)
    db.session.rollback()
    return house


def in_week(number: int) -> datetime:
    """Return the Wednesday of a week, counted from 1, at half past eleven."""
    return NOW + timedelta(weeks=number - 1)


def after_tick(number: int) -> datetime:
    """Return a moment some hours after a weekly tick, counted from 1."""
    return FIRST_TICK + timedelta(weeks=number - 1, hours=6)


def say(house: House, name: str, now: datetime = NOW, **said: object) -> Recorded:
    """Record what somebody says at the counter; a check-in with mood 3 if nothing else is said."""
    answer = Answer(**(said or {"mood": 3}))  # type: ignore[arg-type]
    with house.engine.begin() as connection:
        return collect.record(connection, house.server_key, house.cast.people[name], answer, now)


def tick(house: House, number: int) -> jobs.Done:
    """Run everything that is due some hours after a weekly tick."""
    return jobs.run(house.engine, house.server_key, after_tick(number))


def rows(house: House, table: type[db.Model]) -> list[sa.Row]:
    """Return every row of a table."""
    with house.engine.connect() as connection:
        return list(connection.execute(sa.select(table.__table__)).all())


def column(house: House, statement: sa.Select) -> list:
    """Return the first column of what a statement finds."""
    with house.engine.connect() as connection:
        return list(connection.execute(statement).scalars().all())


def blocks(house: House) -> list[sa.Row]:
    """Return every block with its tick's number, oldest first."""
    query = sa.select(Block.__table__, Tick.number).join(Tick, Tick.id == Block.tick_id)
    with house.engine.connect() as connection:
        return list(connection.execute(query.order_by(Block.position)).all())


def everything(house: House) -> dict[str, list[tuple]]:
    """Return every row of every table, to be compared."""
    with house.engine.connect() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in db.metadata.sorted_tables
        }


def epoch_of(house: House, number: int, ledger: LedgerKind = LedgerKind.WEEKLY) -> sa.Row:
    """Return an epoch by its number."""
    query = sa.select(Epoch.__table__).where(Epoch.number == number, Epoch.ledger == ledger)
    with house.engine.connect() as connection:
        return connection.execute(query).one()


def change(house: House, *statements: sa.Executable) -> None:
    """Execute statements in one transaction."""
    with house.engine.begin() as connection:
        for statement in statements:
            connection.execute(statement)


Maker = Callable[[], House]
