"""The Monday sheet: what one page says after the newest release."""

from datetime import date, timedelta

import pytest

from tests.cast import NOW, Cast
from tests.reports.four_weeks import four_weeks
from tests.reports.ledger import Released, held, release
from wellbeing.content import arranging
from wellbeing.content.entries import every
from wellbeing.content.kinds import KINDS
from wellbeing.content.messages import message_of
from wellbeing.content.shipped import shipped
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.models.detail_ledger import Question, ShareWord
from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.models.notes import Note
from wellbeing.reports import detail, monday, reading, tact
from wellbeing.reports.advice import GENERAL
from wellbeing.reports.board import board
from wellbeing.reports.ideas import Idea
from wellbeing.reports.to_change import to_change

CALM = Released(12, "3.4", CountWord.FEW, 4)


@pytest.fixture(autouse=True)
def english(app, site: Cast):
    """Sentences are said in English."""
    with app.test_request_context():
        yield


@pytest.fixture
def counter(site: Cast) -> int:
    return site.units["Service counter"]


def sheet(unit: int, weeks: int = 0) -> monday.Sheet:
    with reading.session() as session:
        return monday.sheet(session, unit, NOW + timedelta(weeks=weeks))


def page(unit: int, weeks: int) -> tuple[Idea, ...]:
    now = NOW + timedelta(weeks=weeks)
    with reading.session() as session:
        found = board(session, unit, 26, now)
        return to_change(session, found, detail.four_weeks(session, found.path, now))


def note(unit: int, day: date, text: str) -> None:
    db.session.add(Note(unit_id=unit, happened_on=day, text=text))
    db.session.commit()


def test_the_sheet_tells_the_newest_week_in_order(counter: int):
    release({counter: CALM})
    release({counter: CALM})

    found = sheet(counter, 2)

    assert (found.unit, found.path) == ("Service counter", ("Harbour Motors", "Northgate"))
    assert found.days == "9–15 Mar 2026"
    assert found.headline.startswith("Mood was 3.4 last week")
    assert found.sentences[0] == "Few people had a rough interaction; four took a break."
    assert found.mood is not None and found.people is not None
    assert found.reason == ""
    assert found.fine_print[-1] == "The team, its managers and HR see exactly this sheet."


def test_where_last_week_is_not_shown_the_newest_figure_is_told(counter: int):
    release({counter: CALM})
    held()

    found = sheet(counter, 2)

    assert found.headline == "Last week is not shown."
    assert found.days == "2–8 Mar 2026"
    assert "The newest figure is from 2–8 Mar 2026: mood 3.4." in found.sentences
    assert found.mood is not None


def test_a_quarter_without_a_figure_has_no_picture(counter: int):
    release({counter: CALM})
    held(13)

    assert (sheet(counter, 14).mood, sheet(counter, 14).people) == (None, None)


def test_a_small_team_has_its_parents_figure_and_the_reason(site: Cast):
    release({site.units["Harbour Motors"]: Released(5, MoodWord.LOW)})

    found = sheet(site.units["Parts"], 1)

    assert found.headline == (
        "People in Harbour Motors without a figure of their own team, together: Mood was low last week."
    )
    assert found.reason.startswith("Parts has fewer than seven people")


def test_a_new_site_has_a_sheet_to_talk_over_already(counter: int):
    found = sheet(counter)

    assert found.days == ""
    assert (found.mood, found.people) == (None, None)
    assert (found.because, found.question) == ("", str(GENERAL[0].question))
    assert found.message == of_teams(NOW.date())


def of_teams(day: date) -> str:
    """Return what sheets for teams quote on a day."""
    found = message_of(db.session(), day, "en", for_teams=True)
    assert found is not None
    return found.text


def test_a_message_stays_for_the_whole_week(counter: int):
    release({counter: CALM})
    days = [sheet(counter).message for _day in range(2)]

    with reading.session() as session:
        later = monday.sheet(session, counter, NOW + timedelta(days=11)).message

    assert {*days, later} == {of_teams(date(2026, 3, 9))}


def test_the_newest_four_changes_of_the_quarter_are_told(site: Cast, counter: int):
    release({counter: CALM})
    note(counter, date(2025, 11, 1), "Long ago")
    for day in range(2, 7):
        note(counter, date(2026, 3, day), f"Change {day}")
    note(site.units["Northgate"], date(2026, 3, 7), "For all")
    note(site.units["Showroom"], date(2026, 3, 7), "Of others")

    assert sheet(counter, 1).changed == (
        "4 Mar: Change 4",
        "5 Mar: Change 5",
        "6 Mar: Change 6",
        "7 Mar: For all (Northgate)",
    )


