"""Commands speak in sentences: one tick, two ticks, and a day that somebody can read."""

import pytest
from flask import Flask

from wellbeing.cli.wording import counted, hour


@pytest.mark.parametrize(("number", "said"), [(0, "0 ticks"), (1, "1 tick"), (2, "2 ticks")])
def test_one_is_not_many(number: int, said: str):
    assert counted(number, "tick") == said


@pytest.mark.parametrize(
    ("told", "said"), [("2026-11-22T05Z", "22 Nov 2026, 05:00 UTC"), ("lately", "lately"), ("", "")]
)
def test_an_hour_is_said_as_people_write_it(app: Flask, told: str, said: str):
    with app.app_context():
        assert hour(told) == said
