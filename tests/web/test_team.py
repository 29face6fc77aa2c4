"""The mood pages of units: who may open them, and what they say."""

import json
import re
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa
import time_machine

from tests.reports.ledger import Released, held, release
from wellbeing.models import pending
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.models.epochs import FigureAbove
from wellbeing.models.ledger import MoodWord
from wellbeing.models.notes import Note

SCRIPT = "</script><script>alert(1)</script>"


@pytest.fixture
def released(app, site):
    """Two weeks of the service counter, one of the organisation's own pool."""
    with app.app_context():
        counter, top = site.units["Service counter"], site.units["Harbour Motors"]
        release({counter: Released(12, "3.4", 5)})
        release({counter: Released(12, "3.5", 6), top: Released(5, MoodWord.LOW)})


@pytest.fixture
def enter(client, sign_in):
    """Sign somebody in and return their browser."""
    return lambda name: sign_in(client, name)


def page(browser, site, team="Service counter", query=""):
    return browser.get(f"/team/{site.units[team]}{query}")


def figures_in(text):
    found = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', text, re.S)
    return [json.loads(figure) for figure in found]


def test_a_manager_sees_the_teams_weeks(site, released, enter):
    text = page(enter("alba"), site).text

    assert "no clear change from before" in text
    assert "Six people had a rough interaction; few took a break." in text
    assert text.count('<th scope="row"') == 2
    assert [len(figure["data"]) > 0 for figure in figures_in(text)] == [True, True]


def test_picture_and_headline_agree_on_what_is_news(app, site, enter):
    """3.8 lies beyond the band around 3.3 (half of it: .47), and is not yet clear between two weeks (.66)."""
    with app.app_context():
        for mood in ("3.3", "3.8"):
            release({site.units["Service counter"]: Released(12, mood)})

    text = page(enter("alba"), site).text

    assert "no clear change from before" in text
    assert "Most moves are chance" in text
    assert "only a move out of it" not in text


def test_staff_read_exactly_what_their_manager_reads(app, site, released, client, sign_in):
    """The menu and the name at the foot differ; what stands between them does not, for HR either."""
    read = []
    for name in ("alba", "sol", "hilde"):
        browser = sign_in(app.test_client(), name)
        read.append(re.search("<main.*</main>", page(browser, site).text, re.S)[0])

    assert read[0] == read[1]
    # HR may also open what is above, so the way to the unit has links there.
    assert read[0].split("</nav>", 1)[1] == read[2].split("</nav>", 1)[1]


@pytest.mark.parametrize("team", ["Showroom", "Parts", "Northgate", "Harbour Motors"])
def test_other_units_do_not_exist_for_a_manager(site, enter, team):
    assert page(enter("alba"), site, team).status_code == 404


@pytest.mark.parametrize("unit", ["0", "999", "99999999999999999999999", "-1", "abc"])
def test_unknown_units_do_not_exist(site, enter, unit):
    assert enter("hilde").get(f"/team/{unit}").status_code == 404


def test_somebody_not_signed_in_is_asked_to(site, client):
    assert page(client, site).status_code == 302
    assert client.get("/team/").status_code == 302


def test_a_single_team_opens_at_once(site, enter):
    answer = enter("sol").get("/team/")

    assert answer.status_code == 302
    assert answer.location.endswith(f"/team/{site.units['Service counter']}")


@pytest.mark.parametrize(("day", "new"), [(9, True), (11, True), (12, False)])
def test_staff_of_a_single_team_are_told_for_three_days_that_new_figures_are_out(app, site, enter, day, new):
    with app.app_context():
        release({site.units["Service counter"]: Released()})

    with time_machine.travel(datetime(2026, 3, day, 12, tzinfo=UTC)):
        text = enter("sol").get("/team/", follow_redirects=True).text

    assert ("The figures of 2–8 Mar 2026 are out. Your team and its managers read" in text) is new


def test_a_closed_team_and_a_site_are_told_of_no_new_figures_of_theirs(app, site, enter):
    with app.app_context():
        release({site.units["Service counter"]: Released()})
        db.session.get_one(Unit, site.units["Parts"]).closed_on = date(2026, 3, 9)
        db.session.get_one(Unit, site.units["Parts"]).parent_id = site.units["Showroom"]
        db.session.commit()

    with time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC)):
        browser = enter("hilde")
        for unit in ("Parts", "Northgate"):
            assert "are out." not in page(browser, site, unit).text
        assert "are out." in page(browser, site, "Showroom").text


