"""A diary is apart: no row of it leads to the row that the same act left among the answers.

Whoever copies the database has both: what waits for its tick, and what was sealed to its author. They try to
join them by keys, by values, by order, by size, by time and by number. Every way of joining is first tried on
a database that makes the mistake, so that it is known to work.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.answers import House, change, epoch_of, house_of, rows, say
from tests.attacks import joins
from tests.attacks.test_cases_apart import NAMED, RELEASED
from tests.attacks.test_side_channels import ANSWERS, DIARIES
from tests.attacks.worlds import Desk
from tests.cast import NOW, PASSWORD, TEAMS
from wellbeing import keys, shuffle, withdraw
from wellbeing.choices import BEHAVIOURS
from wellbeing.diary import keeping, opening
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryEntry
from wellbeing.models.pending import Dimension, Pending

OWNERS = TEAMS["Service counter"][1:9]
OWN = {*DIARIES, "phone"}
RAW = ANSWERS - DIARIES
CHIPS = {"behaviour": ["shouted", "rude"], "cause": "delay", "channel": "phone", "area": "service"}


def test_no_chain_of_foreign_keys_leads_from_a_diary_to_an_answer():
    assert db.metadata.tables.keys() >= OWN | RAW | RELEASED

    assert joins.chains(db.metadata, OWN, RAW | RELEASED) == []
    assert joins.chains(db.metadata, {"diary_entry"}, NAMED | OWN - {"diary_entry"}) == []


def test_a_key_from_an_entry_to_its_week_would_be_found():
    """The mistake: an entry knows the epoch in which it counts."""
    metadata = sa.MetaData()
    for table in db.metadata.sorted_tables:
        table.to_metadata(metadata)
    metadata.tables["diary_entry"].append_column(sa.Column("epoch_id", sa.ForeignKey("epoch.id")))

    assert ("diary_entry", "epoch", "pending") in joins.chains(metadata, OWN, RAW)


@dataclass(frozen=True)
class Day:
    """A day at the service counter, where everybody keeps a diary."""

    house: House
    desk: Desk

    def goes_by(self) -> None:
        """Let everybody have a rough interaction and say what it was about, one after the other."""
        for number, name in enumerate(OWNERS):
            with time_machine.travel(NOW + timedelta(minutes=5 * number), tick=False):
                self.desk.act(name, "rough", mood=1 + number % 3, severity="hard")
                self.desk.act(name, "rough_detail", **CHIPS)

    def authors(self) -> dict[bytes, str]:
        """Return whose each contributor and each owner is; it takes all keys, to see which are right."""
        key = keys.unwrapped(self.house.server_key, epoch_of(self.house, 1).wrapped_key)
        people = [(name, self.house.cast.people[name]) for name in OWNERS]
        return {keys.contributor(key, person): name for name, person in people} | {
            keys.diary_owner(self.house.server_key, person): name for name, person in people
        }


@pytest.fixture
def day(any_app: Flask, present: None) -> Iterator[Day]:
    """A day that is still to go by, on both databases."""
    with any_app.app_context():
        house = house_of(any_app)
        for name in OWNERS:
            opening.begin(db.session(), house.cast.people[name], PASSWORD)
        db.session.commit()
    yield Day(house, Desk(any_app.test_client(), house))


@pytest.fixture
def evening(day: Day) -> Day:
    """A day that has gone by, and after it the hourly job."""
    day.goes_by()
    assert shuffle.shuffle(day.house.engine) and shuffle.shuffle_diaries(day.house.engine)
    return day


def in_tables(house: House, names: set[str]) -> dict[str, list[sa.Row]]:
    with house.engine.connect() as connection:
        return {name: list(connection.execute(sa.select(db.metadata.tables[name])).all()) for name in names}


def shared_values(house: House) -> set[object]:
    """Return what stands both in a diary and in an answer; where somebody keeps their place is no answer."""
    raw = joins.values(in_tables(house, RAW - {"place"}))
    return raw & joins.values(in_tables(house, OWN))


def test_no_value_of_a_diary_stands_in_an_answer(evening: Day):
    assert len(rows(evening.house, DiaryEntry)) >= 2 * len(OWNERS)

    assert shared_values(evening.house) == set()


def test_an_id_that_both_have_would_be_seen(day: Day, monkeypatch: pytest.MonkeyPatch):
    """The mistake: one id for the act, wherever it is written."""
    monkeypatch.setattr(keeping, "_company", lambda: 0)
    monkeypatch.setattr(keys, "new_id", lambda: b"one id of an act")
    say(day.house, "Sol", mood=2)

    assert shared_values(day.house) == {b"one id of an act"}


# By order: the first author beside the first owner, the second beside the second...


def in_file_order(house: House) -> tuple[list[bytes], list[bytes]]:
    """Return contributors and owners as their rows stand in the files."""
    order = " ORDER BY ctid" if house.engine.dialect.name == "postgresql" else ""
    # SQLite would show the index of owners, did it not have to look at the rows themselves.
    owners = f"SELECT owner FROM diary_entry WHERE length(sealed) > 0{order}"
    return _columns(house, f"SELECT contributor FROM pending{order}", owners)


def in_order_of_transactions(house: House) -> tuple[list[bytes], list[bytes]]:
    """Return them by the transactions that wrote them, as far as the database remembers."""
    if house.engine.dialect.name == "sqlite":
        return in_file_order(house)
    by = "xmin::text::bigint, ctid"
    return _columns(
        house,
        f"SELECT contributor FROM pending ORDER BY {by}",
        f"SELECT owner FROM diary_entry ORDER BY {by}",
    )


def in_dump_order(house: House) -> tuple[list[bytes], list[bytes]]:
    """Return them as a dump writes them."""
    if house.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(str(house.engine.url.database))) as connection:
            lines = list(connection.iterdump())
        found = [[part for part in line.split("X'")[1:]] for line in lines if line.startswith("INSERT")]
        dumped = [bytes.fromhex(part.partition("'")[0]) for parts in found for part in parts]
        return dumped, dumped
    return _copied(house, "pending (contributor)"), _copied(house, "diary_entry (owner)")


def _columns(house: House, *queries: str) -> tuple[list[bytes], list[bytes]]:
    with house.engine.connect() as connection:
        one, other = (connection.exec_driver_sql(query).scalars().all() for query in queries)
    return [bytes(cell) for cell in one], [bytes(cell) for cell in other]


def _copied(house: House, what: str) -> list[bytes]:
    with house.engine.connect() as connection:
        cursor = connection.connection.cursor()
        with cursor.copy(f"COPY {what} TO STDOUT") as copied:
            lines = b"".join(bytes(part) for part in copied).decode().split()
    return [bytes.fromhex(line.removeprefix("\\\\x")) for line in lines]


Order = Callable[[House], tuple[list[bytes], list[bytes]]]
ORDERS = (in_file_order, in_order_of_transactions, in_dump_order)


def right(day: Day, order: Order) -> int:
    """Return how many authors somebody finds who lays one order beside the other."""
    authors = day.authors()
    contributors, owners = order(day.house)
    key = keys.unwrapped(day.house.server_key, epoch_of(day.house, 1).wrapped_key)
    pseudonyms = {keys.contributor(key, person) for person in day.house.cast.people.values()}
    mine = dict.fromkeys(authors[one] for one in contributors if one in authors and one in pseudonyms)
    theirs = dict.fromkeys(authors[one] for one in owners if one in authors and one not in pseudonyms)
    assert len(mine) == len(theirs) == len(OWNERS)
    return sum(one == other for one, other in zip(mine, theirs, strict=True))


@pytest.mark.parametrize("order", ORDERS)
def test_entries_do_not_stand_in_the_order_of_the_answers(day: Day, order: Order):
    hits = 0
    for _day in range(6):
        day.goes_by()
        assert shuffle.shuffle(day.house.engine) and shuffle.shuffle_diaries(day.house.engine)
        hits += right(day, order)
        change(day.house, sa.delete(Pending), sa.delete(DiaryEntry))

    # Chance finds one of the eight a day, with a standard error of .4 over six days.
    assert hits / 6 < 3.5


def test_before_the_hourly_job_postgresql_tells_the_order_and_the_job_takes_it_away(day: Day):
    """The mistake would be to leave the job out; SQLite keeps no order of arrival at any time."""
    day.goes_by()
    if day.house.engine.dialect.name == "sqlite":
        assert in_file_order(day.house)[1] == [row.owner for row in rows_by_id(day.house)]
        return
    assert [right(day, order) for order in ORDERS] == [len(OWNERS)] * 3
    assert joined_by_transaction(day) == len(OWNERS)

    assert shuffle.shuffle(day.house.engine) and shuffle.shuffle_diaries(day.house.engine)

    assert joined_by_transaction(day) == 0


def rows_by_id(house: House) -> list[sa.Row]:
    return sorted(rows(house, DiaryEntry), key=lambda row: bytes(row.id))


def joined_by_transaction(day: Day) -> int:
    """Return how many answers are found beside their author's entry because one transaction wrote both."""
    authors = day.authors()
    joined = "SELECT DISTINCT p.contributor, d.owner FROM pending p JOIN diary_entry d ON p.xmin = d.xmin"
    with day.house.engine.connect() as connection:
        pairs = connection.exec_driver_sql(joined).tuples().all()
    return sum(authors[bytes(one)] == authors[bytes(other)] for one, other in pairs)


