"""While a check-up is released: somebody replies, takes back or is erased, or somebody releases it too."""

import sqlite3
from collections.abc import Callable, Iterator
from contextvars import Context
from functools import partial

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.answers import FIRST_TICK, House, house_of, rows
from tests.cast import TEAMS
from tests.faults import points
from tests.faults.copies import Copier, engine_of
from tests.faults.meanwhile import each_moment
from tests.quarters import MARCH, TRULY_FIRST, YES, opened, quarters, run_jobs, tell, words
from wellbeing import checkup_collect, erasure, jobs, withdraw
from wellbeing.disclosure import checkup_ledger
from wellbeing.models.accounts import Person
from wellbeing.models.checkup import Aspect, QuarterPlace
from wellbeing.models.epochs import Place
from wellbeing.models.pending import PendingCheckup

FOUR = [name for name in TEAMS["Service counter"] if name not in ("Alba", "Noor")][:4]
WORD = {("Service counter", TRULY_FIRST, "yes"): "most"}
Act = Callable[[House, sa.Engine], bool]


def replies(house: House, engine: sa.Engine) -> bool:
    """Reply at the last moment, in a request that began before the quarter closed."""
    said = {TRULY_FIRST: {Aspect.YES: YES}}
    with engine.begin() as connection:
        person = house.cast.people["Noor"]
        return checkup_collect.reply(connection, house.server_key, person, said, MARCH)


def takes_back(house: House, engine: sa.Engine) -> bool:
    with engine.begin() as connection:
        withdraw.take_back_checkup(connection, house.server_key, house.cast.people["Noor"])
    return True


def is_erased(house: House, engine: sa.Engine) -> bool:
    with engine.begin() as connection, Session(connection) as session:
        erasure.erase(session, house.server_key, session.get_one(Person, house.cast.people["Noor"]))
    return True


@pytest.fixture
def due(any_house: House, monkeypatch: pytest.MonkeyPatch) -> House:
    """A site whose ticks have run, and whose check-up is still to be released; four have replied."""
    opened(any_house)
    for name in FOUR:
        tell(any_house, name)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "_release_checkups", lambda _engine, _key: 0)
        run_jobs(any_house)
    assert words(any_house) == {}
    return any_house


def each_release(due: House, copied: Copier, act: Act) -> Iterator[tuple[House, bool | None]]:
    """Yield a copy for each moment of a release at which somebody else acts, and what their act told them.

    None stands for a lock that the act met.
    """
    at, passed = 1, 1
    while passed >= at:
        house, told, passed = copied(due), [], 0
        engine = engine_of(house.engine.url)

        def meanwhile(label: str, house: House = house, told: list[bool] = told, at: int = at) -> None:
            nonlocal passed
            passed += not label.startswith("after") or label == "after COMMIT"
            if passed == at and not told:
                told.append(_attempt(house, act))

        points.watch(engine, meanwhile)
        jobs._release_checkups(engine, house.server_key)
        yield house, told[0] if told else None
        at += 1 if house.engine.dialect.name == "sqlite" else 3


def _attempt(house: House, act: Act) -> bool | None:
    try:
        # In a context of its own, as in another process: the release's own may only read just now.
        return Context().run(act, house, engine_of(house.engine.url, patient=False))
    except (sa.exc.OperationalError, sqlite3.OperationalError):
        return None


@pytest.mark.parametrize("act", [replies, takes_back, is_erased])
def test_a_fifth_reply_counts_wholly_or_not_at_all(due: House, copied: Copier, act: Act):
    """With Noor's there are five, and a word; without, there are four, and none."""
    if act is not replies:
        tell(due, "Noor")
    outcomes = set()
    for house, told in each_release(due, copied, act):
        found = words(house)
        assert found in ({}, WORD)
        assert rows(house, PendingCheckup) == []
        if act is replies:
            assert (found == WORD) == (told is True)
        outcomes.add(bool(found))
    assert outcomes == {True, False}


def test_a_second_release_that_fits_between_two_statements_of_the_first_does_no_harm(
    due: House, copied: Copier
):
    tell(due, "Noor")

    def releases(house: House, engine: sa.Engine) -> bool:
        jobs._release_checkups(engine, house.server_key)
        return True

    fitted = 0
    for house, told in each_release(due, copied, releases):
        assert words(house) == WORD
        with house.engine.connect() as connection:
            assert checkup_ledger.first_broken(connection) is None
        fitted += told is True
    assert fitted >= 2


def test_somebody_who_is_erased_while_places_are_given_gets_none(postgres_app: Flask, copied: Copier):
    """On SQLite nobody else writes meanwhile. Here, the erasure waits, or comes before."""
    with postgres_app.app_context():
        house = house_of(postgres_app)
    for meanwhile in each_moment(house, copied):
        noor = meanwhile.house.cast.people["Noor"]
        meanwhile.run(partial(is_erased, meanwhile.house), FIRST_TICK)
        placed = {row.person_id for table in (Place, QuarterPlace) for row in rows(meanwhile.house, table)}
        assert (noor in placed) is not meanwhile.done or meanwhile.passed < meanwhile.at
        assert len(quarters(meanwhile.house)) == 1