def test_hr_finds_every_unit_in_the_order_of_the_organisation(site, enter):
    text = enter("hilde").get("/team/").text

    names = re.findall(r'href="/team/\d+">([^<]+)</a>', text)
    assert names == ["Harbour Motors", "Northgate", "Parts", "Service counter", "Showroom"]


def test_a_small_team_reads_whose_figure_it_sees_and_why(site, released, enter):
    text = page(enter("tess"), site, "Parts").text

    assert "Parts has fewer than seven people whose answers can count" in text
    assert "Mood was low" in text
    assert "What was released about Harbour Motors" in text


def test_a_new_site_reads_when_figures_begin(site, enter):
    text = page(enter("alba"), site).text

    assert "Nothing has been released for Service counter yet." in text
    assert "First figures come on Monday 9 March" in text
    assert "data-chart" not in text
    assert "plotly" not in text


def test_a_page_of_weeks_that_are_not_shown_has_no_empty_picture(app, site, enter):
    with app.app_context():
        release({site.units["Service counter"]: Released()})
        held()

    text = page(enter("alba"), site, query="?weeks=1").text

    assert "data-chart" not in text
    assert "not shown" in text


def test_a_view_can_be_shorter(site, released, enter):
    text = page(enter("alba"), site, query="?weeks=1").text

    assert text.count('<th scope="row"') == 1


@pytest.mark.parametrize(
    "query",
    [
        "?weeks=0",
        "?weeks=157",
        "?weeks=abc",
        "?weeks=-1",
        "?weeks=",
        "?weeks=1&weeks=2",
        "?weeks=٣",
        "?weeks=1e9",
    ],
)
def test_a_number_of_weeks_that_makes_no_sense_is_named(site, released, enter, query):
    answer = page(enter("alba"), site, query=query)

    assert answer.status_code == 400
    assert "whole number from 1 to 156" in answer.text


