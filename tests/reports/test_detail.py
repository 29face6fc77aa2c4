"""What a page says of rough interactions: words of four weeks, the nearest ones, and never a number."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import force_locale

from tests.cast import Cast
from tests.reports.four_weeks import four_weeks
from wellbeing import choices
from wellbeing.disclosure import rules, shares
from wellbeing.disclosure.categories import FIXED
from wellbeing.disclosure.detail_ledger import TICK_DAYS
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.models.changes import UnitMerge
from wellbeing.models.detail_ledger import Question, ShareWord
from wellbeing.models.lists import ListEntry, ListName
from wellbeing.models.settings import Settings
from wellbeing.moments import DAY_PARTS, WEEKDAYS
from wellbeing.reports import detail, detail_words, reading, units
from wellbeing.reports.detail import FourWeeks, Row

FEW, SOME, MOST = ShareWord.FEW, ShareWord.SOME, ShareWord.MOST
IN_APRIL = datetime(2026, 4, 1, 9, tzinfo=UTC)
CHANNELS = {choice.key: FEW for choice in choices.CHANNELS} | {"phone": MOST, "in_person": SOME, "web": SOME}
HARD = {"unpleasant": FEW, "hard": SOME, "severe": FEW}


@pytest.fixture
def house(app: Flask, site: Cast) -> Iterator[dict[str, int]]:
    """The cast's units by name, inside the app."""
    with app.app_context():
        yield dict(site.units)


def page(unit_id: int, now: datetime = IN_APRIL) -> FourWeeks | None:
    with reading.session() as session:
        return detail.four_weeks(session, units.path(session, unit_id), now)


def found_of(unit_id: int, now: datetime = IN_APRIL) -> FourWeeks:
    found = page(unit_id, now)
    assert found is not None
    return found


def only_row(found: FourWeeks) -> Row:
    ((row,),) = [group.rows for group in found.groups]
    return row


def test_a_team_reads_its_own_words_in_the_order_of_the_list(house):
    four_weeks({house["Service counter"]: {Question.CHANNEL: CHANNELS}})

    found = found_of(house["Service counter"])

    assert (found.days, [group.whose for group in found.groups]) == ("2–29 Mar 2026", [""])
    row = only_row(found)
    assert (row.title, row.most, row.some) == ("Channel", ("Phone",), ("In person", "Web enquiry or chat"))
    assert row.few == ("E-mail", "Text message", "Social media", "Review site", "Survey", "Other")
    assert found.few == (row,)
    assert "at least 20 people took part and at least 10 of them had" in found.how
    assert found.coming == "The next words come on Monday 27 April."
    assert found.missing.startswith(
        "Not shown, because too few people had something to tell: How hard it was · "
    )


def test_each_question_is_taken_from_the_nearest_unit_above(house):
    four_weeks(
        {
            house["Harbour Motors"]: {Question.SEVERITY: HARD, Question.AREA: {"parts": MOST}},
            house["Northgate"]: {Question.SEVERITY: HARD, Question.CHANNEL: CHANNELS},
            house["Parts"]: {Question.CHANNEL: CHANNELS},
            house["Showroom"]: {Question.CAUSE: {"delay": MOST}},
        }
    )

    groups = found_of(house["Parts"]).groups

    assert [[row.title for row in group.rows] for group in groups] == [
        ["Channel"],
        ["How hard it was"],
        ["Area"],
    ]
    assert groups[0].whose == ""
    assert groups[1].whose.startswith(
        "Parts had too few people for words of its own. These are of everybody in"
    )
    assert "everybody in Northgate whose" in groups[1].whose
    assert "everybody in Harbour Motors whose" in groups[2].whose


def test_a_site_reads_that_its_words_are_of_small_teams(house):
    four_weeks({house["Northgate"]: {Question.SEVERITY: HARD}})

    whose = found_of(house["Northgate"]).groups[0].whose

    assert whose == "About people in Northgate whose own team had too few for words, together."


def test_only_the_newest_four_weeks_are_told(house):
    four_weeks({house["Parts"]: {Question.SEVERITY: HARD}})
    four_weeks({house["Showroom"]: {Question.SEVERITY: HARD}})

    found = found_of(house["Parts"])

    assert (found.groups, found.missing) == ((), "")
    assert found.days.startswith("30 Mar") and found.days.endswith("26 Apr 2026")
    assert found.how.startswith("Nothing is shown: fewer than 20 people took part, or fewer than 10 of them")


def test_a_site_without_words_reads_whom_that_is_about(house):
    four_weeks({})

    assert found_of(house["Northgate"]).how.startswith("About people in Northgate whose own team had too few")


def test_before_the_first_four_weeks_have_ended_people_read_what_will_come(house):
    found = found_of(house["Parts"], datetime(2026, 3, 4, 9, tzinfo=UTC))

    assert (found.days, found.groups) == ("", ())
    assert found.how.startswith("It is told every four weeks, in words, if at least 20 people take part")
    assert found.coming == "The next words come on Monday 30 March."


def test_what_is_due_and_not_there_yet_is_on_its_way(house):
    assert found_of(house["Parts"], datetime(2026, 3, 30, 9, tzinfo=UTC)).coming == (
        "The next words are on their way."
    )


