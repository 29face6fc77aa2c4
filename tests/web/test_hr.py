"""Summaries: HR chooses whole blocks, looks at them, and takes them away."""

from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine

from tests.reports.ledger import Released, release
from wellbeing.models.accounts import RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.ledger import MoodWord
from wellbeing.permissions import Role
from wellbeing.reports import exports, pdf_report, reading, summary, xlsx_file
from wellbeing.web import files

FORMATS = ("csv", "json", "pdf", "xlsx")
PATHS = ("/summaries", *(f"/summaries.{format}" for format in FORMATS))


@pytest.fixture
def released(app, site):
    """Two weeks of both large teams."""
    with app.app_context():
        counter, showroom = site.units["Service counter"], site.units["Showroom"]
        release({counter: Released(12, "3.4"), showroom: Released(5, MoodWord.LOW)})
        release({counter: Released(12, "3.5"), showroom: Released(8, "2.0")})


@pytest.fixture
def hilde(client, sign_in, released):
    """HR's browser."""
    return sign_in(client, "hilde")


def asked(site, first=1, last=2, teams=("Service counter", "Showroom")):
    return {"unit": [site.units[team] for team in teams], "from": first, "to": last}


def test_the_page_opens_with_every_unit_and_the_newest_quarter(hilde):
    text = hilde.get("/summaries").text

    assert text.count('type="checkbox"') == text.count(" checked ") == 5
    assert "There are 4 figures, each of one unit at one release." in text
    assert "Harbour Motors &gt; Northgate &gt; Service counter" in text


def test_before_the_first_release_there_is_nothing_to_choose(site, client, sign_in):
    text = sign_in(client, "hilde").get("/summaries").text

    assert "Nothing has been released yet" in text
    assert "<select" not in text


def test_a_choice_is_shown_and_links_to_its_file(site, hilde):
    text = hilde.get("/summaries", query_string=asked(site, 2, 2, ["Showroom"])).text

    assert "There is one figure of one unit at one release." in text
    assert f"/summaries.csv?unit={site.units['Showroom']}&amp;from=2&amp;to=2&amp;lang=en" in text


def test_units_without_blocks_say_so(site, hilde):
    text = hilde.get("/summaries", query_string=asked(site, teams=["Parts"])).text

    assert "Nothing was released for these units in these weeks." in text
    assert "/summaries.csv" not in text


def test_hr_downloads_whole_blocks(site, hilde):
    answer = hilde.get("/summaries.csv", query_string=asked(site))

    assert answer.status_code == 200
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="second-wind-ticks-1-to-2.csv"'
    assert answer.data.startswith(b"\xef\xbb\xbf# Second Wind")
    assert answer.text.count("Harbour Motors > Northgate") == 4


def test_the_same_request_gives_the_same_bytes_in_whatever_language_the_browser_speaks(site, hilde):
    first = hilde.get("/summaries.csv", query_string=asked(site)).data
    second = hilde.get("/summaries.csv", query_string=asked(site), headers={"Accept-Language": "es"}).data

    assert first == second


@pytest.mark.parametrize(
    ("format", "kind", "start"),
    [
        ("csv", "text/csv; charset=utf-8", b"\xef\xbb\xbf# Second Wind"),
        ("json", "application/json", b'{\n "format": "second-wind-blocks"'),
        ("pdf", "application/pdf", b"%PDF-"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ],
)
def test_every_format_has_its_kind_and_its_name(site, hilde, format, kind, start):
    answer = hilde.get(f"/summaries.{format}", query_string=asked(site))

    assert (answer.status_code, answer.content_type) == (200, kind)
    assert answer.data.startswith(start)
    name = f'attachment; filename="second-wind-ticks-1-to-2.{format}"'
    assert (answer.headers["Content-Disposition"], answer.headers["X-Blocks"]) == (name, "4")


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_without_a_block_is_a_file_all_the_same(site, hilde, format):
    answer = hilde.get(f"/summaries.{format}", query_string=asked(site, teams=["Parts"]))

    assert (answer.status_code, answer.headers["X-Blocks"]) == (200, "0")
    assert len(answer.data) > 500


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "name", ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "Recepción de niños " * 4]
)
def test_every_format_takes_a_unit_of_any_name(app, site, hilde, format, name):
    with app.app_context():
        db.session.get(Unit, site.units["Showroom"]).name = name
        db.session.commit()

    assert hilde.get(f"/summaries.{format}", query_string=asked(site)).status_code == 200


