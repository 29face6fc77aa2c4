"""The bad release of the same answers, and the tables that judges read."""

import json

from judges.records import MICRODATA, TRUTH, as_json, in_pairs, microdata
from tests.judges.voices import record


def test_the_bad_release_gives_two_people_at_a_time_away_exactly():
    bad = in_pairs([record(1, 2, 3, 4, 5, rough=3)])

    assert [[voice.person for voice in pair.voices] for pair in bad] == [[1, 2], [3, 4]]
    assert [(pair.people_floor, pair.mood_sum, pair.rough) for pair in bad] == [(2, 3, 2), (2, 7, 1)]
    assert {pair.rule for pair in bad} == {"exact"}


def test_everybody_has_a_line_with_what_is_published_and_what_they_said():
    lines = microdata([record(1, 2, 3, 4, 5, breaks=4)])

    assert len(lines) == 5
    assert set(lines[0]) == {*MICRODATA, *TRUTH}
    assert len({tuple(line[column] for column in MICRODATA) for line in lines}) == 1
    assert [line["own_mood"] for line in lines] == [1, 2, 3, 4, 5]
    assert (lines[0]["mood"], lines[0]["breaks"], lines[4]["own_break"]) == ("middle", "most", 0)


def test_a_figure_stands_in_tenths_and_a_pair_by_its_sum():
    eight = record(3, 3, 3, 3, 4, 4, 4, 3)

    assert microdata([eight])[0]["mood"] == 34
    assert microdata(in_pairs([eight]))[0]["mood"] == 6


def test_judges_without_the_projects_code_can_read_a_record():
    plain = json.loads(json.dumps(as_json([record(1, 2, 3, 4, 5)])))

    assert plain[0]["mood_word"] == "middle"
    assert plain[0]["voices"][0] == {
        **{"person": 1, "mood": 1, "rough": 0},
        **{"break_taken": 0, "days": "02", "check_ins": 2},
    }
