"""Whose figure a small team is shown: decided when a week begins, and never one that its viewers are in."""

from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.answers import House, after_tick, blocks, change, column, house_of, in_week, rows, say, tick
from tests.cast import CONFIRMED, Cast
from wellbeing import epochs
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.epochs import FigureAbove
from wellbeing.models.pending import Pending
from wellbeing.models.settings import Settings
from wellbeing.reports import board, reading

PARTS = ("Uma", "Vic", "Wes", "Xenia", "Yan")


@pytest.fixture
def northgate(app: Flask, site: Cast) -> Iterator[House]:
    """The cast's site with one more in Parts, so that Northgate has a pool: Parts and two managers."""
    with app.app_context():
        parts = {"unit_id": site.units["Parts"], "created_at": CONFIRMED, "counts_from": date(2026, 3, 2)}
        yan = Person(name="Yan Vale", **parts)
        db.session.add(yan)
        db.session.flush()
        people = {**site.people, "Yan": yan.id}
        db.session.commit()
        yield house_of(app, Cast(people, site.units))


def answer(house: House, week: int) -> None:
    for name in (*PARTS, "Alba", "Max"):
        say(house, name, in_week(week), mood=4)


def shown_to_the_showroom(house: House, number: int) -> tuple[str, list[int]]:
    """Return whose figure Max reads after a tick, and of which ticks."""
    with reading.session() as session:
        found = board.board(session, house.cast.units["Showroom"], 26, after_tick(number))
    return found.source.name, [week.number for week in found.weeks if week.shown]


def test_whoever_will_be_shown_the_figure_above_after_a_tick_is_left_out_at_that_tick(northgate: House):
    answer(northgate, 1)
    change(northgate, sa.update(Settings).values(own_pool_from=9))

    tick(northgate, 1)

    assert shown_to_the_showroom(northgate, 1) == ("Northgate", [1])
    above = northgate.cast.units["Harbour Motors"]
    assert [row.pool_id for row in rows(northgate, Pending)] == [above]
    assert [block.unit_id for block in blocks(northgate)] == [northgate.cast.units["Northgate"]]


def test_a_team_that_shrinks_in_the_week_is_shown_another_figure_from_the_next_tick_on(northgate: House):
    answer(northgate, 1)
    tick(northgate, 1)
    gone = [northgate.cast.people[name] for name in ("Kai", "Lena")]
    change(northgate, sa.update(Person).where(Person.id.in_(gone)).values(active=False))

    assert shown_to_the_showroom(northgate, 1) == ("Showroom", [])

    answer(northgate, 2)
    tick(northgate, 2)
    assert shown_to_the_showroom(northgate, 2) == ("Northgate", [2])


def test_what_was_decided_before_keeps_its_first_tick(northgate: House):
    parts = northgate.cast.units["Parts"]
    since = sa.select(FigureAbove.from_number).where(FigureAbove.unit_id == parts)

    assert column(northgate, since) == [0]
    tick(northgate, 1)
    assert column(northgate, since) == [0]


def test_where_every_unit_has_a_pool_of_its_own_none_is_shown_anothers(northgate: House):
    with northgate.engine.begin() as connection:
        epochs._show_above(connection, {}, 2)

    assert rows(northgate, FigureAbove) == []
