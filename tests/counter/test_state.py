"""What the counter screen shows, and that no answer changes it."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, change, say, tick
from tests.cast import NOW
from wellbeing import choices, floor
from wellbeing.counter.state import counter_state
from wellbeing.models.lists import ListEntry, ListName
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


def test_the_message_of_the_day_is_the_same_all_day_and_changes(house: House):
    days = [state(house, now=NOW + timedelta(days=day))["message"] for day in range(14)]

    assert state(house, now=NOW + timedelta(hours=8))["message"] == days[0]
    assert len({message["text"] for message in days}) > 1
    assert set(days[0]) == {"text", "author", "source"}


@pytest.mark.parametrize("team", ["Service counter", "Showroom"])
def test_no_answer_and_no_tick_changes_what_the_screen_shows(house: House, team: str):
    before = state(house, team)
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana", "Kai"):
        say(house, name, mood=1, rough=True)
    assert state(house, team) == before

    tick(house, 1)

    assert state(house, team) == before
