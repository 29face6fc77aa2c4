"""Files from outside: whole-file problems are one sentence, bad lines are named, nothing stops the reader."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.cells import LineError, team_path
from wellbeing.csvfile import MAX_LINE_BYTES, BadLine, CsvFileError, read_lines


def read(folder, content):
    path = folder / "file.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_lines(path, ("name",), ("colour",), lambda number, cells: (number, dict(cells)))


def complaint(folder, content):
    with pytest.raises(CsvFileError) as caught:
        read(folder, content)
    return str(caught.value)


def test_columns_come_in_any_order_and_an_absent_one_is_empty(tmp_path):
    assert read(tmp_path, "Colour , NAME\nred, Ana \n") == ([(2, {"name": "Ana", "colour": "red"})], [])
    assert read(tmp_path, "name\nAna\n") == ([(2, {"name": "Ana", "colour": ""})], [])


def test_a_file_saved_by_a_spreadsheet_program_is_read_like_any_other(tmp_path):
    saved = b'\xef\xbb\xbfname,colour\r\n"Ruiz, Ana",\t"light ""blue"""\r\n,\r\n\r\nBo,'

    good, bad = read(tmp_path, saved.replace(b"\t", b""))

    assert [cells["name"] for _number, cells in good] == ["Ruiz, Ana", "Bo"]
    assert good[0][1]["colour"] == 'light "blue"'
    assert [number for number, _cells in good] == [2, 5]
    assert bad == []


def test_a_name_typed_with_loose_accents_is_the_same_name(tmp_path):
    (loose, whole), _bad = read(tmp_path, "name\nJose\u0301\nJos\u00e9\n")

    assert loose[1]["name"] == whole[1]["name"] == "Jos\u00e9"


def test_thousands_of_accents_on_one_letter_are_left_as_they_stand(tmp_path):
    accents = "a" + "\u0301\u0323" * 1000

    good, _bad = read(tmp_path, f"name\n{accents}\n")

    assert good[0][1]["name"] == accents


def test_a_file_may_come_as_its_bytes():
    good, bad = read_lines(b"name\nAna\n", ("name",), (), lambda number, cells: cells["name"])

    assert (good, bad) == (["Ana"], [])


def test_a_name_keeps_the_joiners_of_its_script_and_a_tab_is_white_space(tmp_path):
    good, bad = read(tmp_path, "name\n\tمه\u200cسا\t\n")

    assert good[0][1]["name"] == "مه\u200cسا"
    assert bad == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Ana", "The line has 1 values where the header has 2."),
        ("Ana,red,extra", "The line has 3 values where the header has 2."),
        ('"Ana,red', "The quotation marks of the line do not match."),
        ('"Ana"x,red', "The quotation marks of the line do not match."),
        ("A\x00na,red", "The line has a control character or another that cannot be seen."),
        ("A\rna,red", "The line has a control character or another that cannot be seen."),
        ("A\u202ena,red", "The line has a control character or another that cannot be seen."),
        ("A\u200bna,red", "The line has a control character or another that cannot be seen."),
        ("A" * MAX_LINE_BYTES + ",red", f"The line is longer than {MAX_LINE_BYTES} bytes."),
        ("A" * 3 * MAX_LINE_BYTES + ",red", f"The line is longer than {MAX_LINE_BYTES} bytes."),
    ],
)
def test_a_bad_line_is_named_and_its_neighbours_are_read(tmp_path, line, reason):
    good, bad = read(tmp_path, f"name,colour\nBo,blue\n{line}\nCy,green\n")

    assert [(number, cells["name"]) for number, cells in good] == [(2, "Bo"), (4, "Cy")]
    assert bad == [BadLine(3, reason)]


def test_an_endless_last_line_is_named_too(tmp_path):
    assert read(tmp_path, b"name\n" + b"A" * 3 * MAX_LINE_BYTES)[1] == [
        BadLine(2, f"The line is longer than {MAX_LINE_BYTES} bytes.")
    ]


def test_a_last_line_of_the_longest_length_needs_no_line_end(tmp_path):
    good, bad = read(tmp_path, b"name\n" + b"A" * (MAX_LINE_BYTES - 1))

    assert len(good[0][1]["name"]) == MAX_LINE_BYTES - 1
    assert bad == []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\xef\xbb\xbf", "The header lacks: name."),
        (b"\nAna\n", "The header lacks: name."),
        (b"colour\nred\n", "The header lacks: name."),
        (b"name;colour\nAna;red\n", "The columns are divided by semicolons; save the file with commas."),
        (b"name,colour,Name\nAna,red,Ana\n", "The header has a column twice: name."),
        (b"name,color\nAna,red\n", "The header has an unknown column: color. Known are: name, colour."),
        (b"name,\nAna,\n", 'The header has an unknown column: "". Known are: name, colour.'),
        (b'"name\nAna\n', "The header cannot be read: The quotation marks of the line do not match."),
        (b"name\n", "The file has a header, but no line below it."),
        (b"name,colour\n,\n\n", "The file has a header, but no line below it."),
        (b"name\nAna\nJos\xe9\n", "The file is not UTF-8 text (line 3). Save it as CSV UTF-8."),
        (b"PK\x03\x04\x14", "This is a spreadsheet's own file. Open it there and save it as CSV UTF-8."),
        ("name\nAna\n".encode("utf-16"), "The file is not UTF-8 text (line 1). Save it as CSV UTF-8."),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_in_one_sentence(tmp_path, content, sentence):
    assert complaint(tmp_path, content) == sentence


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("nowhere.csv", "The file cannot be read: No such file or directory."),
        (".", "The file cannot be read: Is a directory."),
        ("nul\0.csv", "The file's name is not one that a file can have."),
    ],
)
def test_a_path_that_leads_to_no_file_is_named_as_such(tmp_path, path, sentence):
    with pytest.raises(CsvFileError) as caught:
        read_lines(os.path.join(tmp_path, path), ("name",), (), lambda number, cells: cells)

    assert str(caught.value) == sentence


def test_a_device_that_never_ends_is_given_up_at_its_first_line():
    with pytest.raises(CsvFileError, match="The header cannot be read: The line is longer"):
        read_lines("/dev/zero", ("name",), (), lambda number, cells: cells)


@given(st.binary(max_size=400) | st.binary(max_size=200).map(lambda rest: b"name,colour\n" + rest))
def test_no_bytes_at_all_stop_the_reader_with_anything_but_its_own_error(tmp_path_factory, content):
    try:
        good, bad = read(tmp_path_factory.mktemp("any"), content)
    except CsvFileError as error:
        assert str(error).endswith(".")
    else:
        assert good or bad


def test_a_team_is_found_by_its_path_however_it_is_spaced():
    assert team_path("Parts") == ("Parts",)
    assert team_path(" Riverside /Parts ") == ("Riverside", "Parts")


@pytest.mark.parametrize(
    "team", ["", "/", "Riverside/", "/Parts", "a/b/c/d/e/f", "x" * 81, "Riverside/" + "x" * 81]
)
def test_a_team_path_with_an_empty_overlong_or_sixth_part_is_refused(team):
    with pytest.raises(LineError, match="^team "):
        team_path(team)
