"""Cases are apart: named rows with their times, beside answers without either, and no way between them.

Whoever has the database has both: that Noor opened a case at 11:33, and that somebody was rough to somebody.
Every attack here is first let loose on a database that makes the mistake, so that it is known to see it.
"""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from tests.answers import House, epoch_of, house_of, rows
from tests.attacks import joins, mistakes
from tests.attacks.statements import watched
from tests.attacks.test_side_channels import ANSWERS, named
from tests.cast import NOW, PASSWORD, TEAMS, pin_of
from wellbeing import jobs, keys, lists, prepared, shuffle
from wellbeing.cases import writing
from wellbeing.models.base import Moment, db
from wellbeing.models.lists import ListName
from wellbeing.models.pending import Pending, PendingDetail, PendingSpillover, Receipt, ShiftState

COUNTER = TEAMS["Service counter"][1:7]
# What people write under their names, or what says who looked and when.
NAMED = {
    *("customer_case", "case_note", "case_word", "note", "good_moment", "idea", "pledge", "pledge_signature"),
    *("contact_request", "incident_report", "appointed_reader", "access_entry"),
    *("customers_asked", "mystery_inquiry", "cover_request", "notice", "audience"),
}
# What answers become.
RELEASED = {
    *("tick", "block", "noisy_block", "figure_above", "detail_block", "detail_word", "checkup_block"),
    *("checkup_quarter", "checkup_key", "checkup_place", "epoch", "held_pool"),
}
# Which quarter is open is the same for everybody, and every page reminds of it.
ON_EVERY_PAGE = {"checkup_quarter"}
# Whoever signs in opens their own diary, if they have one.
AT_THE_SIGN_IN = {"diary_key"}
RAW = (Pending, PendingDetail, PendingSpillover, ShiftState, Receipt)
ROUGH = {"mood": 1, "severity": "hard"}
TOLD = {"behaviour": ["shouted"], "cause": "delay", "channel": "phone", "area": "service"}


def everything_of_answers() -> set[str]:
    return ANSWERS | RELEASED


def test_no_chain_of_foreign_keys_leads_from_what_is_named_to_an_answer():
    assert db.metadata.tables.keys() >= NAMED | everything_of_answers()

    assert joins.chains(db.metadata, NAMED, everything_of_answers()) == []


def test_a_key_from_a_case_to_an_answer_would_be_found_at_any_distance():
    """The mistake: cases have visits, and a visit knows its week."""
    metadata = sa.MetaData()
    for table in db.metadata.sorted_tables:
        table.to_metadata(metadata)
    sa.Table(
        "visit",
        metadata,
        sa.Column("case_id", sa.ForeignKey("customer_case.id")),
        sa.Column("epoch_id", sa.ForeignKey("epoch.id")),
    )

    found = joins.chains(metadata, NAMED, everything_of_answers())

    assert ("customer_case", "visit", "epoch", "pending") in found


def test_answers_say_neither_when_nor_under_which_key_they_could_be_found_again():
    """A running shift alone knows its times, for eight idle hours at most; a receipt its week (R18, R19).

    A diary's entry knows in which month it goes, and a diary that is open until when.
    """
    raw = [table for table in db.metadata.sorted_tables if table.name in ANSWERS]
    operational = [table for table in db.metadata.sorted_tables if table.name in NAMED]

    found = joins.times_and_keys(raw)

    assert {name for name in found if not isinstance(_column(name).type, sa.LargeBinary)} == {
        *("shift_state.rough_at", "shift_state.touched_at", "receipt.week"),
        *("diary_entry.expires", "diary_opened.until"),
    }
    keyed = {name for name in joins.times_and_keys(operational)}
    assert [name for name in keyed if isinstance(_column(name).type, sa.LargeBinary)] == []


def _column(name: str) -> sa.Column:
    table, _dot, column = name.partition(".")
    return db.metadata.tables[table].columns[column]


def test_an_answer_with_a_time_would_be_seen():
    stamped = sa.Table("stamped", sa.MetaData(), sa.Column("id", sa.LargeBinary), sa.Column("at", Moment))

    assert joins.times_and_keys([stamped]) == {"stamped.id", "stamped.at"}


