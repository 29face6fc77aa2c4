"""A network that loses, doubles, cuts and turns round what a tablet sends: everything is recorded once."""

import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.answers import RAW, change, epoch_of, rows
from tests.cast import NOW, pin_of
from tests.web.test_sealed import Kept, any_tablet, offline  # noqa: F401
from wellbeing import jobs, keys
from wellbeing.counter.sealed import MOST_ENTRIES
from wellbeing.models.accounts import PinFailure
from wellbeing.models.pending import Pending, Receipt
from wellbeing.models.tablet_keys import TabletKey
from wellbeing.tablet_keys import HANDED_OUT_FOR
from wellbeing.web import acting

NAMES = ("Sol", "Noor", "Kai")
A_WHILE = timedelta(minutes=16)
Said = Counter[tuple[str, int]]


class Deliveries(RuleBasedStateMachine):
    """One tablet with a queue, and a network that cannot be relied upon."""

    def __init__(self, tablet: Kept) -> None:
        super().__init__()
        tables = (*RAW, Receipt, PinFailure, TabletKey)
        change(tablet.desk.house, *(sa.delete(table) for table in tables))
        self.tablet = offline(tablet.desk)
        self.house = tablet.desk.house
        self.now = NOW
        self.copies: list[dict[str, str]] = []
        self.said: Said = Counter()
        self.unmatched = self.wrong = 0

    @rule(name=st.sampled_from(NAMES), mood=st.integers(1, 5), tried=st.booleans())
    def keep(self, name: str, mood: int, tried: bool) -> None:
        """Somebody checks in; it may have reached the server already, whose answer was lost."""
        act = {"id": str(uuid.uuid4()), "act": "check_in", "mood": mood}
        act |= {"person": self.house.cast.people[name], "pin": pin_of(name)}
        if tried:
            with time_machine.travel(self.now, tick=False):
                self.tablet.desk.act(**act)  # type: ignore[arg-type]
        self.tablet.put(act, self.now)
        self.said[(name, mood)] += 1

    @rule(name=st.sampled_from(NAMES))
    def keep_a_wrong_one(self, name: str) -> None:
        """Somebody types a wrong PIN, which the tablet cannot know."""
        self.tablet.keep(name, "check_in", self.now, mood=1, pin="0000")
        self.wrong += 1

    @precondition(lambda self: self.tablet.waiting)
    @rule(most=st.integers(1, 4), turned=st.booleans(), arrives=st.booleans(), answered=st.booleans())
    def send(self, most: int, turned: bool, arrives: bool, answered: bool) -> None:
        """Send some entries, in their order or the other way round; any part of it may get lost."""
        batch = self.tablet.waiting[:most]
        batch = batch[::-1] if turned else batch
        results = self._post(batch) if arrives else []
        if answered:
            self._let_go(batch, results)

    @precondition(lambda self: self.tablet.waiting)
    @rule(most=st.integers(1, 4), cut=st.integers(0, 3))
    def send_to_a_server_that_dies(self, most: int, cut: int) -> None:
        """The server dies after some of the entries; the tablet hears nothing."""
        with dying_after(cut):
            self._post(self.tablet.waiting[:most])

    @precondition(lambda self: self.copies)
    @rule(data=st.data())
    def send_an_old_copy(self, data: st.DataObject) -> None:
        """Something that was sent before comes once more, long after its answer."""
        self._post([data.draw(st.sampled_from(self.copies))])

    @rule()
    def a_quarter_of_an_hour_passes(self) -> None:
        """Wrong tries are forgotten, and the jobs run."""
        self.now += A_WHILE
        jobs.run(self.house.engine, self.house.server_key, self.now)

    @rule()
    def the_key_is_renewed(self) -> None:
        """The tablet has seen the network, and is handed a new key; its queue is still sealed to the old."""
        aged = {"made_at": NOW - HANDED_OUT_FOR}
        change(self.house, sa.update(TabletKey).values(aged))
        with time_machine.travel(self.now, tick=False):
            self.tablet.seal = self.tablet.desk.state().json["seal"]

    def _post(self, batch: list[dict[str, str]]) -> list[str]:
        self.copies += batch
        self.tablet.clock = self.now
        with time_machine.travel(self.now, tick=False):
            answer = self.tablet.post({"now": int(self.now.timestamp() * 1000), "entries": batch})
        return answer.json.get("results", [])

    def _let_go(self, batch: list[dict[str, str]], results: list[str]) -> None:
        for sent, result in zip(batch, results, strict=bool(results)):
            assert result in ("saved", "unmatched", "later")
            if result != "later":
                self.tablet.waiting.remove(sent)
            self.unmatched += result == "unmatched"

    def recorded(self) -> Said:
        """Return what was recorded, by author."""
        key = keys.unwrapped(self.house.server_key, epoch_of(self.house, 1).wrapped_key)
        names = {keys.contributor(key, self.house.cast.people[name]): name for name in NAMES}
        return Counter((names[row.contributor], row.mood) for row in rows(self.house, Pending))

    @invariant()
    def nothing_is_recorded_twice(self) -> None:
        """What was recorded was said, and as often."""
        assert self.recorded() <= self.said

    @invariant()
    def no_wrong_pin_counts_twice(self) -> None:
        """However often an entry comes, it is one try."""
        assert len(rows(self.house, PinFailure)) <= self.wrong

    def teardown(self) -> None:
        """The network is back: the queue empties, and everything was recorded once."""
        for _try in range(self.wrong + 2):
            while batch := self.tablet.waiting[:MOST_ENTRIES]:
                left = len(self.tablet.waiting)
                self._let_go(batch, self._post(batch))
                if len(self.tablet.waiting) == left:
                    break
            self.now += A_WHILE
        assert self.tablet.waiting == []
        assert self.recorded() == self.said
        assert self.unmatched == self.wrong


@contextmanager
def dying_after(entries: int) -> Iterator[None]:
    """Let the server end, for whoever waits for it, after some entries of a delivery."""
    done = 0
    works = acting.deliver

    def deliver(*given: object) -> object:
        nonlocal done
        if done == entries:
            raise ConnectionError
        done += 1
        return works(*given)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(acting, "deliver", deliver)
        yield


@pytest.mark.timeout(600)
def test_whatever_the_network_does_each_entry_is_recorded_once(any_tablet: Kept):  # noqa: F811
    sqlite = any_tablet.desk.house.engine.dialect.name == "sqlite"
    few = settings(
        max_examples=40 if sqlite else 8,
        stateful_step_count=20,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    run_state_machine_as_test(lambda: Deliveries(any_tablet), settings=few)
