"""Check-ups in any order: replies, other replies, taking back, erasures, roles and ticks, beside a shadow."""

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from functools import partial

import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from tests.answers import House, change, rows
from tests.attacks.clones import Clones
from tests.cast import TEAMS
from tests.quarters import MARCH, opened, quarters, run_jobs, take_back, tell_all
from wellbeing import erasure, keys
from wellbeing.disclosure import checkup_ledger
from wellbeing.models.accounts import Person, RoleGrant
from wellbeing.models.checkup import Aspect, CheckupBlock, QuarterKey, QuarterPlace, Reply
from wellbeing.models.pending import PendingCheckup
from wellbeing.permissions import Role

PEOPLE = [name for names in TEAMS.values() for name in names[1:]]
ITEMS = ("headline", "small-call")
FEWEST = 5
TALLY = {"released": 0, "blocks": 0, "climbed": 0}

Vote = tuple[str, str, Aspect]
replies = st.dictionaries(st.sampled_from(list(Aspect)[1:]), st.sampled_from(Reply), min_size=1)


class CheckUps(RuleBasedStateMachine):
    """A site through its check-ups; the shadow holds who said what, and counts in the plainest way."""

    def __init__(self, clones: Callable[[], Clones]) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.house: House = self.stack.enter_context(clones())
        self.now = MARCH
        self.said: dict[tuple[str, str], dict[Aspect, Reply]] = {}
        self.gone: set[str] = set()
        self.viewers: set[str] = set()
        self.past: list[tuple] = []
        self.expected: list[tuple] = []
        opened(self.house, self.now)

    def teardown(self) -> None:
        self.stack.close()

    @rule(names=st.sets(st.sampled_from(PEOPLE), min_size=1), item=st.sampled_from(ITEMS), said=replies)
    def some_say_the_same(self, names: set[str], item: str, said: dict[Aspect, Reply]) -> None:
        for name in sorted(names - self.gone):
            placed = name in self._places()
            assert tell_all(self.house, name, {item: said}, self.now) == placed
            if placed:
                self.said[name, item] = said

    @rule(name=st.sampled_from(PEOPLE))
    def somebody_takes_back(self, name: str) -> None:
        if name not in self.gone:
            take_back(self.house, name)
            self._forget(name)

    def _forget(self, name: str) -> None:
        self.said = {key: said for key, said in self.said.items() if key[0] != name}

    @precondition(lambda self: len(self.gone) < 4)
    @rule(name=st.sampled_from(PEOPLE))
    def somebody_is_erased(self, name: str) -> None:
        if name in self.gone:
            return
        with Session(self.house.engine) as session:
            person = session.get_one(Person, self.house.cast.people[name])
            erasure.erase(session, self.house.server_key, person)
        self.gone.add(name)
        self._forget(name)

    @precondition(lambda self: len(self.viewers) < 3)
    @rule(name=st.sampled_from(PEOPLE))
    def somebody_becomes_a_manager(self, name: str) -> None:
        if name not in self.gone | self.viewers:
            grant = {"person_id": self.house.cast.people[name], "unit_id": 5, "role": Role.MANAGER}
            change(self.house, sa.insert(RoleGrant).values(**grant))
            self.viewers.add(name)

    @rule()
    def the_jobs_run_and_nothing_is_due(self) -> None:
        run_jobs(self.house, self.now)

    @rule(
        counts=st.tuples(*[st.integers(0, 11)] * len(TEAMS)),
        item=st.sampled_from(ITEMS),
        said=st.lists(replies, min_size=4, max_size=4),
    )
    def the_quarter_ends_after_some_of_each_team_replied(
        self, counts: tuple[int, ...], item: str, said: list[dict[Aspect, Reply]]
    ) -> None:
        for names, count in zip(TEAMS.values(), counts, strict=True):
            for number, name in enumerate(names[1 : count + 1]):
                self.some_say_the_same({name}, item, said[number % len(said)])
        [quarter] = [found for found in quarters(self.house) if found.released_on is None]
        self.expected += sorted(
            (quarter.id, unit, item, aspect, word) for (unit, item, aspect), word in self._shadow().items()
        )
        TALLY["released"] += 1
        self.said = {}
        self.now = quarter.closes_at + timedelta(days=8)
        run_jobs(self.house, self.now)
        run_jobs(self.house, self.now)

    def _places(self) -> dict[str, int]:
        """Return the pool of everybody who has a place in the quarter that is open."""
        names = {person: name for name, person in self.house.cast.people.items()}
        return {names[row.person_id]: row.pool_id for row in rows(self.house, QuarterPlace)}

    def _shadow(self) -> dict[tuple[int, str, Aspect], str]:
        """Return the words that are to come: each vote goes up until five stand together."""
        places, found = self._places(), {}
        for item in ITEMS:
            for aspect in Aspect:
                votes = [
                    (places[name], said[aspect])
                    for (name, of), said in self.said.items()
                    if of == item and aspect in said and name not in self.viewers
                ]
                for unit in (5, 4, 3, 2, 1):
                    here = [reply for pool, reply in votes if pool == unit]
                    if len(here) >= FEWEST:
                        yes = here.count(Reply.YES)
                        found[unit, item, aspect] = (
                            "few" if yes <= 2 else "most" if yes >= len(here) - 2 else "some"
                        )
                        TALLY["blocks"] += 1
                        votes = [vote for vote in votes if vote[0] != unit]
                    above = 2 if unit > 2 else 1
                    TALLY["climbed"] += unit > 1 and 0 < len(here) < FEWEST
                    votes = [(above if pool == unit else pool, reply) for pool, reply in votes]
        return found

    @invariant()
    def the_ledger_holds_what_the_shadow_holds_and_its_past_stays(self) -> None:
        now = [tuple(row) for row in rows(self.house, CheckupBlock)]
        assert now[: len(self.past)] == self.past
        self.past = now
        found = [tuple(row)[1:6] for row in sorted(rows(self.house, CheckupBlock))]
        assert sorted(found) == sorted(self.expected)
        with self.house.engine.connect() as connection:
            assert checkup_ledger.first_broken(connection) is None

    @invariant()
    def what_waits_is_what_was_said_under_its_authors_names(self) -> None:
        [key] = rows(self.house, QuarterKey)
        secret = keys.unwrapped(self.house.server_key, key.wrapped_key)
        waiting = {
            row.contributor: {aspect: getattr(row, aspect) for aspect in Aspect if getattr(row, aspect)}
            for row in rows(self.house, PendingCheckup)
        }
        assert waiting == {
            keys.checkup_contributor(secret, item, self.house.cast.people[name]): said
            for (name, item), said in self.said.items()
        }

    @invariant()
    def nothing_raw_is_left_of_what_was_released(self) -> None:
        done = {quarter.id for quarter in quarters(self.house) if quarter.released_on}
        for table in (PendingCheckup, QuarterKey, QuarterPlace):
            assert not done & {row.quarter_id for row in rows(self.house, table)}


def through_check_ups(clones: Callable[[], Clones], examples: int) -> None:
    run_state_machine_as_test(
        partial(CheckUps, clones),
        settings=settings(
            max_examples=examples,
            stateful_step_count=14,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_check_ups_in_any_order_count_each_reply_once(clones: Clones):
    TALLY.update(dict.fromkeys(TALLY, 0))
    through_check_ups(clones, 20)

    assert TALLY["released"] >= 12 and TALLY["blocks"] >= 30 and TALLY["climbed"] >= 5, TALLY


def test_check_ups_in_any_order_count_each_reply_once_on_postgresql(postgres_clones: Clones):
    through_check_ups(postgres_clones, 2)
