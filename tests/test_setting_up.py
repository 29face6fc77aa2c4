"""What the set-up's steps say to what was typed."""

import pytest

from wellbeing.setting_up import MOST_ZONES, zones, zones_like


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Chicago", ["America/Chicago"]),
        ("  berlin ", ["Europe/Berlin"]),
        ("new york", ["America/New_York"]),
        ("Los Angeles, California", ["America/Los_Angeles"]),
        ("US/Chicago", ["America/Chicago"]),
        ("europe/madrid", ["Europe/Madrid"]),
        ("Louisville", ["America/Kentucky/Louisville", "America/Louisville"]),
        ("Chicgo", ["America/Chicago"]),
        ("Spain", []),
        ("GMT+1", []),
        ("", []),
    ],
)
def test_whoever_types_a_city_is_told_its_time_zone(typed: str, meant: list[str]):
    assert zones_like(typed) == meant


def test_nobody_has_to_choose_among_many():
    assert all(len(zones_like(zone[:-1])) <= MOST_ZONES for zone in zones()[::20])