def test_the_sheet_has_the_first_of_the_pages_ideas_and_it_takes_turns(counter: int):
    told = {
        Question.CAUSE: {"delay": ShareWord.MOST},
        Question.BEHAVIOUR: {"rude": ShareWord.MOST},
        Question.CHANNEL: {"phone": ShareWord.MOST, "email": ShareWord.FEW, "web": ShareWord.FEW},
    }
    four_weeks({counter: told})
    seen = []
    for week in range(1, 4):
        release({counter: CALM})
        found = sheet(counter, week)
        seen.append(found.because)
        assert (found.because, found.idea) == (page(counter, week)[0].because, page(counter, week)[0].step)

    assert len(set(seen)) == 3


EVERYTHING_SENSITIVE = {
    question: {**dict.fromkeys(sorted(keys), ShareWord.MOST), "other": ShareWord.FEW, "rude": ShareWord.FEW}
    for question, keys in tact.SENSITIVE.items()
}


@pytest.mark.parametrize("told_by", ["Service counter", "Northgate"])
def test_a_sheet_on_the_wall_names_nothing_that_makes_readers_look_for_a_person(
    site: Cast, counter: int, told_by: str
):
    four_weeks({site.units[told_by]: EVERYTHING_SENSITIVE})
    for week in range(1, 9):
        release({counter: CALM}) if week % 2 else held()
        for unit in (counter, site.units["Parts"]):
            found = sheet(unit, week)
            said = f"{found.because} {found.question} {found.idea}".casefold()
            assert found.because == ""
            for word in ("discriminat", "sexual", "threat", "physical", "severe", "distress", "own life"):
                assert word not in said


def test_the_page_of_a_small_team_names_nothing_of_others_that_points_at_a_person(site: Cast):
    four_weeks({site.units["Northgate"]: EVERYTHING_SENSITIVE})
    release({site.units["Harbour Motors"]: CALM})

    assert [idea.because for idea in page(site.units["Parts"], 1)] == [""]


def test_words_of_the_site_lead_to_ideas_for_a_team_that_had_too_few(site: Cast, counter: int):
    four_weeks(
        {site.units["Northgate"]: {Question.CAUSE: {"delay": ShareWord.MOST, "site_x": ShareWord.FEW}}}
    )

    found = sheet(counter)

    assert found.because == (
        "About what, from most people: Delay or late status. "
        "Told together by teams in Northgate that had too few each."
    )
    assert found.idea.startswith("Name one person a shift")


def test_an_older_period_of_the_page_leads_to_no_other_ideas(counter: int):
    release({counter: Released(12, "3.4", CountWord.MOST, CountWord.FEW)})
    held()

    with reading.session() as session:
        ideas = to_change(session, board(session, counter, 26, NOW + timedelta(weeks=2)), None)

    assert [idea.because for idea in ideas] == [""]


def test_a_closed_unit_has_its_past_and_nothing_to_change(counter: int):
    release({counter: CALM})
    unit = db.session.get_one(Unit, counter)
    unit.closed_on = date(2026, 3, 16)
    db.session.commit()

    found = sheet(counter, 3)

    assert (found.because, found.question, found.idea) == ("", "", "")
    assert "is closed since" in found.reason
    assert found.fine_print == ("The team, its managers and HR see exactly this sheet.",)


def test_the_organisations_own_sheet_says_whose_mood_it_is(site: Cast):
    release({site.units["Harbour Motors"]: CALM})

    found = sheet(site.units["Harbour Motors"], 1)

    assert found.headline == (
        "People in Harbour Motors without a figure of their own team, together: Mood was 3.4 last week."
    )
    assert (found.reason, found.teams) == ("", ())
    assert found.fine_print[-1] == "Everybody who may open this sheet sees exactly this."


def test_a_sites_sheet_knows_the_teams_that_have_their_own(site: Cast, counter: int):
    release({counter: CALM, site.units["Northgate"]: CALM, site.units["Showroom"]: CALM})
    db.session.get_one(Unit, site.units["Showroom"]).closed_on = date(2026, 3, 9)
    db.session.commit()

    found = sheet(site.units["Northgate"], 1)

    assert [(place.unit.name, place.site) for place in found.teams] == [("Service counter", None)]
    assert found.reason == (
        "Teams with figures of their own have a sheet each: none of their figures is in this one."
    )
    assert sheet(counter, 1).teams == ()
    ((whole,),) = [sheet(site.units["Harbour Motors"], 1).teams]
    assert (whole.unit.name, whole.site.name) == ("Service counter", "Northgate")


def test_a_site_without_messages_has_a_sheet_without_one(site: Cast, counter: int):
    for entry in every(db.session(), "message"):
        arranging.take_away(db.session(), KINDS["message"], entry.key)

    assert (sheet(counter).message, sheet(counter).author) == ("", "")


def test_no_sheet_quotes_what_tells_people_how_to_feel(counter: int):
    for_teams = [entry for entry in shipped("message") if entry.words["plain"].get("for_teams")]
    found = {of_teams(NOW.date() + timedelta(days=day)) for day in range(60)}

    assert len(found) == len(for_teams) >= 2
    assert not any("miserable" in text or "be calm" in text for text in found)