def test_a_stricter_site_asks_for_more_people(house):
    site = db.session.get_one(Settings, 1)
    site.people_needed = site.own_pool_from = 12
    db.session.commit()
    assert "at least 20 people take part and at least 12" in found_of(house["Parts"]).how

    four_weeks({house["Showroom"]: {Question.SEVERITY: HARD}}, people=30, rough=15)
    assert "fewer than 30 people took part, or fewer than 15" in found_of(house["Parts"]).how


def test_an_entry_that_is_no_longer_offered_keeps_its_words(house):
    db.session.add_all(
        [
            ListEntry(list_name=ListName.AREA, key="parts", position=0, retired_on=date(2026, 3, 20)),
            ListEntry(
                list_name=ListName.AREA,
                key="site_wash",
                position=9,
                label="Car wash",
                retired_on=date(2026, 3, 20),
            ),
        ]
    )
    db.session.commit()
    four_weeks({house["Parts"]: {Question.AREA: {"site_wash": SOME, "parts": SOME, "of_old": SOME}}})

    assert only_row(found_of(house["Parts"])).some == ("Parts", "Car wash", "of_old")


def spillover(words: dict[str, ShareWord], house: dict[str, int]) -> tuple[str, ...]:
    four_weeks({house["Harbour Motors"]: {Question.SPILLOVER: words}})
    return only_row(found_of(house["Harbour Motors"])).sentences


def test_mood_after_a_rough_one_is_compared_with_and_without_a_break(house):
    assert spillover({"with_break": FEW, "without_break": MOST}, house) == (
        "With a break in between: mood lower than usual for few people, or nobody.",
        "Without a break: mood lower than usual for most people.",
        "People choose when to take a break, so this is a comparison, not proof.",
    )


@pytest.mark.parametrize("kind", ["with_break", "without_break"])
def test_where_only_one_kind_has_a_word_nothing_is_compared(house, kind: str):
    (sentence,) = spillover({kind: SOME}, house)

    assert sentence.endswith("mood lower than usual for some people.")


def test_where_every_question_was_released_none_is_missing(house):
    said = {question: {"with_break": SOME} for question in Question}
    four_weeks({house["Parts"]: said})

    assert found_of(house["Parts"]).missing == ""


@pytest.mark.parametrize(
    "change",
    [
        lambda house: setattr(db.session.get_one(Unit, house["Parts"]), "closed_on", date(2026, 3, 9)),
        lambda house: db.session.add(
            UnitMerge(
                unit_id=house["Showroom"], into_unit_id=house["Parts"], takes_effect_on=date(2026, 4, 6)
            )
        ),
        lambda house: setattr(db.session.get_one(Settings, 1), "confirmed_at", None),
        lambda house: setattr(db.session.get_one(Settings, 1), "own_pool_from", 99),
    ],
    ids=["closed", "not open yet", "not set up", "too small"],
)
def test_nothing_is_promised_where_no_words_will_come(house, change):
    change(house)
    db.session.commit()

    assert page(house["Parts"]) is None


def test_what_the_words_rest_on_is_what_releases_ask_for():
    assert (detail.PARTICIPANTS_NEEDED, detail.EVENT_PEOPLE_NEEDED, detail.TICK_DAYS) == (
        rules.PARTICIPANTS_NEEDED,
        rules.EVENT_PEOPLE_NEEDED,
        TICK_DAYS,
    )
    assert (detail_words.WITH_BREAK, detail_words.WITHOUT_BREAK) == (shares.WITH_BREAK, shares.WITHOUT_BREAK)


def test_every_category_that_is_the_same_everywhere_has_its_words(house):
    known = detail_words.fixed()

    assert {question: tuple(words) for question, words in known.items()} == FIXED
    assert (tuple(known[Question.WEEKDAY]), tuple(known[Question.DAY_PART])) == (WEEKDAYS, DAY_PARTS)


def test_it_is_said_in_spanish_too(house):
    four_weeks({house["Northgate"]: {Question.WEEKDAY: {"tuesday": MOST, "sunday": FEW}}})

    with force_locale("es"):
        found = found_of(house["Parts"])

    assert only_row(found).most == ("martes",)
    assert "al menos 20 personas" in found.how
    assert "Northgate" in found.groups[0].whose and "equipo" in found.groups[0].whose


@pytest.mark.parametrize(
    ("question", "words", "alike", "stands_out"),
    [
        (Question.CHANNEL, {"phone": SOME, "email": SOME}, True, False),
        (Question.CHANNEL, {"phone": MOST, "email": MOST}, True, False),
        (Question.CHANNEL, {"phone": FEW, "email": FEW}, True, False),
        (Question.CHANNEL, {"phone": SOME, "email": FEW}, False, False),
        (Question.CHANNEL, {"phone": SOME, "email": FEW, "web": FEW}, False, True),
        (Question.CHANNEL, {"phone": MOST, "email": SOME}, False, True),
        (Question.SPILLOVER, {"with_break": SOME, "without_break": SOME}, True, False),
        (Question.SPILLOVER, {"with_break": SOME, "without_break": MOST}, False, True),
    ],
)
def test_only_what_differs_from_the_rest_stands_out(house, question, words, alike, stands_out):
    four_weeks({house["Parts"]: {question: words}})

    found = found_of(house["Parts"])

    assert (only_row(found).alike, found.stands_out) == (alike, stands_out)
