"""Files that other mood trackers and spreadsheets write, as tables."""

import pytest

from wellbeing.csvfile import CsvFileError
from wellbeing.diary import tables
from wellbeing.diary.tables import Row

DAYLIO = (
    "full_date,date,weekday,time,mood,activities,note_title,note\n"
    '2025-11-03,November 3,Monday,20:39,good,"take care of kids | walk","","Long day.\nBut fine."\n'
    '2025-11-02,November 2,Sunday,08:20,meh,"","",""\n'
)


@pytest.fixture(autouse=True)
def speaking(app):
    """Sentences have a language."""
    with app.test_request_context():
        yield


def test_a_note_may_have_several_lines_and_each_entry_keeps_the_number_of_its_first():
    found = tables.table_of(DAYLIO)

    assert found.header[0] == "full_date" and len(found.header) == 8
    assert [row.number for row in found.rows] == [2, 4]
    assert found.rows[0].cells[4:] == ("good", "take care of kids | walk", "", "Long day.\nBut fine.")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_delimiter_will_do(sign: str):
    found = tables.table_of(f'day{sign}mood{sign}note\n2025-01-01{sign}4{sign}"well, fine; good"\n')

    assert found.rows == (Row(2, ("2025-01-01", "4", "well, fine; good")),)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_arrive_however_they_were_written(encoding: str):
    assert tables.text_of("día;ánimo\n1/2/25;así así\n".encode(encoding)) == "día;ánimo\n1/2/25;así así\n"


def test_letters_that_windows_does_not_know_are_read_as_latin():
    assert tables.text_of(b"d\xeda,mood\n\x81,1") == "día,mood\n\x81,1"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b"PK\x03\x04backup.daylio", "backup"),
        (b"date\0mood", "not a CSV"),
        (b"x" * 1_000_001, "larger than 1 MB"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(content: bytes, reason: str):
    with pytest.raises(CsvFileError, match=reason):
        tables.text_of(content)


def test_a_file_of_a_whole_megabyte_is_read():
    assert len(tables.text_of(b"x" * 1_000_000)) == 1_000_000


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("One column\nand nothing else\n", "two columns"),
        ("day,mood\n", "no line below"),
        ("day,mood\n" + "2025-01-01,4\n" * 10_001, "more than 10000 lines"),
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(text: str, reason: str):
    with pytest.raises(CsvFileError, match=reason):
        tables.table_of(text)


def test_a_line_that_does_not_fit_is_named_and_the_others_are_kept():
    found = tables.table_of("day,mood,note\n2025-01-01,4,\n2025-01-02,4\n\n2025-01-03,5,ok\n")

    assert [row.number for row in found.rows] == [2, 5]
    assert [(line.number, line.reason) for line in found.bad] == [
        (3, "The line has 2 values where the header has 3.")
    ]


@pytest.mark.parametrize("length", [10_001, 200_000])
def test_a_quotation_mark_that_stays_open_is_named(length: int):
    found = tables.table_of('day,mood\n2025-01-01,4\n2025-01-02,"' + "4\n" * (length // 2 + 1))

    assert [row.number for row in found.rows] == [2]
    assert [line.number for line in found.bad] == [3]
    assert "quotation mark" in found.bad[0].reason


def test_a_file_without_a_header_begins_with_its_first_entry():
    found = tables.table_of("2025-01-01,4\n2025-01-02,2\n")

    assert found.header == ("Column 1", "Column 2")
    assert [row.number for row in found.rows] == [1, 2]


def test_a_title_above_the_header_is_passed_over():
    found = tables.table_of("My moods\nDay,Mood\n2025-01-01,4\n")

    assert found.header == ("Day", "Mood") and len(found.rows) == 1


def test_hour_and_minute_and_day_and_year_are_read_together():
    by_hour = tables.table_of("Date,Day of Week,Hour,Minute,Level\n2015-09-05,Saturday,9,5,7\n")
    by_year = tables.table_of("year,date,weekday,time,mood\n2018,18 May,Friday,11:54 pm,happy\n")

    assert by_hour.rows[0].cells[2] == "09:05"
    assert by_year.rows[0].cells[1] == "18 May 2018"


def test_accents_are_put_in_order_in_what_is_read_and_left_as_they_are_in_long_notes():
    piled = "a" + "\u0300\u0316" * 4_000
    found = tables.table_of(f"day,mood,note\n2025-01-01,a\u0301nimo,{piled}\n")

    assert found.rows[0].cells == ("2025-01-01", "\u00e1nimo", piled)


def test_a_file_with_more_columns_than_any_history_has_is_none():
    columns = ",".join(f"c{number}" for number in range(tables.MOST_COLUMNS + 1))

    with pytest.raises(CsvFileError, match="not a CSV"):
        tables.table_of(f"{columns}\n{columns}\n")
    assert len(tables.table_of(f"{columns[:-5]}\n{columns[:-5]}\n").header) == tables.MOST_COLUMNS
