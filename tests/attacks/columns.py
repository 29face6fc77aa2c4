"""Which published figures an answer changes: its column, found by turning it round in a copy of the site."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

from tests.answers import House, after_tick, change, in_week, say, tick
from tests.fixtures.disk import hurry
from wellbeing import moves
from wellbeing.models.accounts import Person, Unit
from wellbeing.models.ledger import Tick
from wellbeing.models.pending import Pending
from wellbeing.reports import board, exports
from wellbeing.reports.exports import Selection
from wellbeing.storage import prepare

QUESTIONS = ("mood", "rough", "breaks")
LAST_WEEK = 3
PAGES = ("Service counter", "Showroom")
SHOWROOM = ("Kai", "Lena", "Mona", "Nils", "Olga", "Pau")

# Who answers together: each line is one block in the end, and the last one waits. Sol answers twice in a
# week, some wait for two weeks, and Kai moves from the showroom to the service counter at the second tick.
TOGETHER: tuple[tuple[tuple[int, str], ...], ...] = (
    tuple((1, name) for name in "Noor Bea Carl Dana Emil Fay Gus Hana Ivo Jun Sol Sol".split()),
    tuple((1, name) for name in SHOWROOM),
    tuple((1, name) for name in ("Alba", "Max", "Uma", "Vic", "Wes", "Xenia")),
    tuple((2, name) for name in SHOWROOM),
    ((2, "Noor"), (2, "Bea"), (2, "Sol"), (3, "Carl"), (3, "Kai")),
    ((3, "Uma"), (3, "Vic")),
)

# What can be seen: when, where, of which unit, of which tick, about which question.
Place = tuple[str, str, str, str, str]
Seen = dict[Place, str]


@dataclass(frozen=True)
class Answer:
    """One check-in, and whether everything about it was bad or everything well."""

    number: int
    week: int
    name: str
    bad: bool

    @property
    def said(self) -> dict[str, object]:
        """What the counter records."""
        return {"mood": 1 if self.bad else 5, "rough": self.bad, "break_minutes": 5 * self.bad}

    @property
    def turned(self) -> dict[str, object]:
        """The opposite, as it stands in the pool."""
        return {"mood": 5 if self.bad else 1, "rough": not self.bad, "break_taken": not self.bad}


def story(more_bad: int) -> list[Answer]:
    """Return all answers; of those who answer together half are bad, rounded down, and that many more."""
    answers: list[Answer] = []
    for group in TOGETHER:
        for at, (week, name) in enumerate(group):
            answers.append(Answer(len(answers), week, name, bad=at < len(group) // 2 + more_bad))
    return answers


@dataclass
class Columns:
    """What each answer was seen to change, over several stories of the same people."""

    places: dict[int, set[Place]] = field(default_factory=lambda: defaultdict(set))

    def add(self, answer: Answer, before: Seen, after: Seen) -> None:
        """Note every place at which something else stands."""
        both = before.keys() | after.keys()
        self.places[answer.number] |= {place for place in both if before.get(place) != after.get(place)}

    def of(self, answer: Answer, question: str) -> frozenset[Place]:
        """Return the places at which an answer changes what is said about one question."""
        return frozenset(place for place in self.places[answer.number] if place[-1] == question)

    def classes(self, answers: Iterable[Answer], question: str) -> list[set[str]]:
        """Return who stands behind the answers of one column, for every column that changes anything."""
        alike: dict[frozenset[Place], set[str]] = defaultdict(set)
        for answer in answers:
            if column := self.of(answer, question):
                alike[column].add(answer.name)
        return list(alike.values())


def turn_each(house: House, answers: Sequence[Answer], folder: Path, columns: Columns) -> None:
    """Live through a story; in copies, turn each answer of a week round before its tick."""
    for week in range(1, LAST_WEEK + 1):
        rows = _say_all(house, answers, week)
        with _copy(house, folder) as same:
            before = _go_on(same, answers, week)
        for answer in answers:
            if answer.week == week:
                with _copy(house, folder) as other:
                    turned = sa.update(Pending).where(Pending.id == rows[answer.number])
                    change(other, turned.values(**answer.turned))
                    columns.add(answer, before, _go_on(other, answers, week))
        _end(house, week)


def _say_all(house: House, answers: Sequence[Answer], week: int) -> dict[int, bytes]:
    """Record a week's answers; return their rows' ids."""
    return {
        answer.number: say(house, answer.name, in_week(week), **answer.said).pending[0]
        for answer in answers
        if answer.week == week
    }


@contextmanager
def _copy(house: House, folder: Path) -> Iterator[House]:
    path = folder / "turned.db"
    copy = sqlite3.connect(path)
    with house.engine.connect() as connection:
        connection.connection.driver_connection.backup(copy)  # type: ignore[union-attr]
    copy.close()
    engine = sa.create_engine(f"sqlite:///{path}", hide_parameters=True)
    prepare(engine)
    event.listen(engine, "connect", hurry)
    yield House(engine, house.server_key, house.cast)
    engine.dispose()
    path.unlink()


def _go_on(house: House, answers: Sequence[Answer], week: int) -> Seen:
    """Go on from the end of a week to that of the last; return everything there was to see on the way."""
    seen = _look(house, f"in week {week}")
    _end(house, week)
    for later in range(week + 1, LAST_WEEK + 1):
        _say_all(house, answers, later)
        seen |= _look(house, f"in week {later}")
        _end(house, later)
    return seen | _look(house, f"after tick {LAST_WEEK}")


def _end(house: House, week: int) -> None:
    """Run a week's tick; Kai's move is planned before the second one."""
    if week == 2:
        with Session(house.engine) as session:
            kai = session.get_one(Person, house.cast.people["Kai"])
            counter = session.get_one(Unit, house.cast.units["Service counter"])
            moves.plan_move(session, kai, counter, in_week(week))
    tick(house, week)


def _look(house: House, moment: str) -> Seen:
    """Return what stands in HR's file and on the units' pages."""
    with Session(house.engine) as session:
        last = session.scalar(sa.select(sa.func.max(Tick.number))) or 0
        selection = Selection(tuple(house.cast.units.values()), 1, last)
        lines = [dict(zip(exports.COLUMNS, row, strict=True)) for row in exports.rows(session, selection)]
        now = after_tick(LAST_WEEK)
        pages = {name: board.board(session, house.cast.units[name], 9, now) for name in PAGES}
    seen: Seen = {}
    for line in lines:
        told = {"mood": line["mood"] + line["mood_word"], "rough": line["rough"], "breaks": line["breaks"]}
        told["people"] = line["people"]
        seen |= {(moment, "file", line["unit"], line["tick"], about): text for about, text in told.items()}
    for name, page in pages.items():
        for row in page.rows:
            told = {"mood": row.mood + row.likely, "rough": row.rough, "breaks": row.breaks}
            seen |= {(moment, "page", name, row.days, about): text for about, text in told.items()}
    return seen
