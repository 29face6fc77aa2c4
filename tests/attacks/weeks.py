"""A site that lives through weeks in any order, beside a shadow that counts in the plainest way.

The shadow takes two things from the site: where an answer went when it arrived, and who may view what. All
else it works out for itself, and after every step both must hold the same.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)
from sqlalchemy.orm import Session

from tests.answers import House, after_tick, blocks, in_week, rows
from tests.attacks.clones import Clones
from tests.attacks.shadow_site import Ground, ShadowSite, Waiting
from tests.cast import TEAMS
from tests.faults.copies import engine_of
from tests.faults.picture import assert_whole, figures
from wellbeing import backup, collect, epochs, erasure, jobs, keys, moves, ratchet, restoring, ticks, withdraw
from wellbeing.answer import Answer
from wellbeing.collect import Recorded
from wellbeing.disclosure import release
from wellbeing.here import EpochOver
from wellbeing.keys import HandleRefused
from wellbeing.models.accounts import Level, Person, Unit
from wellbeing.models.detail_ledger import DetailBlock, DetailWord
from wellbeing.models.epochs import Epoch, LedgerKind, Place
from wellbeing.models.ledger import Block, NoisyBlock, Tick
from wellbeing.models.pending import Dimension, Pending
from wellbeing.pools import pool_map
from wellbeing.units import opening

STAFF = sorted(name for names in TEAMS.values() for name in names)
PAST = (Block, NoisyBlock, Tick, DetailBlock, DetailWord)
TALLY = {"ticks": 0, "blocks": 0, "answers": 0}

people = st.sampled_from(STAFF)
acts = st.one_of(
    st.builds(Answer, mood=st.integers(1, 5)),
    st.builds(Answer, mood=st.integers(1, 5), break_minutes=st.just(5)),
    st.builds(
        Answer, mood=st.integers(1, 3), rough=st.just(True), details=st.just(((Dimension.SEVERITY, "hard"),))
    ),
    st.builds(Answer, rough=st.just(True)),
    st.builds(Answer, break_minutes=st.just(2)),
)


class Weeks(RuleBasedStateMachine):
    """Weeks of a site."""

    def __init__(self, clones: Clones, empty: Callable[[Path], sa.URL] | None) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.house: House = self.stack.enter_context(clones())
        self.folder = Path(self.stack.enter_context(TemporaryDirectory()))
        self.empty = empty
        self.week = 1
        self.now = in_week(1)
        self.shadow = ShadowSite()
        self.staff = set(STAFF)
        self.last: tuple[Recorded, str] | None = None
        self.past: dict[str, list[tuple]] = {}
        self.restored = self.merged = 0

    def teardown(self) -> None:
        TALLY["blocks"] += len(self.shadow.blocks)
        TALLY["answers"] += len(self.shadow.block_of)
        self.stack.close()

    # What people do.

    @rule(name=people, answer=acts)
    def somebody_says_something(self, name: str, answer: Answer) -> None:
        if name not in self.staff:
            return
        recorded = self.record(name, answer)
        self.last = (recorded, name)

    @rule(
        counts=st.tuples(*[st.integers(0, 12)] * len(TEAMS)), moods=st.lists(st.integers(1, 5), min_size=12)
    )
    def an_everyday_week_ends_with_its_tick(self, counts: tuple[int, ...], moods: list[int]) -> None:
        for names, count in zip(TEAMS.values(), counts, strict=True):
            answering = [name for name in names if name in self.staff][:count]
            for name, mood in zip(answering, moods, strict=False):
                self.record(name, Answer(mood=mood, rough=mood == 1, break_minutes=5 * (mood == 2)))
        self.a_week_ends_and_its_tick_runs()

    def record(self, name: str, answer: Answer) -> Recorded:
        """Record an answer as the counter does: when the week is over, the next one opens first."""
        key, person = self.house.server_key, self.house.cast.people[name]
        try:
            with self.house.engine.begin() as connection:
                recorded = collect.record(connection, key, person, answer, self.now)
        except EpochOver:
            with self.house.engine.begin() as connection:
                epochs.open_due(connection, key, self.now)
            return self.record(name, answer)
        self._remember(name, answer, recorded)
        return recorded

    def _remember(self, name: str, answer: Answer, recorded: Recorded) -> None:
        with self.house.engine.connect() as connection:
            week = ticks.newest(connection, LedgerKind.WEEKLY)
            assert week is not None
            mine = sa.select(Place.pool_id).where(Place.epoch_id == week.id)
            place = connection.execute(mine.where(Place.person_id == self.house.cast.people[name])).scalar()
        assert place is not None or recorded == Recorded()
        for row in recorded.pending:
            said = (answer.mood, answer.rough, answer.break_taken)
            self.shadow.waiting[row] = Waiting(name, said, int(place or 0), week.number)

    @precondition(lambda self: self.last is not None)
    @rule()
    def they_undo_it(self) -> None:
        assert self.last is not None
        recorded, name = self.last
        handle = withdraw.handle(self.house.server_key, recorded, self.now)
        self.last = None
        if handle is None:
            return
        counted = any(row in self.shadow.block_of for row in recorded.pending)
        try:
            with self.house.engine.begin() as connection:
                withdraw.undo(connection, self.house.server_key, handle, self.now + timedelta(seconds=30))
        except HandleRefused:
            assert (
                counted or any(row not in self.shadow.waiting for row in recorded.pending) or recorded.detail
            )
            return
        assert not counted
        for row in recorded.pending:
            del self.shadow.waiting[row]

    @rule(name=people)
    def somebody_takes_back_what_has_not_been_released(self, name: str) -> None:
        if name in self.staff:
            with self.house.engine.begin() as connection:
                withdraw.take_back(connection, self.house.server_key, self.house.cast.people[name])
            self.shadow.forget(name)

    @precondition(lambda self: len(self.staff) > len(STAFF) - 3)
    @rule(name=people)
    def somebody_is_erased(self, name: str) -> None:
        if name in self.staff:
            with Session(self.house.engine) as session:
                person = session.get_one(Person, self.house.cast.people[name])
                erasure.erase(session, self.house.server_key, person)
            self.shadow.forget(name)
            self.staff.remove(name)

    # What admins do.

    @rule(name=people, choice=st.integers(0, 9))
    def somebody_is_to_move(self, name: str, choice: int) -> None:
        with Session(self.house.engine) as session:
            planned = opening(session)
            teams = [team for team in self._open_teams(session) if team.id not in planned]
            person = session.get(Person, self.house.cast.people[name])
            team = teams[choice % len(teams)]
            if person is not None and person.unit_id != team.id:
                moves.plan_move(session, person, team, self.now)

    @precondition(lambda self: self.merged < 2)
    @rule(choice=st.integers(0, 9))
    def two_teams_are_to_merge(self, choice: int) -> None:
        with Session(self.house.engine) as session:
            busy = moves._in_waiting_merges(session)
            teams = [team for team in self._open_teams(session) if team.id not in busy]
            if len(teams) > 1:
                self.merged += 1
                pair = [teams[choice % len(teams)], teams[(choice + 1) % len(teams)]]
                moves.plan_merge(session, pair, f"Merged {len(teams)} in week {self.week}-{choice}", self.now)

    def _open_teams(self, session: Session) -> list[Unit]:
        open_teams = sa.select(Unit).where(Unit.level == Level.TEAM, Unit.closed_on.is_(None))
        return list(session.scalars(open_teams.order_by(Unit.id)))

    @rule(people_needed=st.integers(5, 7), own_pool_from=st.integers(7, 9))
    def settings_are_to_change(self, people_needed: int, own_pool_from: int) -> None:
        with Session(self.house.engine) as session:
            wanted = ratchet.Values(people_needed, own_pool_from, 7)
            waiting = ratchet.announced(session)
            if wanted != ratchet.in_force(session) and (
                waiting is None or ratchet.values_of(waiting) != wanted
            ):
                ratchet.plan(session, wanted, self.now)

    # What the clock does.

    @rule()
    def a_week_ends_and_nobody_runs_its_tick(self) -> None:
        self.week += 1
        self.now = in_week(self.week)

    @rule()
    def a_week_ends_and_its_tick_runs(self) -> None:
        self.now = after_tick(self.week)
        self.week += 1
        self.run_jobs()

    @rule()
    def the_jobs_run(self) -> None:
        self.run_jobs()
        again = jobs.run(self.house.engine, self.house.server_key, self.now)
        assert again == jobs.Done(0, 0)

    def run_jobs(self) -> None:
        with self.house.engine.begin() as connection:
            epochs.open_due(connection, self.house.server_key, self.now)
        with self.house.engine.connect() as connection:
            due = [epoch for epoch in release.due(connection, self.now) if epoch.ledger is LedgerKind.WEEKLY]
            grounds = [self._ground(connection, epoch) for epoch in due]
        for epoch, ground in zip(due, grounds, strict=True):
            self.shadow.settle(epoch.number, ground, epoch.people_needed)
        jobs.run(self.house.engine, self.house.server_key, self.now)
        TALLY["ticks"] += len(due)

    def _ground(self, connection: sa.Connection, epoch: sa.Row) -> Ground:
        # In Madrid, all of March and on, a Monday's tick lies on the same day in UTC.
        people = epochs.roster(connection, epoch.own_pool_from, epoch.closes_at.date())
        names = {person: name for name, person in self.house.cast.people.items()}
        closed = connection.execute(sa.select(Unit.id).where(Unit.closed_on.is_not(None))).scalars().all()
        parents = dict(connection.execute(sa.select(Unit.id, Unit.parent_id)).tuples().all())
        viewers = pool_map(people).viewers
        return Ground(parents, closed, {unit: {names[p] for p in viewers.get(unit, ())} for unit in parents})

    @precondition(lambda self: self.empty is not None and self.restored < 2)
    @rule(with_pending=st.booleans())
    def the_site_moves_to_another_machine(self, with_pending: bool) -> None:
        self.restored += 1
        path = self.folder / f"backup-{self.restored}"
        backup.write(self.house.engine, path, with_pending)
        assert self.empty is not None
        self.house.engine.dispose()
        self.house = replace(self.house, engine=engine_of(self.empty(self.folder / f"{self.restored}.db")))
        restoring.restore(self.house.engine, self.house.server_key, path)
        if not with_pending:
            self.shadow.waiting.clear()
            self.shadow.held.clear()
            self.last = None

    # What must hold after each step.

    @invariant()
    def the_past_of_the_ledger_stays_as_it_was(self) -> None:
        for table in PAST:
            now = sorted(tuple(row) for row in rows(self.house, table))
            before = self.past.get(table.__tablename__, [])
            assert set(before) <= set(now), table.__tablename__
            self.past[table.__tablename__] = now

    @invariant()
    def every_block_holds_what_its_shadow_holds(self) -> None:
        found = blocks(self.house)
        assert [(block.number, block.unit_id, figures(block)) for block in found] == self.shadow.blocks
        assert all(block.people_needed >= 5 for block in found)

    @invariant()
    def what_waits_is_what_was_said_and_neither_released_nor_taken_back(self) -> None:
        keyed = {epoch.id: epoch for epoch in rows(self.house, Epoch)}
        names: dict[bytes, Waiting] = self.shadow.waiting
        waiting = rows(self.house, Pending)
        assert {row.id for row in waiting} == names.keys()
        for row in waiting:
            found, epoch = names[row.id], keyed[row.epoch_id]
            said = (row.mood, row.rough, row.break_taken)
            assert (row.pool_id, epoch.number, said) == (found.pool, found.epoch, found.said)
            key = keys.unwrapped(self.house.server_key, epoch.wrapped_key)
            assert row.contributor == keys.contributor(key, self.house.cast.people[found.author])

    @invariant()
    def nothing_raw_and_no_key_is_left_of_a_tick_that_ran(self) -> None:
        assert_whole(self.house.engine)