def test_a_period_shows_whole_weeks_and_says_so_while_the_headline_stays(site, released, enter):
    text = page(enter("alba"), site, query="?from=2026-03-04&to=2026-03-05").text

    assert "Whole weeks only: 2–8 Mar 2026." in text
    assert text.count('<th scope="row"') == 1
    assert "Six people had a rough interaction" in text
    assert 'name="from" value="2026-03-02"' in text and 'name="to" value="2026-03-08"' in text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        (
            "?from=2026-03-09&to=2026-03-02",
            "The period ends on 2 Mar 2026, before it begins on 9 Mar 2026. Swap the two days.",
        ),
        ("?from=soon", "Choose one day for each end of the period, such as 31 Aug 2026."),
        ("?from=2020-01-01&to=2020-12-31", "Nothing was released about Service counter for those days"),
        ("?from=2030-01-01", "What there is reaches over 2–15 Mar 2026"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused_beside_its_form(site, released, enter, query, sentence):
    answer = page(enter("alba"), site, query=query)

    assert answer.status_code == 400
    assert answer.text.index('name="to"') < answer.text.index(sentence) < answer.text.index("Week by week")
    assert answer.text.count('<th scope="row"') == 2


def test_the_days_that_were_refused_stand_in_the_form(site, released, enter):
    text = page(enter("alba"), site, query="?from=2026-03-09&to=2026-03-02").text

    assert re.search('name="from" value="2026-03-09" aria-describedby="refused"', text)
    assert re.search('name="to" value="2026-03-02" aria-describedby="refused"', text)
    assert re.search(r"<details open>\s*<summary>Between two days", text)


def test_nonsense_before_anything_was_released_is_named_too(site, enter):
    answer = page(enter("alba"), site, query="?from=soon")

    assert answer.status_code == 400
    assert "Choose one day for each end of the period" in answer.text


def test_another_period_changes_nothing_of_what_to_change(app, site, released, enter):
    """Six of twelve had a rough one in the newest week alone."""
    browser = enter("alba")

    said = []
    for query in ("", "?weeks=1", "?from=2026-03-02&to=2026-03-08", "?from=soon"):
        said.append(
            re.search(
                '<section class="card to-change".*?</section>', page(browser, site, query=query).text, re.S
            )[0]
        )

    assert "Six people had a rough interaction" in said[0]
    assert set(said) == {said[0]}


def test_a_period_before_anything_was_released_is_an_empty_page(site, enter):
    answer = page(enter("alba"), site, query="?from=2026-03-02")

    assert answer.status_code == 200
    assert "Nothing has been released for Service counter yet." in answer.text


def test_an_endless_filter_is_too_large(site, released, enter):
    answer = page(enter("alba"), site, query="?from=" + "9" * 1_000_000)

    assert answer.status_code == 413
    assert "That is too large." in answer.text


def test_what_was_changed_stands_in_both_pictures_and_their_figures(app, site, released, enter):
    with app.app_context():
        text = "Second <b>person</b>"
        db.session.add(Note(unit_id=site.units["Northgate"], happened_on=date(2026, 3, 10), text=text))
        db.session.commit()

    text = page(enter("alba"), site).text

    assert text.count("10 Mar: Second &lt;b&gt;person&lt;/b&gt; (Northgate)</li>") == 2
    assert "<b>person" not in text
    notes = [note["text"] for figure in figures_in(text) for note in figure["layout"]["annotations"]]
    assert notes.count("1") == 2


def test_pages_beside_the_figures_are_one_tap_away(site, released, enter):
    text = page(enter("alba"), site).text

    for name in ("Monday sheet", "What we changed", "Who looked", "Who changed teams"):
        assert f">{name}</a>" in text


def test_longer_views_are_offered_where_there_is_more_to_see(app, site, released, enter):
    browser = enter("alba")
    assert "weeks=52" not in page(browser, site).text
    assert "weeks=52" not in page(browser, site, query="?weeks=2").text

    with app.app_context():
        held(24)
    assert "weeks=52" not in page(browser, site).text

    with app.app_context():
        held()
    for query in ("", "?weeks=2", "?weeks=52", "?from=2026-03-02"):
        text = page(browser, site, query=query).text
        assert "weeks=52" in text and "weeks=104" not in text


def test_the_figure_above_reaches_back_to_when_it_became_a_small_teams_own(app, site, released, enter):
    with app.app_context():
        held(26)
        for row in db.session.query(FigureAbove):
            row.from_number = 3
        db.session.commit()

    assert "weeks=52" not in page(enter("tess"), site, "Parts").text
    with app.app_context():
        db.session.query(FigureAbove).update({"from_number": 1})
        db.session.commit()
    assert "weeks=52" in page(enter("tess"), site, "Parts").text


def test_who_sees_a_page_is_told_as_it_is(site, released, enter):
    browser = enter("hilde")

    assert "The team, its managers and HR see exactly this page." in page(browser, site).text
    for above in ("Northgate", "Harbour Motors"):
        text = page(browser, site, above).text
        assert "Everybody who may open this page sees exactly this." in text
        assert "its managers and HR" not in text


def test_a_unit_called_like_a_script_stays_text(app, site, enter):
    with app.app_context():
        db.session.get(Unit, site.units["Service counter"]).name = SCRIPT
        db.session.get(Unit, site.units["Northgate"]).name = "<b>North"
        db.session.commit()
        release({site.units["Service counter"]: Released()})

    browser = enter("hilde")
    for path in ("/team/", f"/team/{site.units['Service counter']}", f"/team/{site.units['Northgate']}"):
        text = browser.get(path).text
        assert "alert(1)</script>" not in text
        assert "&lt;/script&gt;" in text
        figures_in(text)


def test_no_statement_behind_these_pages_names_a_pending_table(app, site, released, enter):
    tables = [model.__tablename__ for model in vars(pending).values() if hasattr(model, "__tablename__")]
    browser = enter("hilde")
    said = []
    with app.app_context():
        for engine in (app.extensions["reading"], db.engine):
            sa.event.listen(engine, "before_cursor_execute", lambda *found: said.append(found[2]))
    for path in ("/team/", *(f"/team/{unit}" for unit in site.units.values()), "/summaries"):
        assert browser.get(path).status_code == 200

    assert said and "pending" in tables
    assert not [
        text for text in said for table in [*tables, "epoch", "place"] if re.search(rf"\b{table}\b", text)
    ]
