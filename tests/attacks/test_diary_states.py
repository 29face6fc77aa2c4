"""State machine of a diary: in whatever order its owner does things, it holds what they said and no more.

Beside it runs a list in plain words. After every step both must hold the same, what opens the diary must be
what its owner knows now and nothing that they knew before, and a colleague's diary must be as it was.
"""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)
from sqlalchemy.orm import Session

from tests.answers import House, in_week, rows
from tests.attacks.clones import Clones
from tests.attacks.lives import live
from tests.faults.copies import engine_of
from wellbeing import backup, collect, epochs, erasure, keys, restoring, withdraw
from wellbeing.answer import Answer
from wellbeing.collect import Recorded
from wellbeing.diary import door, keeping, opening, retention, sealing, wraps
from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.opening import Found
from wellbeing.diary.telling import told
from wellbeing.here import EpochOver
from wellbeing.models.accounts import Person
from wellbeing.models.diary import DiaryEntry, DiaryKey, DiaryOpened
from wellbeing.models.pending import Dimension

PASSWORDS = ("a walk round the block", "tea before opening time", "the long way home")
TALLY = {"entries": 0, "steps": 0}
answers = st.one_of(
    st.builds(Answer, mood=st.integers(1, 5)),
    st.builds(Answer, mood=st.integers(1, 5), back=st.just(True)),
    st.builds(Answer, break_minutes=st.sampled_from([2, 15]), break_kind=st.just("walk")),
    st.builds(
        Answer, mood=st.integers(1, 3), rough=st.just(True), details=st.just(((Dimension.SEVERITY, "hard"),))
    ),
)


@dataclass
class Kept:
    """One entry as its owner knows of it; without an id once it was sealed anew."""

    id: bytes | None
    entry: Entry
    days: int

    @property
    def month(self) -> date:
        """The month at whose end it goes."""
        return keeping.month_of_expiry(self.entry.entered_at, self.days)


