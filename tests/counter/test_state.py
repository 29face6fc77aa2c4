"""What the counter screen shows, and that no answer changes it."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.answers import FIRST_TICK, House, change, say, tick
from tests.cast import NOW
from wellbeing import choices, floor, jobs, notes, notices
from wellbeing.content import arranging
from wellbeing.content.entries import every
from wellbeing.content.kinds import KINDS
from wellbeing.counter.state import counter_state
from wellbeing.models.base import db
from wellbeing.models.lists import ListEntry, ListName
from wellbeing.notice_draft import Draft
from wellbeing.tablets import TabletFacts


def state(house: House, team: str = "Service counter", now: datetime = NOW) -> dict:
    tablet = TabletFacts(1, house.cast.units[team], "Front desk")
    with house.engine.connect() as connection:
        return counter_state(connection, tablet, now, "en")


def test_the_screen_has_its_place_its_people_and_its_help(any_house: House):
    shown = state(any_house)

    assert shown["tablet"] == {"name": "Front desk", "team": "Service counter", "site": "Northgate"}
    assert len(shown["people"]) == 12
    assert shown["help"] == {"contact": "Marta, 2nd floor"}
    assert (shown["language"], shown["notices"], shown["cover"]) == ("en", [], [])


def test_the_choices_are_those_of_the_closed_lists_in_their_order(house: House):
    shown = state(house)["choices"]

    assert shown["severity"][0] == {
        "key": "unpleasant",
        "label": "Unpleasant",
        "hint": "it got to me a little",
    }
    assert "hint" not in shown["area"][0]
    assert [choice["key"] for choice in shown["break_kind"]] == [kind.key for kind in choices.BREAK_KINDS]
    assert shown["break_minutes"] == [2, 5, 10, 15]
    assert set(shown) == {
        "severity",
        "behaviour",
        "cause",
        "channel",
        "area",
        "break_kind",
        "break_minutes",
    }


def test_the_choices_are_the_sites_own_in_its_order(house: House):
    change(
        house,
        sa.insert(ListEntry).values(
            list_name=ListName.AREA, key="site_wash", label="Car wash", position=1, retired_on=None
        ),
        sa.insert(ListEntry).values(
            list_name=ListName.AREA, key="parts", label=None, position=2, retired_on=date(2026, 3, 4)
        ),
    )

    [first, second, *others] = state(house)["choices"]["area"]
    assert [first, second] == [
        {"key": "showroom", "label": "Showroom"},
        {"key": "service", "label": "Service"},
    ]
    assert [choice["key"] for choice in others] == ["site_wash", "after_sales", "marketing"]


def test_the_wall_shows_local_time(house: House):
    with house.engine.begin() as connection:
        sol, team = house.cast.people["Sol"], house.cast.units["Service counter"]
        floor.ask_for_cover(connection, sol, team, 10, NOW)

    [cover] = state(house)["cover"]
    assert {key: cover[key] for key in ("name", "place", "until")} == {
        "name": "Sol V.",
        "place": "Service counter",
        "until": "12:40",
    }
    assert state(house, "Parts")["cover"] == []


def hang(house: House, unit: str, what: str, hours: int, whom: tuple[str, ...] = ()) -> None:
    said = Draft(what, "We are sorry.", NOW, NOW + timedelta(hours=hours), whom)
    notices.write(db.session(), house.cast.units[unit], said, NOW)


def test_a_notice_is_shown_with_its_words_and_whom_to_tell(any_house: House):
    hang(any_house, "Service counter", "Loan cars are late", 2, ("Today's pick-ups", "<Reception>"))

    [notice] = state(any_house)["notices"]
    assert {key: notice[key] for key in ("title", "text", "until")} == {
        "title": "Loan cars are late",
        "text": "We are sorry.",
        "until": "14:30",
    }
    assert [(line["whom"], line["told"]) for line in notice["audience"]] == [
        ("Today's pick-ups", False),
        ("<Reception>", False),
    ]
    assert state(any_house, "Parts")["notices"] == []


def test_notices_come_from_every_unit_above_and_the_first_to_end_stands_first(house: House):
    hang(house, "Northgate", "The gate is closed", 50)
    hang(house, "Harbour Motors", "Phones are down", 3)
    hang(house, "Service counter", "Loan cars are late", 2)

    shown = state(house)["notices"]
    assert [notice["title"] for notice in shown] == [
        "Loan cars are late",
        "Phones are down",
        "The gate is closed",
    ]
    assert shown[2]["until"] == "6 Mar, 14:30"
    assert len(state(house, "Parts")["notices"]) == 2
    assert len(state(house, now=NOW + timedelta(hours=2))["notices"]) == 2


def test_a_message_says_where_it_comes_from_once_and_none_is_told_apart(house: House):
    captions = {state(house, now=NOW + timedelta(days=day))["message"]["caption"] for day in range(60)}
    assert any(caption.startswith("Before your shift · ") for caption in captions)
    assert "Message of the day · 16 November 2012" in captions

    for entry in every(db.session(), "message"):
        arranging.take_away(db.session(), KINDS["message"], entry.key)
    assert state(house)["message"] is None


def test_the_message_of_the_day_is_the_same_all_day_and_changes(house: House):
    days = [state(house, now=NOW + timedelta(days=day))["message"] for day in range(14)]

    assert state(house, now=NOW + timedelta(hours=8))["message"] == days[0]
    assert len({message["text"] for message in days}) > 1
    assert set(days[0]) == {"text", "lang", "comment", "caption"}


@pytest.mark.parametrize("team", ["Service counter", "Showroom"])
def test_no_answer_and_no_tick_changes_what_the_screen_shows(house: House, team: str):
    jobs.run(house.engine, house.server_key, FIRST_TICK - timedelta(hours=1))
    before = state(house, team)
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana", "Kai"):
        say(house, name, mood=1, rough=True)
    assert state(house, team) == before

    tick(house, 1)

    assert state(house, team) == before


def test_the_team_is_told_what_it_and_those_above_changed(any_house: House):
    units = any_house.cast.units
    for unit, day, text in (
        ("Service counter", "2026-03-02", "Second person on Saturdays"),
        ("Northgate", "2026-03-03", "One person on the phone from 8 to 10"),
        ("Showroom", "2026-03-04", "More chairs"),
    ):
        notes.write(db.session(), units[unit], day, text, NOW)

    assert state(any_house)["changed"] == [
        {"day": "2026-03-03", "text": "One person on the phone from 8 to 10"},
        {"day": "2026-03-02", "text": "Second person on Saturdays"},
    ]
    assert state(any_house, now=NOW + timedelta(weeks=8))["changed"] == []
