"""A history from elsewhere: what would be loaded, and what is left out and why."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wellbeing.csvfile import CsvFileError
from wellbeing.diary import importing, tables
from wellbeing.diary.entry import Kind
from wellbeing.diary.importing import Plan
from wellbeing.diary.mood_scales import Scale
from wellbeing.web.file_in_form import packed, unpacked

MADRID = ZoneInfo("Europe/Madrid")
NOW = datetime(2026, 3, 4, 11, 30, 20, tzinfo=UTC)

DAYLIO = """full_date,date,weekday,time,mood,activities,scales,note_title,note
2026-03-03,March 3,Tuesday,20:39,rad,"friends | movies",,"",""
2026-03-02,March 2,Monday,8:30 am,irritable,"","","",""
2026-03-01,March 1,Sunday,14:00,meh,"","","",""
"""
OLDER_DAYLIO = """year,date,weekday,time,mood,activities,note
2018,18 May,Friday,11:54 pm,happy,"clean | cook","Went to a party"
2018,17 May,Thursday,10:21 pm,average,"",""
"""
MICROMOOD = 'Date,Mood,Notes\nTue Mar 03 20:39:00 CET 2026,5,"He said "hi" to me"\n'
MINIMOODS = "Tue Mar 03 20:39:00 CET 2026,4\nMon Mar 02 20:39:00 CET 2026,2\n"
IMOODJOURNAL = (
    "iMoodJournal\nDate,Day of Week,Hour,Minute,Level,Level Text,Comment\n2026-03-03,Tuesday,9,5,7,Good,\n"
)
OUR_OWN = (
    "# Second Wind: my diary; format version 1.\n# What the columns mean stands on My data.\n"
    "kind,day,time,entered,mood,severity,note\ncheck_in,2026-03-03,09:05,2026-03-03T09:05+01:00,4,,\n"
)
A_TABLE = "Fecha;Mañana;Ánimo\n03/02/2026;x;muy bien\n14/02/2026;x;regular\n"


@pytest.fixture(autouse=True)
def speaking(app):
    """Sentences have a language."""
    with app.test_request_context():
        yield


def planned(text: str, known=(), scale: Scale | None = None) -> Plan:
    table = tables.table_of(text)
    choices = importing.proposed(table)
    return importing.planned(table, replace(choices, scale=scale or choices.scale), MADRID, NOW, known)


def moments(plan: Plan) -> list[tuple[str, int | None]]:
    return [
        (entry.felt_at.astimezone(MADRID).strftime("%Y-%m-%d %H:%M"), entry.mood)
        for entry in plan.entries
        if entry.felt_at
    ]


@pytest.mark.parametrize(
    ("text", "loaded"),
    [
        (DAYLIO, [("2026-03-01 14:00", 3), ("2026-03-03 20:39", 5)]),
        (OLDER_DAYLIO, [("2018-05-17 22:21", 3), ("2018-05-18 23:54", 4)]),
        (MICROMOOD, [("2026-03-03 20:39", 5)]),
        (MINIMOODS, [("2026-03-02 20:39", 2), ("2026-03-03 20:39", 4)]),
        (IMOODJOURNAL, [("2026-03-03 09:05", 4)]),
        (OUR_OWN, [("2026-03-03 09:05", 4)]),
        (A_TABLE, [("2026-02-03 12:00", 5), ("2026-02-14 12:00", 3)]),
    ],
)
def test_known_files_are_understood_without_a_word(text: str, loaded: list[tuple[str, int]]):
    assert moments(planned(text)) == loaded


def test_a_mood_that_only_its_author_understands_is_left_out_until_they_say_what_it_means():
    plan = planned(DAYLIO)

    assert [line.number for line in plan.left_out] == [3]
    assert {entry.kind for entry in plan.entries} == {Kind.IMPORTED}
    assert {entry.entered_at for entry in plan.entries} == {NOW.replace(second=0)}
    assert not any(entry.text for entry in plan.entries)


def test_each_line_that_is_left_out_is_named_with_its_reason():
    plan = planned(
        "day,time,mood\n2026-03-01,9:00,4\n2026-03-01,9:00,4\nno day,9:00,4\n2026-03-02,late,4\n"
        "2026-03-05,9:00,4\n1999-03-05,9:00,4\n2026-03-02,9:00,\n2026-03-02,9:00,fussy\n2026-03-02,9:00\n"
        "0001-01-01,00:00 +0500,4\n2026-03-02,9:00,11\n",
        scale=Scale(lowest=1, highest=5),
    )

    assert len(plan.entries) == 1
    assert [(line.number, line.reason) for line in plan.left_out] == [
        (3, "The same moment and mood stand in another line."),
        (4, "The day cannot be read."),
        (5, "The time cannot be read."),
        (6, "This moment is still to come."),
        (7, "This is before the year 2000."),
        (8, "No mood stands in this line."),
        (9, "This word for a mood means none of the five."),
        (10, "The line has 2 values where the header has 3."),
        (11, "The time cannot be read."),
        (12, "This number is outside the scale."),
    ]


def test_what_is_in_the_diary_already_is_not_loaded_a_second_time():
    first = planned(DAYLIO)
    again = planned(DAYLIO, {importing.same(entry) for entry in first.entries})

    assert (again.entries, again.already) == ((), 2)


def test_which_number_is_the_day_is_asked_only_where_nothing_shows_it():
    unclear = tables.table_of("day,mood\n3/2/2026,4\n")
    columns = importing.proposed(unclear).columns

    assert importing.asks_for_order(unclear, columns)
    assert importing.month_first(unclear, columns, True)
    assert not importing.asks_for_order(
        tables.table_of(A_TABLE), importing.proposed(tables.table_of(A_TABLE)).columns
    )


def test_parts_of_a_day_are_no_times():
    plan = planned("date,time of day,mood\n2026-03-01,morning,4\n2026-03-02,evening,2\n")

    assert moments(plan) == [("2026-03-01 12:00", 4), ("2026-03-02 12:00", 2)]


def test_columns_without_telling_names_are_told_by_what_stands_in_them():
    table = tables.table_of("a,b,c\nx,2026-03-01,4\ny,2026-03-02,2\n")
    nothing = tables.table_of("a,b\nx,y\n")

    assert (importing.proposed(table).columns.day, importing.proposed(table).columns.mood) == (1, 2)
    assert (importing.proposed(nothing).columns.day, importing.proposed(nothing).columns.mood) == (0, 1)


PIECES = (
    *("2026-03-01", "3/4/25", "9999-12-31 23:59 -14:00", "0001-01-01", "8:30 am", "24:61", "٣/٤/٢٠٢٥", "²"),
    *(
        "mood",
        "date",
        "hour",
        "minute",
        "good",
        "-3",
        "150",
        '"',
        "'",
        "\x00",
        "\u2028",
        "😀",
        ",",
        ";",
        "\n",
        "\r",
        "\t",
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_whatever_stands_in_a_file_it_is_refused_with_a_sentence_or_read(pieces: list[str]):
    try:
        text = tables.text_of("".join(pieces).encode())
        found = planned(unpacked(packed(text), tables.LARGEST))
    except CsvFileError as refused:
        assert str(refused).endswith(".")
    else:
        assert all(entry.mood in (1, 2, 3, 4, 5) for entry in found.entries)
        assert all(line.reason.endswith(".") for line in found.left_out)