def test_a_format_that_does_not_exist_is_not_found(site, hilde):
    assert hilde.get("/summaries.exe", query_string=asked(site)).status_code == 404


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_is_the_same_years_later_in_a_browser_of_another_language(site, hilde, format):
    question = asked(site) | {"lang": "en"}
    with time_machine.travel(datetime(2026, 4, 1, tzinfo=UTC), tick=False):
        first = hilde.get(f"/summaries.{format}", query_string=question).data
    with time_machine.travel(datetime(2026, 4, 1, 9, tzinfo=UTC), tick=False):
        hilde.get("/?lang=es")
        spanish = {"Accept-Language": "es"}
        again = hilde.get(f"/summaries.{format}", query_string=question, headers=spanish).data

    assert first == again


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_speaks_the_language_of_its_address(site, hilde, format):
    english, spanish = (
        hilde.get(f"/summaries.{format}", query_string=asked(site) | {"lang": language}).data
        for language in ("en", "es")
    )

    assert english != spanish


@pytest.mark.parametrize("format", ["csv", "json"])
def test_a_file_tells_how_many_lines_it_will_have(site, hilde, format):
    answer = hilde.get(f"/summaries.{format}", query_string=asked(site))

    assert 0 <= answer.text.count("\n") - int(answer.headers["X-Lines"]) <= 1


@pytest.mark.parametrize("language", ["es", "xx", ""])
def test_a_file_can_be_asked_for_in_any_language(site, hilde, language):
    answer = hilde.get("/summaries.csv", query_string=asked(site) | {"lang": language})

    assert answer.status_code == 200
    assert "unit,tick,week_from" in answer.text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=1&to=2", "Choose at least one unit."),
        ("unit=abc&from=1&to=2", "A unit in this address is not a number."),
        ("unit=3&from=2&to=1", "The period ends before it begins."),
        ("unit=3&from=1&to=99", "There is no such week in the ledger."),
        ("unit=3&from=0&to=1", "There is no such week in the ledger."),
        ("unit=3&from=abc&to=1", "There is no such week in the ledger."),
        ("unit=3", "There is no such week in the ledger."),
        ("unit=3&from=1&to=99999999999999999999", "There is no such week in the ledger."),
        ("&".join(["unit=3"] * 1001) + "&from=1&to=2", "Choose at most 1000 units at a time."),
    ],
)
@pytest.mark.parametrize("path", ["/summaries", "/summaries.csv"])
def test_a_bad_choice_is_named(hilde, path, query, sentence):
    answer = hilde.get(f"{path}?{query}")

    assert answer.status_code == 400
    assert sentence in answer.text


def test_what_is_wrong_with_a_choice_stands_where_it_would_be_shown_too(hilde):
    right = hilde.get("/summaries?unit=3&from=2&to=1").text.partition('<div class="stack">')[2]

    assert "This choice cannot be shown" in right
    assert "The period ends before it begins. Swap the two weeks." in right
    assert "This choice cannot be shown" not in hilde.get("/summaries").text


@pytest.mark.parametrize("query", ["&".join(["unit=3"] * 10_000), "unit=" + "9" * 1_000_000])
@pytest.mark.parametrize("path", ["/summaries", "/summaries.csv"])
def test_an_endless_address_is_refused(hilde, path, query):
    answer = hilde.get(f"{path}?{query}&from=1&to=2")

    assert answer.status_code == 413
    assert "That is too large. Choose at most 1000 units at a time." in answer.text


@pytest.mark.parametrize("path", PATHS)
def test_units_of_others_do_not_exist(app, site, released, client, sign_in, path):
    with app.app_context():
        grant = RoleGrant(person_id=site.people["Sol"], unit_id=site.units["Showroom"], role=Role.HR)
        db.session.add(grant)
        db.session.commit()
    sol = sign_in(client, "sol")

    assert sol.get(path, query_string=asked(site, teams=["Showroom"])).status_code == 200
    assert sol.get(path, query_string=asked(site)).status_code == 404
    assert sol.get(path, query_string={"unit": 999, "from": 1, "to": 2}).status_code == 404


@pytest.mark.parametrize("name", ["alba", "sol", "ada"])
@pytest.mark.parametrize("path", PATHS)
def test_only_hr_takes_figures_away(site, released, client, sign_in, name, path):
    assert sign_in(client, name).get(path, query_string=asked(site)).status_code == 404


@pytest.mark.parametrize("path", PATHS)
def test_somebody_not_signed_in_is_asked_to(site, client, path):
    assert client.get(path).status_code == 302


def test_a_unit_called_like_a_script_or_a_formula_stays_text(app, site, hilde):
    with app.app_context():
        db.session.get(Unit, site.units["Harbour Motors"]).name = "=cmd<script>alert(1)</script>"
        db.session.commit()

    assert "<script>alert" not in hilde.get("/summaries").text
    assert "\r\n'=cmd<script>" in hilde.get("/summaries.csv", query_string=asked(site)).text