# By size and by time.


def test_one_act_is_as_long_as_another_and_goes_in_the_same_month(day: Day):
    every_chip = tuple((Dimension.BEHAVIOUR, choice.key) for choice in BEHAVIOURS)
    acts: list[dict[str, object]] = [
        {"mood": 3},
        {"mood": 1, "rough": True, "details": ((Dimension.SEVERITY, "severe"),)},
        {"details": (*every_chip, (Dimension.CAUSE, "own_life"), (Dimension.CHANNEL, "in_person"))},
        {"break_minutes": 15, "break_kind": "breathing"},
        {"mood": 5, "back": True},
    ]
    for said in acts:
        say(day.house, "Sol", **said)

    found = rows(day.house, DiaryEntry)
    assert len(found) >= len(acts)
    assert {(len(row.sealed), row.expires) for row in found} == {(1024 + 48, date(2026, 8, 1))}


def test_an_act_that_is_not_filled_up_would_be_told_by_its_size(day: Day, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(keeping.sealing, "PADDED_TO", 1)
    say(day.house, "Sol", mood=3)
    say(day.house, "Sol", mood=1, rough=True)

    assert len({len(row.sealed) for row in rows(day.house, DiaryEntry)}) >= 2


def test_what_the_tablet_is_given_to_undo_an_act_is_as_long_with_a_diary_as_without(day: Day):
    said = {"mood": 1, "rough": True, "details": ((Dimension.SEVERITY, "severe"),)}
    recorded = [say(day.house, name, **said) for name in ("Sol", "Jun")]
    assert [len(one.diary) for one in recorded] == [1, 0]

    handles = [withdraw.handle(day.house.server_key, one, NOW) for one in recorded]

    assert len({len(handle or "") for handle in handles}) == 1


# By number: who has twenty entries more than last week wrote the answers of which there are twenty.

PEOPLE, WEEKS = 11, 1500


def acts_of_a_week(dice: Random) -> tuple[list[int], list[int]]:
    """Return how many acts each of a team does in a week, and how many of them are answers to be counted.

    People differ as they do in the demo, and one act in five only says more about another.
    """
    acts = [max(1, round(dice.gauss(mean, mean**0.5))) for mean in dice.choices((4, 7, 10, 13, 16), k=PEOPLE)]
    return acts, [sum(dice.random() < 0.8 for _act in range(done)) for done in acts]


def guessed_right(dice: Random, length: Callable[[int], int]) -> tuple[float, float]:
    """Return which share of authors is found by number: where everybody has a diary, and where one has.

    The longest diary is laid beside the contributor with the most answers, and so on; a diary alone beside
    the contributor whose number is nearest to what is usual for its length.
    """
    usual = sum(length(10) for _try in range(1000)) / 10_000
    all_right = alone_right = 0.0
    for _week in range(WEEKS):
        acts, answers = acts_of_a_week(dice)
        lengths = [length(done) for done in acts]
        order = [sorted(range(PEOPLE), key=lambda who: (of[who], dice.random())) for of in (lengths, answers)]
        all_right += sum(one == other for one, other in zip(*order, strict=True)) / PEOPLE
        apart = [abs(0.8 * lengths[0] / usual - told) for told in answers]
        nearest = [who for who in range(PEOPLE) if apart[who] == min(apart)]
        alone_right += (0 in nearest) / len(nearest)
    return all_right / WEEKS, alone_right / WEEKS


def test_the_number_of_entries_tells_little_of_whose_answers_are_whose(monkeypatch: pytest.MonkeyPatch):
    """Measured: in a team of eleven a guess by chance is right once in eleven, .09."""
    dice = Random(7)
    monkeypatch.setattr(keeping.secrets, "randbelow", dice.randrange)

    plain = guessed_right(dice, lambda acts: acts)
    few = guessed_right(dice, lambda acts: sum(1 + dice.randrange(3) for _act in range(acts)))
    kept = guessed_right(dice, lambda acts: sum(1 + keeping._company() for _act in range(acts)))

    # Everybody with a diary, and one person alone: with no empty ones, with up to two beside each entry, and
    # as it is.
    assert [round(share, 2) for share in (*plain, *few, *kept)] == [0.45, 0.41, 0.39, 0.33, 0.23, 0.2]
