"""Notices: shown where they hold and while they hold, ticked by nobody, forgotten a month later."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.answers import House, column, rows
from tests.cast import NOW, ZONE
from wellbeing import jobs, notice_words, notices
from wellbeing.models.base import db
from wellbeing.models.floor import Audience, Notice
from wellbeing.notice_draft import Draft, NoticeRefused
from wellbeing.notices import Known

HOUR = timedelta(hours=1)
MADRID = ZoneInfo(ZONE)


def draft(what: str = "Loan cars are late", first: int = 0, last: int = 2, *whom: str) -> Draft:
    """Return a notice that runs from one hour to another, counted from now."""
    return Draft(what, "Your car is on its way.", NOW + first * HOUR, NOW + last * HOUR, whom)


def write(house: House, unit: str, said: Draft) -> int:
    return notices.write(db.session(), house.cast.units[unit], said, NOW)


def shown(house: House, unit: str = "Parts", now: datetime = NOW) -> list[Known]:
    with house.engine.connect() as connection:
        return notices.shown_at(connection, house.cast.units[unit], now)


def tell(house: House, audience: int, unit: str = "Parts", told: bool = True, now: datetime = NOW) -> bool:
    with house.engine.begin() as connection:
        above = notices.units_above(connection, house.cast.units[unit])
        return notices.tell(connection, audience, above, told, now)


def test_a_notice_of_a_unit_is_shown_there_and_in_all_units_below(any_house: House):
    write(any_house, "Northgate", draft("The gate is closed"))
    write(any_house, "Showroom", draft("No test drives"))

    assert [notice.what for notice in shown(any_house)] == ["The gate is closed"]
    assert [notice.what for notice in shown(any_house, "Showroom")] == [
        "The gate is closed",
        "No test drives",
    ]
    assert shown(any_house, "Harbour Motors") == []
    assert shown(any_house)[0].unit == "Northgate"


@pytest.mark.parametrize(("hours", "running"), [(-1, False), (0, True), (1.9, True), (2, False)])
def test_a_notice_is_shown_from_its_beginning_to_its_end(house: House, hours: float, running: bool):
    write(house, "Parts", draft())

    assert bool(shown(house, now=NOW + hours * HOUR)) is running


def test_whom_to_tell_is_ticked_and_unticked_with_its_time_alone(any_house: House):
    write(any_house, "Northgate", draft("The gate is closed", 0, 2, "Pick-ups", "Reception"))
    first, second = shown(any_house)[0].audience
    assert (first.whom, first.told_at) == ("Pick-ups", None)

    assert tell(any_house, first.id, now=NOW)
    assert tell(any_house, first.id, now=NOW + HOUR)
    assert [line.told_at for line in shown(any_house)[0].audience] == [NOW, None]

    assert tell(any_house, first.id, told=False)
    assert [line.told_at for line in shown(any_house)[0].audience] == [None, None]
    assert second.whom == "Reception"


def test_nobody_ticks_in_a_notice_that_is_not_theirs(any_house: House):
    write(any_house, "Showroom", draft("No test drives", 0, 2, "Reception"))
    [line] = shown(any_house, "Showroom")[0].audience

    assert not tell(any_house, line.id)
    assert not tell(any_house, line.id + 1, "Showroom")
    assert column(any_house, sa.select(Audience.told_at)) == [None]


def test_a_changed_notice_keeps_the_ticks_of_whoever_is_still_named(any_house: House):
    wanted = write(any_house, "Parts", draft("Late", 0, 2, "Pick-ups", "Reception"))
    before = shown(any_house)[0].audience
    for line in before:
        tell(any_house, line.id)

    notices.change(db.session(), notice(wanted), draft("Very late", 0, 5, "Workshop", "pick-ups"))

    [changed] = shown(any_house)
    assert (changed.what, changed.ends_at) == ("Very late", NOW + 5 * HOUR)
    assert {line.whom: line.told_at for line in changed.audience} == {"pick-ups": NOW, "Workshop": None}
    assert before[0].id in {line.id for line in changed.audience}


def notice(wanted: int) -> Notice:
    return db.session.get_one(Notice, wanted)


def test_a_running_notice_ends_now_and_stays_ended(house: House):
    wanted = write(house, "Parts", draft(last=2))

    notices.end(db.session(), notice(wanted), NOW + HOUR)
    notices.end(db.session(), notice(wanted), NOW + 3 * HOUR)

    assert column(house, sa.select(Notice.ends_at)) == [NOW + HOUR]


def test_a_notice_that_has_not_begun_goes_with_all_its_lines(any_house: House):
    wanted = write(any_house, "Parts", draft("Late", 1, 2, "Pick-ups"))

    notices.end(db.session(), notice(wanted), NOW)

    assert rows(any_house, Notice) == rows(any_house, Audience) == []


def test_a_unit_has_twelve_notices_at_most_and_others_are_not_in_its_way(house: House):
    write(house, "Northgate", draft())
    for _number in range(notices.MOST_AT_A_UNIT):
        last = write(house, "Parts", draft())

    with pytest.raises(NoticeRefused, match="There are 12 notices here already"):
        write(house, "Parts", draft())
    db.session.rollback()
    notices.end(db.session(), notice(last), NOW)
    assert write(house, "Parts", draft())


def test_notices_are_forgotten_thirty_days_after_their_end(any_house: House):
    write(any_house, "Parts", draft("Old", 0, 2, "Pick-ups"))
    write(any_house, "Parts", draft("New", 0, 3, "Reception"))
    over = NOW + 2 * HOUR + notices.KEPT_AFTER_ITS_END

    jobs.run(any_house.engine, any_house.server_key, over)

    assert column(any_house, sa.select(Notice.what)) == ["New"]
    assert column(any_house, sa.select(Audience.whom)) == ["Reception"]


def test_times_are_said_as_people_say_them_there(house: House):
    from_now = [notice_words.moment(NOW + hours * HOUR, NOW, MADRID) for hours in (-1, 0, 10, 11)]

    assert from_now == ["11:30", "12:30", "22:30", "23:30"]
    assert notice_words.moment(NOW + 12 * HOUR, NOW, MADRID) == "5 Mar, 00:30"
    assert notice_words.span(NOW, NOW + 24 * HOUR, NOW, MADRID) == "From 12:30 until 5 Mar, 12:30"
    day = NOW + 24 * HOUR
    assert notice_words.span(day, day + HOUR, NOW, MADRID) == "From 5 Mar, 12:30 until 13:30"
    assert notice_words.field(NOW, MADRID) == "2026-03-04T12:30"
