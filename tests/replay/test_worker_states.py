"""Real people's answers go through the replay reader whole."""

from collections import Counter
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.replay.worker_states import five_steps, needs_worker_states, write_replay
from wellbeing.replay.reading import read_entries

ROME = ZoneInfo("Europe/Rome")


@pytest.mark.parametrize(
    ("seven", "five"), [("1.0", 1), ("1.5", 1), ("2.0", 2), ("4.0", 3), ("6.0", 4), ("6.5", 5), ("7.0", 5)]
)
def test_seven_steps_become_five(seven, five):
    assert five_steps(seven) == five


@needs_worker_states
def test_not_one_answer_of_54_real_people_is_lost(tmp_path):
    write_replay(tmp_path / "real.csv")

    entries, bad = read_entries(tmp_path / "real.csv", ROME, latest=datetime(2012, 3, 10, tzinfo=UTC))

    assert bad == []
    assert len(entries) == 3_220
    assert len({entry.person for entry in entries}) == 54
    assert set(Counter(entry.mood for entry in entries)) == {1, 2, 3, 4, 5}
    assert entries[0].at.date() == date(2012, 1, 30)
    assert entries[-1].at.date() == date(2012, 3, 9)