@dataclass(frozen=True)
class Day:
    """A day at the service counter: everybody has a rough interaction, and writes the case down at once."""

    app: Flask
    house: House

    def goes_by(self, people: Sequence[str] = COUNTER) -> None:
        """Let it happen, through the counter's and the page's own doors."""
        for number, name in enumerate(people):
            with time_machine.travel(NOW + timedelta(minutes=5 * number), tick=False):
                self.flag(name)
            with time_machine.travel(NOW + timedelta(minutes=5 * number, seconds=70), tick=False):
                self.write_case(name)

    def flag(self, name: str) -> None:
        """Somebody flags a rough interaction at the tablet, and says what it was about."""
        who = {"person": self.house.cast.people[name], "pin": pin_of(name)}
        for act, said in (("rough", ROUGH), ("rough_detail", TOLD)):
            answer = self.app.test_client().post(
                "/counter/act",
                json={"id": str(uuid4()), "act": act, **who, **said},
                headers={"Authorization": f"Bearer {self.house.cast.token}"},
            )
            assert answer.status_code == 200

    def write_case(self, name: str) -> FlaskClient:
        """Somebody signs in, writes a case down, adds a note, and reads it, the list and the figures."""
        browser = self.app.test_client()
        browser.post("/sign-in", data={"login": name.lower(), "password": PASSWORD})
        unit = self.house.cast.units["Service counter"]
        form = {"form": uuid4().hex, "unit": unit, "channel": "phone", "cause": "delay", "area": "service"}
        typed = {"came": "2026-03-04T12:00", "what": "The car was not ready", "mine": "y"}
        made = browser.post("/cases/new", data={**form, **typed})
        assert made.status_code == 302
        noted = browser.post(f"{made.location}/note", data={"text": "Called the workshop"})
        pages = (made.location, "/cases/", "/cases/new", f"/cases/figures/{unit}")
        assert [noted.status_code, *(browser.get(page).status_code for page in pages)] == [302, *[200] * 4]
        return browser


@pytest.fixture
def day_of(any_app: Flask, present: None) -> Iterator[Day]:
    """A day that is still to go by, on both databases; no context is left open for requests to share."""
    any_app.config["WTF_CSRF_ENABLED"] = False
    with any_app.app_context():
        house = house_of(any_app)
    yield Day(any_app, house)


@pytest.fixture
def day(day_of: Day) -> Day:
    """A day that has gone by."""
    day_of.goes_by()
    with day_of.app.app_context():
        shuffle.shuffle(day_of.house.engine)
    return day_of


def in_tables(house: House, names: set[str]) -> dict[str, list[sa.Row]]:
    with house.engine.connect() as connection:
        return {name: list(connection.execute(sa.select(db.metadata.tables[name])).all()) for name in names}


def test_no_value_of_a_case_stands_in_an_answer(day: Day):
    """Words of the site's lists are everybody's; a running shift's moments differ from those of its case."""
    with day.app.app_context():
        offered = {key for name in ListName for key in lists.words(db.session(), name)}

    named_rows, raw = in_tables(day.house, NAMED), in_tables(day.house, ANSWERS)
    assert len(named_rows["customer_case"]) == len(named_rows["case_note"]) == len(COUNTER)
    assert len(raw["pending"]) == len(COUNTER)
    shared = joins.values(named_rows) & joins.values(raw)

    assert shared - offered == set()


def test_a_moment_that_stands_in_both_would_be_seen(day_of: Day):
    """The mistake: the case is opened by the very act that flags, so that both have its moment."""
    with time_machine.travel(NOW, tick=False):
        day_of.flag("Noor")
        day_of.write_case("Noor")

    shared = joins.values(in_tables(day_of.house, NAMED)) & joins.values(in_tables(day_of.house, ANSWERS))

    assert NOW in shared


def test_what_a_running_shift_knows_of_times_is_gone_eight_hours_later(day: Day):
    assert len(rows(day.house, ShiftState)) == len(COUNTER)

    with day.app.app_context():
        jobs.run(day.house.engine, day.house.server_key, NOW + timedelta(hours=10))

    assert rows(day.house, ShiftState) == []
    assert len(rows(day.house, Pending)) == len(COUNTER)


def in_the_order_of_cases(house: House) -> list[int]:
    """Return who wrote cases, by the order of their numbers: that of the day."""
    found = in_tables(house, {"customer_case"})["customer_case"]
    return [case.owner_id for case in sorted(found, key=lambda case: case.id)]


def in_the_order_of_rows(house: House, order: str) -> list[int]:
    """Return whose answers stand in some order; it takes the key, to see which guesses are right."""
    key = keys.unwrapped(house.server_key, epoch_of(house, 1).wrapped_key)
    whose = {keys.contributor(key, person): person for person in house.cast.people.values()}
    with house.engine.connect() as connection:
        return [
            whose[bytes(name)]
            for name in connection.exec_driver_sql(
                f"SELECT contributor FROM pending ORDER BY {order}"
            ).scalars()
        ]


def right(house: House, order: str) -> int:
    """Lay rows of answers beside cases, first to first and last to last: how many guesses are right?"""
    guessed = zip(in_the_order_of_cases(house), in_the_order_of_rows(house, order), strict=True)
    return sum(one == other for one, other in guessed)


def orders_of(house: House) -> tuple[str, ...]:
    """Return every order in which a database can show rows without being asked for one of their columns."""
    if house.engine.dialect.name == "postgresql":
        return "xmin::text::bigint, ctid", "ctid"
    return ("(SELECT 1)",)


