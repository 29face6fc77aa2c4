"""What is told of a rough interaction or a break: only what the counter offers, threats only if severe."""

from collections import Counter
from random import Random

import pytest

from wellbeing import choices
from wellbeing.demo import talk
from wellbeing.demo.house import TEAMS
from wellbeing.demo.shift_life import Kind, Moment


def told(severity=0, area="service", times=600):
    dice = Random(8)
    return [talk.about_rough(dice, Moment(60, Kind.ROUGH, severity), area) for _time in range(times)]


@pytest.mark.parametrize("area", sorted({team.area for team in TEAMS}))
def test_each_team_tells_only_what_the_counter_offers(area):
    for one in told(area=area):
        assert set(one.get("behaviours", ())) <= choices.BEHAVIOUR_KEYS
        assert one.get("cause") in choices.CAUSE_KEYS | {None}
        assert one.get("channel") in choices.CHANNEL_KEYS | {None}
        assert one.get("area") in choices.AREA_KEYS | {None}


@pytest.mark.parametrize("area", sorted({team.area for team in TEAMS} - {"after_sales"}))
def test_a_team_meets_rough_customers_mostly_in_its_own_area(area):
    areas = Counter(one.get("area") for one in told(area=area) if one.get("area"))

    assert set(areas) == {area, "after_sales"}
    assert areas[area] > 5 * areas["after_sales"]


def test_threats_belong_to_severe_interactions_alone():
    mild, severe = (
        {key for one in told(severity) for key in one.get("behaviours", ())} for severity in (0, 2)
    )

    assert "threatened" in severe - mild
    assert {one["severity"] for one in told(2)} == {"severe"}


def test_nothing_is_told_twice_in_one_interaction():
    several = [one["behaviours"] for one in told() if len(one.get("behaviours", ())) > 1]

    assert several
    assert all(len(set(behaviours)) == len(behaviours) for behaviours in several)


def test_a_break_is_of_a_kind_and_a_length_that_the_counter_offers():
    dice = Random(9)
    breaks = [talk.about_break(dice, Moment(60, Kind.BREAK, minutes=10)) for _time in range(300)]

    assert {one["break_kind"] for one in breaks} <= choices.BREAK_KIND_KEYS
    assert {one["break_minutes"] for one in breaks} == {10}
