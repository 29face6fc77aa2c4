"""A receipt: where a week of a diary went, from when until when it can show up, and what the ledger says."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from tests.answers import House, after_tick, in_week, rows, say, tick
from tests.cast import NOW, PASSWORD, ZONE, Cast
from wellbeing.diary import opening, receipt
from wellbeing.diary.entry import Counted, Entry, Kind
from wellbeing.diary.opening import Begun
from wellbeing.diary.receipt import HELD_TICKS, HELD_TICKS_AT_THE_TOP, Out, Receipt
from wellbeing.disclosure import week
from wellbeing.models.base import db
from wellbeing.models.pending import Dimension, Pending

SOL = "Sol"
COLLEAGUES = ("Noor", "Bea", "Carl", "Dana", "Emil", "Fay", "Gus", "Hana", "Ivo", "Jun")


@pytest.fixture
def begun(house: House) -> Iterator[Begun]:
    """The diary that Sol has just begun."""
    found = opening.begin(db.session(), house.cast.people[SOL], PASSWORD)
    db.session.commit()
    yield found


def receipt_of(house: House, begun: Begun) -> Receipt:
    with house.engine.connect() as connection:
        found = opening.read(connection, house.server_key, house.cast.people[SOL], begun.private)
    entries = [one.entry for one in found]
    made = receipt.receipt(db.session(), entries, ZoneInfo(ZONE))
    db.session.rollback()
    return made


def test_a_week_says_into_which_pool_it_went_and_when_it_can_show_up(house: House, begun: Begun):
    say(house, SOL, mood=4)
    say(house, SOL, NOW + timedelta(hours=1), mood=2, rough=True)
    say(house, SOL, NOW + timedelta(hours=2), break_minutes=1)

    made = receipt_of(house, begun)
    (slip,) = made.slips
    assert slip.units == ("Service counter", "Northgate", "Harbour Motors")
    assert (slip.first, slip.last) == (date(2026, 3, 9), date(2026, 6, 8))
    assert (slip.detail_first, slip.detail_last) == (date(2026, 3, 30), date(2026, 4, 27))
    assert [told.entry.mood for told in slip.told] == [4, 2]
    assert made.inside == 1
    assert slip.released is Out.HELD_OR_NOT_YET


def test_an_answer_that_is_always_held_is_gone_when_the_receipt_says_so(house: House, begun: Begun):
    say(house, SOL, mood=4)
    last = receipt_of(house, begun).slips[0].last
    number = (last - date(2026, 3, 9)).days // 7 + 1

    for run in range(1, number):
        tick(house, run)
    assert len(rows(house, Pending)) == 1
    tick(house, number)

    assert after_tick(number).date() == last
    assert rows(house, Pending) == []
    assert receipt_of(house, begun).slips[0].last == last


def test_it_is_held_as_long_as_a_tick_holds_it():
    assert (HELD_TICKS, HELD_TICKS_AT_THE_TOP) == (
        week.HELD_TICKS_BEFORE_CLIMBING,
        week.HELD_TICKS_AT_THE_TOP,
    )


def state(unit: int, week_ends: date) -> Out:
    """Return what a receipt says of a week that ended on a day."""
    said = Entry(Kind.CHECK_IN, NOW, NOW, mood=3, counted=Counted(unit, week_ends, week_ends))
    (slip,) = receipt.receipt(db.session(), [said], ZoneInfo(ZONE)).slips
    return slip.released


def test_a_released_week_says_so_and_a_held_one_does_not(house: House, begun: Begun):
    for name in (SOL, *COLLEAGUES):
        say(house, name)
    tick(house, 1)
    say(house, SOL, in_week(2))
    tick(house, 2)

    counter = house.cast.units["Service counter"]
    assert [(slip.first, slip.released) for slip in receipt_of(house, begun).slips] == [
        (date(2026, 3, 16), Out.HELD_OR_NOT_YET),
        (date(2026, 3, 9), Out.RELEASED),
    ]
    assert state(counter, date(2026, 3, 9)) is Out.RELEASED
    assert state(counter, date(2026, 3, 16)) is Out.HELD_OR_NOT_YET
    assert state(counter, date(2027, 3, 15)) is Out.HELD_OR_NOT_YET


def test_whether_others_answer_changes_no_word_before_the_tick(house: House, begun: Begun):
    say(house, SOL)
    before = receipt_of(house, begun)
    for name in COLLEAGUES:
        say(house, name)

    assert receipt_of(house, begun) == before


def test_the_detail_says_of_which_questions_words_were_released_wherever_they_climbed(
    house: House, begun: Begun
):
    rough = {"mood": 2, "rough": True, "details": ((Dimension.CAUSE, "delay"),)}
    showroom = ("Kai", "Lena", "Mona", "Nils", "Olga", "Pau", "Quim", "Rosa")
    parts = ("Uma", "Vic", "Wes", "Xenia")
    for name in (SOL, *COLLEAGUES, *showroom, *parts):
        say(house, name, **rough)
    for number in range(1, 5):
        tick(house, number)

    (slip,) = receipt_of(house, begun).slips
    assert {"cause", "weekday", "day_part"} <= slip.detail_released
    assert "area" not in slip.detail_released


def test_words_of_another_team_say_nothing_of_ones_own(house: House, monkeypatch: pytest.MonkeyPatch):
    counter, parts = house.cast.units["Service counter"], house.cast.units["Parts"]
    released = {(counter, date(2026, 3, 30), "cause")}
    monkeypatch.setattr(receipt, "_released_detail", lambda _session, _units: released)
    entries = [
        Entry(Kind.CHECK_IN, NOW, NOW, mood=3, counted=Counted(unit, date(2026, 3, 9), date(2026, 3, 30)))
        for unit in (counter, parts)
    ]

    slips = receipt.receipt(db.session(), entries, ZoneInfo(ZONE)).slips
    assert {slip.units[0]: slip.detail_released for slip in slips} == {
        "Service counter": {"cause"},
        "Parts": frozenset(),
    }


def test_a_diary_without_answers_has_an_empty_receipt(house: House, begun: Begun):
    note = Entry(Kind.NOTE, NOW, NOW, text="A long day.")

    assert receipt.receipt(db.session(), [note], ZoneInfo(ZONE)) == Receipt((), 1)
    assert receipt.receipt(db.session(), [], ZoneInfo(ZONE)) == Receipt((), 0)


def test_a_diary_that_came_without_its_ticks_is_told_what_is_known(app: Flask, site: Cast):
    counted = Counted(site.units["Parts"], date(2026, 3, 9), date(2026, 3, 30))
    entry = Entry(Kind.CHECK_IN, datetime(2026, 3, 4, tzinfo=UTC), NOW, mood=3, counted=counted)
    with app.app_context():
        (slip,) = receipt.receipt(db.session(), [entry], ZoneInfo(ZONE)).slips

    assert (slip.first, slip.last) == (date(2026, 3, 9), date(2026, 6, 8))