def test_whoever_stops_listening_ends_the_file_and_leaves_no_session(site, hilde, monkeypatch):
    sessions, ended = [], []

    @contextmanager
    def session():
        with works() as found:
            sessions.append(found)
            yield found
            sessions.remove(found)

    def pieces(given, selection):
        try:
            yield from exports.pieces(given, selection)
        finally:
            ended.append(selection)

    works = reading.session
    monkeypatch.setattr(reading, "session", session)
    monkeypatch.setattr(exports, "BLOCKS_AT_ONCE", 1)
    monkeypatch.setitem(files.FORMATS, "csv", replace(files.FORMATS["csv"], pieces=pieces))
    answer = hilde.get("/summaries.csv", query_string=asked(site), buffered=False)
    parts = answer.iter_encoded()
    assert b"# Second Wind" in next(parts)
    next(parts)
    assert (sessions, ended) == ([], [])

    answer.close()

    assert (sessions, len(ended)) == ([], 1)


def test_pieces_may_come_from_anything_that_has_a_next_one(site, hilde, monkeypatch):
    made = replace(files.FORMATS["pdf"], pieces=lambda _sessions, _selection: iter([b"%PDF", b"-"]))
    monkeypatch.setitem(files.FORMATS, "pdf", made)

    assert hilde.get("/summaries.pdf", query_string=asked(site)).data == b"%PDF-"


def test_people_above_teams_are_called_what_they_are(app, site, hilde):
    with app.app_context():
        release({site.units["Northgate"]: Released(8, "3.0"), site.units["Showroom"]: Released(8, "3.0")})
    text = hilde.get("/summaries").text

    assert "Small teams of Northgate, together" in text
    assert "People in Northgate without a figure of their own team, together" in text


def test_what_fails_at_the_beginning_is_said_in_a_page(site, hilde, monkeypatch):
    def pieces(_sessions, _selection):
        raise OSError("disk full")
        yield ""

    monkeypatch.setitem(files.FORMATS, "xlsx", replace(files.FORMATS["xlsx"], pieces=pieces))
    answer = hilde.get("/summaries.xlsx", query_string=asked(site))

    assert answer.status_code == 500
    assert "Something went wrong on our side." in answer.text


def test_too_many_blocks_for_a_workbook_are_named_and_csv_is_advised(site, hilde, monkeypatch):
    monkeypatch.setattr(xlsx_file, "MOST_BLOCKS", 3)
    answer = hilde.get("/summaries.xlsx", query_string=asked(site))

    assert answer.status_code == 400
    sentence = "A workbook takes at most 3 blocks, and these are 4. Take CSV, or choose fewer units or weeks."
    assert sentence in answer.text
    assert sentence in hilde.get("/summaries", query_string=asked(site)).text


def test_too_many_units_for_a_report_are_named(site, hilde, monkeypatch):
    monkeypatch.setattr(pdf_report, "MOST_UNITS", 1)
    answer = hilde.get("/summaries.pdf", query_string=asked(site))

    assert answer.status_code == 400
    assert "A report shows at most 1 units." in answer.text


def test_several_units_are_set_side_by_side(site, hilde):
    text = hilde.get("/summaries", query_string=asked(site)).text

    assert "2 units, 2\u200a–\u200a15 Mar 2026" in text or "2 units, 2–15 Mar 2026" in text
    assert "Mood: 2.9 on average of the 2 units with a figure" in text
    assert "low in 1 unit" in text
    assert "5 people in 2 units" in text
    assert text.count('<svg class="drawn"') == 2


def test_one_unit_alone_has_its_pictures_and_its_weeks(site, hilde):
    text = hilde.get("/summaries", query_string=asked(site, teams=["Showroom"])).text

    assert text.count('<svg class="drawn"') == 4
    assert '<h2 id="together-title">Week by week, newest first</h2>' in text
    assert "5 to 7 people" in text


def test_too_many_blocks_to_draw_are_still_in_the_files(site, hilde, monkeypatch):
    monkeypatch.setattr(summary, "MOST_BLOCKS", 1)
    text = hilde.get("/summaries", query_string=asked(site)).text

    assert "These are too many to draw on a page. The files have them all." in text
    assert "4 figures" in text
    assert "/summaries.csv?" in text


def test_more_units_and_weeks_than_a_page_draws_are_counted(site, hilde, monkeypatch):
    monkeypatch.setattr(summary, "MOST_DRAWN", 1)
    monkeypatch.setattr(summary, "MOST_WEEKS", 1)
    text = hilde.get("/summaries", query_string=asked(site)).text

    assert "1 more unit is in the files." in text
    assert "1 older week is in the files." in text
