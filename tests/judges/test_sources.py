"""The two sites that are judged, before their first answer."""

from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from judges import sources
from tests.judges.office_workers import SOURCE, needs_office_workers

HEADER = "person,date,time,valence_mean_1_7,on_break,negative_events_1_7"
LINES = ("P2,2019-03-04,09:15,4.33,,5", "P1,2019-03-11,10:30,7.0,1,", "P2,2019-03-05,10:30,1.0,0,2")


@pytest.mark.parametrize(("seven", "five"), [("1.0", 1), ("2.67", 2), ("4.0", 3), ("4.75", 4), ("7.0", 5)])
def test_seven_steps_become_five(seven: str, five: int):
    assert sources.five_steps(seven) == five


def test_people_who_began_together_are_a_team():
    rows = [{"person": f"P{number:02}", "date": f"2019-03-{number % 26 + 1:02}"} for number in range(26)]

    teams = sources.teams_of(rows)

    assert Counter(teams.values()) == {"Team 01": 12, "Team 02": 14}
    assert teams["P00"] == teams["P11"] == "Team 01"
    assert teams["P12"] == teams["P25"] == "Team 02"


def test_few_people_are_one_team_from_their_first_day_on():
    rows = [{"person": "P1", "date": "2019-03-09"}, {"person": "P1", "date": "2019-03-01"}]

    assert sources.teams_of(rows) == {"P1": "Team 01"}


def test_a_line_of_the_file_becomes_an_entry_of_a_replay(tmp_path: Path):
    file = tmp_path / "file.csv"
    file.write_text("\n".join((HEADER, *LINES)) + "\n", encoding="utf-8")

    found = sources.office_workers(file, tmp_path)

    assert [(entry.person, entry.mood, entry.rough, entry.break_minutes) for entry in found.entries] == [
        ("P2", 3, True, None),
        ("P2", 1, False, None),
        ("P1", 5, False, 5),
    ]
    assert {person.name for person in found.people} == {"P1", "P2"}


def test_a_line_that_the_replay_refuses_ends_it(tmp_path: Path):
    file = tmp_path / "file.csv"
    file.write_text(f"{HEADER}\nP1,yesterday,10:30,4.0,0,\n", encoding="utf-8")

    with pytest.raises(ValueError, match="1 lines of the replay file cannot be taken"):
        sources.office_workers(file, tmp_path)


def test_the_demo_that_is_judged_always_ends_at_the_same_moment():
    found = sources.demo()

    assert found.entries[-1].at <= sources.DEMO_UNTIL < found.entries[-1].at + timedelta(days=1)
    assert len({person.team for person in found.people}) >= 9
    assert found.site.admin_name not in {person.name for person in found.people}


@needs_office_workers
def test_not_one_answer_of_175_office_workers_is_lost(tmp_path: Path):
    found = sources.office_workers(SOURCE, tmp_path)

    assert (len(found.entries), len(found.people)) == (2157, 175)
    assert sorted(Counter(person.team for person in found.people).values()) == [12] * 13 + [19]