class Diary(RuleBasedStateMachine):
    """Sol's diary, beside Noor's."""

    def __init__(self, clones: Clones, empty: Callable[[Path], sa.URL] | None) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.house: House = self.stack.enter_context(clones())
        self.folder = Path(self.stack.enter_context(TemporaryDirectory()))
        self.empty = empty
        self.now = in_week(1)
        self.sol, self.noor = (self.house.cast.people[name] for name in ("Sol", "Noor"))
        self.kept: list[Kept] = []
        self.days, self.paused, self.restored = (180, 30), False, 0
        self.password: str | None = PASSWORDS[0]
        self.old_passwords: set[str] = set()
        self.old_codes: set[str] = set()
        self.old_keys: list[bytes] = []
        self.last: Recorded | None = None
        with Session(self.house.engine) as session:
            self.begun: opening.Begun | None = opening.begin(session, self.sol, self.password)
            self.noors = opening.begin(session, self.noor, "quite another secret")
            session.commit()
        self.record(self.noor, Answer(mood=2))

    def teardown(self) -> None:
        self.stack.close()

    def record(self, person: int, answer: Answer) -> Recorded:
        """Record an answer as the counter does: when the week is over, the next one opens first."""
        try:
            with self.house.engine.begin() as connection:
                return collect.record(connection, self.house.server_key, person, answer, self.now)
        except EpochOver:
            with self.house.engine.begin() as connection:
                epochs.open_due(connection, self.house.server_key, self.now)
            return self.record(person, answer)

    # What is added, and taken out again.

    @rule(answer=answers)
    def she_says_something_at_the_counter(self, answer: Answer) -> None:
        self.last = self.record(self.sol, answer) if self.begun else None
        if self.last and not self.paused:
            (row,) = self.last.diary
            self.kept.append(Kept(row, told(answer, self.now, self.now, None), self.days[0]))

    @precondition(lambda self: self.last is not None)
    @rule()
    def she_undoes_it(self) -> None:
        assert self.last is not None
        handle = withdraw.handle(self.house.server_key, self.last, self.now)
        with self.house.engine.begin() as connection:
            withdraw.undo(connection, self.house.server_key, handle or "", self.now)
        self.kept = [one for one in self.kept if one.id is None or one.id not in self.last.diary]
        self.last = None

    @precondition(lambda self: self.begun is not None)
    @rule(text=st.text(max_size=3000))
    def she_writes_a_note(self, text: str) -> None:
        note = Entry(Kind.NOTE, self.now, self.now, text=text)
        with self.house.engine.begin() as connection:
            (row,) = keeping.keep(connection, self.house.server_key, self.sol, [note])
        self.kept.append(Kept(row, note, self.days[1]))

    @precondition(lambda self: self.kept)
    @rule(which=st.integers(0, 99))
    def she_takes_an_entry_away(self, which: int) -> None:
        gone = self.kept.pop(which % len(self.kept))
        alike = [found for found in self.found() if replace(found.entry, counted=None) == gone.entry]
        chosen = next((one.id for one in alike if one.id == gone.id), alike[0].id)
        with self.house.engine.begin() as connection:
            keeping.drop(connection, [chosen])

    @rule(days=st.integers(1, 70))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.last = None
        today = self.now.date()
        with self.house.engine.begin() as connection:
            keeping.forget_old(connection, today)
        self.kept = [one for one in self.kept if one.month >= today.replace(day=1)]

    # What its owner changes.

    @precondition(lambda self: self.begun is not None)
    @rule(paused=st.booleans())
    def she_pauses_it_or_goes_on(self, paused: bool) -> None:
        self.paused = paused
        self.change(paused=paused)

    @precondition(lambda self: self.begun is not None)
    @rule(days=st.sampled_from(retention.ENTRY_DAYS), note_days=st.sampled_from(retention.NOTE_DAYS))
    def she_keeps_it_for_other_days(self, days: int, note_days: int) -> None:
        assert self.begun is not None
        with self.house.engine.begin() as connection:
            key, private = self.house.server_key, self.begun.private
            retention.change_days(connection, key, self.sol, private, days, note_days)
        self.days = (days, note_days)
        for one in self.kept:
            one.id, one.days = None, note_days if one.entry.kind is Kind.NOTE else days

    @precondition(lambda self: self.begun is not None and self.password is not None)
    @rule(new=st.sampled_from(PASSWORDS))
    def she_changes_her_password(self, new: str) -> None:
        with Session(self.house.engine) as session:
            mine = session.get_one(DiaryKey, self.sol)
            mine.by_password = wraps.by_password(new, opening.with_password(mine, self.password or ""))
            session.commit()
        self.old_passwords = (self.old_passwords | {self.password or ""}) - {new}
        self.password = new

    @precondition(lambda self: self.begun is not None)
    @rule()
    def she_forgets_her_password_and_chooses_another_with_a_code_from_the_office(self) -> None:
        self.change(by_password=None)
        self.old_passwords |= {self.password} if self.password else set()
        self.password = None

    @precondition(lambda self: self.begun is not None)
    @rule(new=st.sampled_from(PASSWORDS))
    def she_opens_it_with_her_recovery_code(self, new: str) -> None:
        assert self.begun is not None
        with Session(self.house.engine) as session:
            mine = session.get_one(DiaryKey, self.sol)
            private = opening.with_recovery_code(mine, self.begun.recovery_code)
            mine.by_password = wraps.by_password(new, private)
            session.commit()
        self.old_passwords = (self.old_passwords | ({self.password} if self.password else set())) - {new}
        self.password = new

    @precondition(lambda self: self.begun is not None)
    @rule()
    def she_prints_a_new_recovery_code(self) -> None:
        assert self.begun is not None
        with Session(self.house.engine) as session:
            code = opening.new_recovery_code(session.get_one(DiaryKey, self.sol), self.begun.private)
            session.commit()
        self.old_codes.add(self.begun.recovery_code)
        self.begun = replace(self.begun, recovery_code=code)

    @precondition(lambda self: self.begun is not None)
    @rule(password=st.sampled_from(PASSWORDS))
    def she_begins_anew(self, password: str) -> None:
        assert self.begun is not None
        self.old_keys.append(self.begun.private)
        self.old_codes.add(self.begun.recovery_code)
        with Session(self.house.engine) as session:
            self.begun = door.begin_anew(session, self.house.server_key, self.sol, password)
            session.commit()
        self.old_passwords = set(PASSWORDS) - {password}
        self.password, self.kept, self.last = password, [], None
        self.days, self.paused = (180, 30), False

    def change(self, **values: object) -> None:
        with self.house.engine.begin() as connection:
            connection.execute(sa.update(DiaryKey).where(DiaryKey.person_id == self.sol).values(**values))

    # What happens around it.

    @precondition(lambda self: self.empty is not None and self.restored < 2)
    @rule(with_pending=st.booleans())
    def the_site_moves_to_another_machine_with_its_keys(self, with_pending: bool) -> None:
        assert self.empty is not None
        self.restored += 1
        path = self.folder / f"backup-{self.restored}"
        backup.write(self.house.engine, path, with_pending)
        self.house.engine.dispose()
        self.house = replace(self.house, engine=engine_of(self.empty(self.folder / f"{self.restored}.db")))
        restoring.restore(self.house.engine, self.house.server_key, path)
        self.last = None

    @precondition(lambda self: self.begun is not None and len(self.kept) > 3)
    @rule()
    def she_leaves(self) -> None:
        with Session(self.house.engine) as session:
            erasure.erase(session, self.house.server_key, session.get_one(Person, self.sol))
        self.begun, self.last, self.kept = None, None, []

    # What must hold after each step.

    def found(self) -> list[Found]:
        assert self.begun is not None
        with self.house.engine.connect() as connection:
            return opening.read(connection, self.house.server_key, self.sol, self.begun.private)

    @invariant()
    def it_holds_what_she_said_and_each_until_its_month_is_over(self) -> None:
        TALLY["steps"] += 1
        if self.begun is None:
            return
        expires = {row.id: row.expires for row in rows(self.house, DiaryEntry)}
        found = [(replace(one.entry, counted=None), expires[one.id]) for one in self.found()]
        assert sorted(found, key=repr) == sorted(((one.entry, one.month) for one in self.kept), key=repr)
        TALLY["entries"] = max(TALLY["entries"], len(found))

    @invariant()
    def it_opens_with_what_she_knows_now_and_with_nothing_else(self) -> None:
        if self.begun is None:
            return
        with Session(self.house.engine) as session:
            mine = session.get_one(DiaryKey, self.sol)
            assert opening.with_recovery_code(mine, self.begun.recovery_code) == self.begun.private
            if self.password:
                assert opening.with_password(mine, self.password) == self.begun.private
            for wrong in self.old_passwords:
                with pytest.raises(wraps.WrongSecret):
                    opening.with_password(mine, wrong)
            for old in self.old_codes:
                with pytest.raises(wraps.WrongSecret):
                    opening.with_recovery_code(mine, old)

    @invariant()
    def nothing_is_left_of_a_diary_that_is_no_more(self) -> None:
        owner = keys.diary_owner(self.house.server_key, self.sol)
        hers = [row for row in rows(self.house, DiaryEntry) if row.owner == owner]
        assert self.begun is not None or hers == []
        assert {row.person_id for row in rows(self.house, DiaryKey)} == {
            person for person, has_one in ((self.sol, self.begun), (self.noor, True)) if has_one
        }
        assert rows(self.house, DiaryOpened) == []
        for old in self.old_keys:
            for row in hers[:3]:
                with pytest.raises(sealing.CannotOpen):
                    sealing.Reader(old).opened(row.sealed)

    @invariant()
    def a_colleagues_diary_is_as_it_was(self) -> None:
        with self.house.engine.connect() as connection:
            found = opening.read(connection, self.house.server_key, self.noor, self.noors.private)
        still_kept = self.now.date() < datetime(2026, 9, 1).date()
        assert [one.entry.mood for one in found] == ([2] if still_kept else [])


def lives(clones: Clones, examples: int, empty: Callable[[Path], sa.URL] | None = None) -> None:
    """Let so many diaries be kept for a while, the same ones in every run."""
    live(partial(Diary, clones, empty), examples)


@pytest.mark.timeout(900)
def test_whatever_its_owner_does_a_diary_holds_what_they_said_and_opens_for_them_alone(
    clones: Clones, empty_database: Path
):
    def empty(file: Path) -> sa.URL:
        shutil.copy(empty_database, file)
        return sa.make_url(f"sqlite:///{file}")

    TALLY.update(dict.fromkeys(TALLY, 0))
    lives(clones, 20, empty)

    assert TALLY["steps"] >= 400 and TALLY["entries"] >= 5, TALLY


@pytest.mark.timeout(900)
def test_whatever_its_owner_does_on_postgresql_too(postgres_clones: Clones):
    lives(postgres_clones, 4)