def test_answers_do_not_stand_in_the_order_in_which_cases_were_written(day: Day):
    for order in orders_of(day.house):
        assert in_the_order_of_rows(day.house, order) == in_the_order_of_rows(day.house, "id")
    if day.house.engine.dialect.name == "postgresql":
        with day.house.engine.connect() as connection:
            for table in RAW:
                written = f"SELECT count(DISTINCT xmin::text) FROM {table.__tablename__}"  # noqa: S608
                assert connection.exec_driver_sql(written).scalar_one() <= 1
    else:
        with day.house.engine.connect() as connection, pytest.raises(OperationalError, match="rowid"):
            connection.exec_driver_sql("SELECT rowid FROM pending")


def test_rows_in_the_order_of_arrival_would_name_everybody(day_of: Day, monkeypatch: pytest.MonkeyPatch):
    """The mistakes: rows are numbered, or PostgreSQL keeps them as they came."""
    mistakes.ids_in_the_order_of_arrival(monkeypatch)
    day_of.goes_by()

    assert {right(day_of.house, order) for order in (*orders_of(day_of.house), "id")} == {len(COUNTER)}


Touched = Callable[[Callable[[], object]], set[str]]


@pytest.fixture
def touched(day_of: Day, monkeypatch: pytest.MonkeyPatch) -> Touched:
    """Tell which tables the statements of some acts name, those that go to the bare driver included."""
    bare: list[str] = []

    class Noted(prepared._cursor):
        def __init__(self, connection: sa.Connection, text: str) -> None:
            bare.append(text)
            super().__init__(connection, text)

    monkeypatch.setattr(prepared, "_cursor", Noted)

    def by(acts: Callable[[], object]) -> set[str]:
        bare.clear()
        with watched(day_of.house.engine) as seen:
            acts()
        return set().union(*(named(A_UNIT_OF_TIME.sub("", text)) for text in [*bare, *dict(seen)]))

    return by


A_UNIT_OF_TIME = re.compile("EXTRACT.epoch")


def test_no_statement_about_cases_names_a_table_of_answers(day_of: Day, touched: Touched):
    day_of.flag("Noor")

    found = touched(lambda: day_of.write_case("Noor"))

    assert found >= {"customer_case", "case_note", "case_word", "person", "unit"}
    assert found & everything_of_answers() <= ON_EVERY_PAGE | AT_THE_SIGN_IN


def test_no_statement_about_an_answer_names_a_table_of_cases(day_of: Day, touched: Touched):
    found = touched(lambda: day_of.flag("Noor"))

    assert found >= {"pending", "pending_detail", "shift_state", "receipt", "place"}
    assert found & {"customer_case", "case_note", "case_word"} == set()


def test_a_case_that_looks_for_its_answer_would_be_seen(
    day_of: Day, touched: Touched, monkeypatch: pytest.MonkeyPatch
):
    """The mistake: a new case asks whether a rough interaction of the same shift waits."""
    works = writing.open_case

    def looks(session: Session, *given: object) -> writing.Opened:
        session.execute(sa.select(sa.func.count()).select_from(ShiftState.__table__))
        return works(session, *given)

    monkeypatch.setattr(writing, "open_case", looks)

    assert touched(lambda: day_of.write_case("Noor")) & ANSWERS - AT_THE_SIGN_IN == {"shift_state"}


DRAWN = re.compile(r'name="(?:csrf_token|form)"[^>]*>')


def test_a_new_case_is_prefilled_with_nothing_from_the_counter(day_of: Day):
    with time_machine.travel(NOW, tick=False):
        browser = day_of.app.test_client()
        browser.post("/sign-in", data={"login": "noor", "password": PASSWORD})
        before = browser.get("/cases/new").text
        day_of.flag("Noor")
        after = browser.get("/cases/new").text

    assert DRAWN.search(before)
    assert DRAWN.sub("", before) == DRAWN.sub("", after)


def test_the_tablet_shows_the_same_whether_there_are_cases_or_none(day_of: Day):
    def at_the_tablet(address: str) -> bytes:
        token = {"Authorization": f"Bearer {day_of.house.cast.token}"}
        return day_of.app.test_client().get(address, headers=token).data

    addresses = ("/counter/state?lang=en", "/counter/care?lang=en")
    with time_machine.travel(NOW, tick=False):
        before = [at_the_tablet(address) for address in addresses]
        day_of.write_case("Noor")

        assert [at_the_tablet(address) for address in addresses] == before


def test_the_log_says_nothing_of_a_case(day_of: Day, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.INFO)

    day_of.write_case("Noor")

    assert not re.search(r"Noor|Vale|not ready|workshop|/cases", caplog.text)
