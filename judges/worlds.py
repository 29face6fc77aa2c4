"""Plays a site through the real collect-and-release path, and keeps the truth beside what was published."""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from judges.records import Record, Voice
from judges.sources import Source
from judges.truth import Place, Said, destinations, explained
from wellbeing import create_app, epochs, jobs, keys, people, schema
from wellbeing.config import Config, Mode, Secrets
from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import db
from wellbeing.models.epochs import Epoch, LedgerKind
from wellbeing.models.ledger import Block, Tick
from wellbeing.models.pending import Pending
from wellbeing.replay import running
from wellbeing.reports import reading

DAYS_BETWEEN_WORDS = 40


@dataclass
class _Play:
    """A site while it is played: what its keeper, who holds the server key, can see."""

    engine: sa.Engine
    server_key: bytes
    parents: Mapping[int, int | None]
    # Which days of the week somebody was seen at the tablet, one for each entry, by person and tick.
    seen: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))


def play(source: Source, folder: Path, say: Callable[[str], None] = print) -> list[Record]:
    """Return a site's released records, each with its people; the site lives in ``folder``.

    Raises Unexplained where a block does not follow from the answers of the people found to be behind it.
    """
    config = Config(
        mode=Mode.TEST,
        instance=folder,
        database_url=f"sqlite:///{folder / 'site.db'}",
        reporting_database_url=None,
        secrets=Secrets(*(secrets.token_bytes(32) for _key in range(3))),
    )
    app = create_app(config)
    try:
        with app.app_context():
            plan = _opened(source)
            found = _played(config, source, plan, say)
            db.engine.dispose()
    finally:
        reading.close(app)
    return found


def _opened(source: Source) -> running.Plan:
    schema.upgrade()
    began = source.entries[0].at
    people.create_site(db.session(), source.site, began)
    people.add_people(db.session(), source.people, began)
    people.confirm_import(db.session(), began)
    plan = running.prepare(db.session(), source.entries)
    db.session.rollback()
    return plan


def _played(config: Config, source: Source, plan: running.Plan, say: Callable[[str], None]) -> list[Record]:
    with db.engine.connect() as connection:
        parents = dict(connection.execute(sa.select(Unit.id, Unit.parent_id)).tuples().all())
    site = _Play(db.engine, config.secrets.server_key, parents)
    found: list[Record] = []
    for number, day in enumerate(plan.days, start=1):
        found += _ticks(site, day[0].at)
        running.play_day(site.engine, config, plan, day)
        week = _number(site)
        for entry in day:
            site.seen[plan.people[entry.team, entry.person], week].append(entry.at.weekday())
        if number % DAYS_BETWEEN_WORDS == 0:
            say(f"  {source.name}: {number} of {len(plan.days)} days, {len(found)} blocks")
    return found


def _ticks(site: _Play, now: datetime) -> Iterator[Record]:
    """Run the ticks that are due, one at a time, and yield each one's records."""
    while (epoch := _newest(site)) is not None and epoch.closes_at <= now:
        before = _waiting(site, epoch.number)
        jobs.run(site.engine, site.server_key, epoch.closes_at)
        blocks = _blocks(site, epoch.number)
        behind = destinations(before, blocks, _waiting(site, epoch.number + 1), site.parents)
        for unit, block in blocks.items():
            yield _with_what_was_seen(site, explained(_record(block, epoch.number), behind[unit]))


def _newest(site: _Play) -> sa.Row | None:
    with site.engine.connect() as connection:
        return epochs.newest(connection, LedgerKind.WEEKLY)


def _number(site: _Play) -> int:
    newest = _newest(site)
    return newest.number if newest is not None else 0


def _waiting(site: _Play, number: int) -> dict[Place, list[Said]]:
    """Return what waits in an epoch, by person and pool: only who holds the server key can tell."""
    weekly = sa.select(Epoch.id, Epoch.wrapped_key).where(
        Epoch.ledger == LedgerKind.WEEKLY, Epoch.number == number
    )
    found: dict[Place, list[Said]] = defaultdict(list)
    with site.engine.connect() as connection:
        epoch = connection.execute(weekly).one()
        key = keys.unwrapped(site.server_key, epoch.wrapped_key)
        names = {keys.contributor(key, person): person for person in connection.scalars(sa.select(Person.id))}
        for row in connection.execute(sa.select(Pending.__table__).where(Pending.epoch_id == epoch.id)):
            found[names[row.contributor], row.pool_id].append((row.mood, row.rough, row.break_taken))
    return found


def _blocks(site: _Play, number: int) -> dict[int, sa.Row]:
    query = sa.select(Block.__table__).join(Tick, Tick.id == Block.tick_id)
    with site.engine.connect() as connection:
        rows = connection.execute(query.where(Tick.ledger == LedgerKind.WEEKLY, Tick.number == number))
        return {row.unit_id: row for row in rows}


def _record(block: sa.Row, tick: int) -> Record:
    return Record(
        unit=block.unit_id,
        tick=tick,
        people_floor=block.people_floor,
        mood_tenths=None if block.mood is None else int(block.mood * 10),
        mood_word=block.mood_word and str(block.mood_word),
        rough=block.rough_count if block.rough_word is None else str(block.rough_word),
        breaks=block.break_count if block.break_word is None else str(block.break_word),
        voices=(),
    )


def _with_what_was_seen(site: _Play, record: Record) -> Record:
    def seen(voice: Voice) -> Voice:
        days = site.seen[voice.person, record.tick]
        return replace(voice, days="".join(map(str, sorted(set(days)))), check_ins=len(days))

    return replace(record, voices=tuple(map(seen, record.voices)))
