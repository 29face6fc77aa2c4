"""Days and times as people's other apps write them."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from wellbeing.diary import written_days
from wellbeing.diary.written_days import Unreadable

MADRID = ZoneInfo("Europe/Madrid")
MAY = date(2025, 5, 9)


@pytest.mark.parametrize(
    "cell",
    [
        *("2025-05-09", "2025/5/9", "2025.05.09", "2025-05-09T20:15:00Z", "9/5/2025", "09.05.25 8:15"),
        *("9 May 2025", "May 9, 2025", "9. mayo 2025", "9 de mayo de 2025", "Fri May 09 11:30:00 CEST 2025"),
        *("viernes, 9 mayo 2025", "martes 9 mayo 2025", "May 9th 2025 20:15"),
    ],
)
def test_a_day_is_read_in_many_ways(cell: str):
    assert written_days.day_of(cell, month_first=False) == MAY


def test_the_month_may_stand_first():
    assert written_days.day_of("5/9/2025", month_first=True) == MAY


@pytest.mark.parametrize("cell", ["", "yesterday", "2025-13-01", "31/2/2025", "9 Brumaire 2025", "May 9"])
def test_what_is_no_day_is_not_guessed(cell: str):
    with pytest.raises(Unreadable):
        written_days.day_of(cell, month_first=False)


@pytest.mark.parametrize(
    ("cells", "first", "asks"),
    [
        (["2025-05-09"], None, False),
        (["3/4/2025", "5/6/2025"], None, True),
        (["12/4/2025", "5/12/2025"], None, True),
        (["3/4/2025", "13/4/2025"], False, True),
        (["3/4/2025", "4/13/2025"], True, True),
    ],
)
def test_which_number_is_the_month_is_seen_in_the_file_where_it_can_be(cells, first, asks):
    assert written_days.month_first(cells) is first
    assert written_days.is_ambiguous(cells) is asks


@pytest.mark.parametrize(
    ("day", "time", "local"),
    [
        ("2025-05-09", "20:15", (20, 15)),
        ("2025-05-09", "8:15 pm", (20, 15)),
        ("2025-05-09", "8:15 p. m.", (20, 15)),
        ("2025-05-09", "12:05 am", (0, 5)),
        ("2025-05-09", "8 pm", (20, 0)),
        ("2025-05-09", "20.15", (20, 15)),
        ("2025-05-09", "20h15", (20, 15)),
        ("2025-05-09", "20:15:33", (20, 15)),
        ("2025-05-09", "", (12, 0)),
        ("2025-05-09", None, (12, 0)),
        ("2025-05-09 20:15", None, (20, 15)),
        ("2025-05-09T20:15:33.250", None, (20, 15)),
        ("2025-05-09T18:15:00Z", None, (20, 15)),
        ("2025-05-09T13:15:00-05:00", None, (20, 15)),
        ("2025-05-09 20:15 +0200", None, (20, 15)),
        ("9.5.2025 20:15", None, (20, 15)),
    ],
)
def test_a_time_stands_alone_behind_the_day_or_nowhere(day: str, time: str | None, local: tuple[int, int]):
    found = written_days.moment_of(MAY, day, time, MADRID)

    assert found.astimezone(UTC) == datetime(2025, 5, 9, *local, tzinfo=MADRID).astimezone(UTC)


@pytest.mark.parametrize("time", ["25:00", "13:00 pm", "0:10 am", "evening", "20:75", "20:15 +99:00"])
def test_what_is_no_time_is_not_guessed(time: str):
    with pytest.raises(Unreadable):
        written_days.moment_of(MAY, "2025-05-09", time, MADRID)
