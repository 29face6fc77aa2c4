"""Ideas: from released words alone, about the organisation and never a person, and not always the same."""

import re

import pytest

from tests.reports.weeks import week_of
from wellbeing import choices
from wellbeing.models.detail_ledger import Question, ShareWord
from wellbeing.models.ledger import CountWord
from wellbeing.reports import tact
from wellbeing.reports.advice import ADVICE, BREAKS, GENERAL, OWN_ENTRY, ROUGH
from wellbeing.reports.ideas import MOST_IDEAS, Told, ideas

FEW, SOME, MOST = ShareWord.FEW, ShareWord.SOME, ShareWord.MOST
LISTS = {
    Question.SEVERITY: choices.SEVERITIES,
    Question.BEHAVIOUR: choices.BEHAVIOURS,
    Question.CAUSE: choices.CAUSES,
    Question.CHANNEL: choices.CHANNELS,
    Question.AREA: choices.AREAS,
}
EVERY_ADVICE = [
    OWN_ENTRY,
    BREAKS,
    ROUGH,
    *GENERAL,
    *(one for table in ADVICE.values() for one in table.values()),
]


@pytest.fixture(autouse=True)
def english(app):
    """Sentences are said in English."""
    with app.test_request_context():
        yield


def told(words, above=""):
    return Told(words, {key: key.capitalize() for key in words}, above)


@pytest.mark.parametrize("question", LISTS)
def test_every_entry_of_the_counters_lists_has_its_question_and_its_step(question):
    assert {choice.key for choice in LISTS[question]} == set(ADVICE[question])


def test_every_question_that_is_ever_released_has_advice():
    assert set(ADVICE) == set(Question)
    assert len(ADVICE[Question.WEEKDAY]) == 7
    assert len(ADVICE[Question.DAY_PART]) == 3
    assert len(ADVICE[Question.SPILLOVER]) == 2


@pytest.mark.parametrize("advice", EVERY_ADVICE, ids=lambda advice: str(advice.step)[:40])
def test_no_advice_asks_anybody_to_bear_more_or_points_at_a_person(advice):
    text = f"{advice.question} {advice.step}".casefold()

    assert not re.search(r"resilien|attitude|mindset|tough|cope|smile|positive|stay calm|weakest|worst", text)
    assert str(advice.question).endswith("?")
    assert str(advice.step).endswith(".")
    assert len(str(advice.step)) <= 110


def test_where_nothing_was_released_a_general_question_takes_its_turn():
    found = [ideas({}, None, number) for number in range(len(GENERAL) * 2)]

    assert all(len(one) == 1 and one[0].because == "" for one in found)
    assert len({one[0].question for one in found}) == len(GENERAL)
    assert found[0] == found[len(GENERAL)]


def test_what_most_people_told_stands_first():
    words = {
        Question.CAUSE: told({"delay": SOME, "price": FEW}),
        Question.CHANNEL: told({"in_person": FEW, "phone": MOST, "email": FEW}),
    }

    found = ideas(words, None, 0)

    assert [idea.because for idea in found] == [
        "Channel, from most people: Phone.",
        "About what, from some people: Delay.",
    ]
    assert found[0].step == str(ADVICE[Question.CHANNEL]["phone"].step)


def test_the_strongest_entries_of_a_list_take_turns_from_week_to_week():
    words = {Question.CAUSE: told({"delay": MOST, "price": MOST, "rule": SOME})}

    found = [ideas(words, None, number)[0].because for number in range(4)]

    assert found == [
        f"About what, from most people: {label}." for label in ("Delay", "Price", "Delay", "Price")
    ]


def test_a_way_out_leads_to_an_idea_only_where_nothing_else_does():
    named = {Question.CAUSE: told({"delay": SOME, "unknown": SOME, "other": SOME})}
    alone = {Question.CAUSE: told({"delay": FEW, "unknown": SOME})}

    assert {ideas(named, None, number)[0].because for number in range(3)} == {
        "About what, from some people: Delay."
    }
    assert ideas(alone, None, 0)[0].because == "About what, from some people: Unknown."


def test_few_leads_to_no_idea():
    assert ideas({Question.CAUSE: told({"delay": FEW, "price": FEW})}, None, 3) == ideas({}, None, 3)


def test_a_day_says_something_only_where_it_stands_out():
    week = dict.fromkeys(ADVICE[Question.WEEKDAY], SOME)

    assert ideas({Question.WEEKDAY: told(week)}, None, 0)[0].because == ""
    assert ideas({Question.WEEKDAY: told(week | {"saturday": MOST})}, None, 0)[0].because == (
        "Weekday, from most people: Saturday."
    )


def test_three_ideas_come_from_three_sides():
    words = {
        question: told({key: SOME if place < 1 else FEW for place, key in enumerate(table)})
        for question, table in ADVICE.items()
    }

    for number in range(8):
        found = ideas(words, week_of("3.4", rough=8, breaks=2), number)
        assert len(found) == MOST_IDEAS
        assert len({idea.because.partition(",")[0] for idea in found}) == MOST_IDEAS


def test_an_entry_of_the_sites_own_has_a_general_step():
    words = {Question.CAUSE: Told({"site_ferry": MOST}, {"site_ferry": "Ferry late"})}

    assert ideas(words, None, 0)[0].because == "About what, from most people: Ferry late."
    assert ideas(words, None, 0)[0].step == str(OWN_ENTRY.step)


def test_words_of_a_unit_above_say_whose_they_are_and_no_area():
    words = {
        Question.CAUSE: told({"delay": MOST}, "Northgate"),
        Question.AREA: told({"parts": MOST, "service": FEW, "showroom": FEW}, "Northgate"),
    }

    (found,) = ideas(words, None, 0)

    assert found.because == (
        "About what, from most people: Delay. Told together by teams in Northgate that had too few each."
    )


def test_lower_mood_without_a_break_than_with_one_is_told_as_the_page_tells_it():
    words = {Question.SPILLOVER: told({"with_break": FEW, "without_break": MOST})}

    for number in range(2):
        (found,) = ideas(words, None, number)
        assert found.because == (
            "With a break in between: mood lower than usual for few people, or nobody. Without a break: mood "
            "lower than usual for most people. People choose when to take a break, so this is a comparison, "
            "not proof."
        )
        assert found.question == "What keeps us at the counter after a rough interaction?"


def test_a_break_that_helps_some_alone_may_be_too_short():
    words = {Question.SPILLOVER: told({"with_break": SOME, "without_break": MOST})}

    assert {ideas(words, None, number)[0].question for number in range(2)} == {
        "What keeps us at the counter after a rough interaction?",
        "Is a break here long enough, and far enough from the counter?",
    }


@pytest.mark.parametrize(
    "words",
    [
        {"with_break": SOME, "without_break": SOME},
        {"with_break": MOST, "without_break": MOST},
        {"with_break": MOST, "without_break": SOME},
        {"with_break": SOME},
        {"without_break": MOST},
    ],
)
def test_nothing_is_said_about_breaks_where_the_words_do_not_differ_for_them(words):
    assert ideas({Question.SPILLOVER: told(words)}, None, 1) == ideas({}, None, 1)


SENSITIVE = [(question, key) for question, keys in tact.SENSITIVE.items() for key in sorted(keys)]


def everything_named(found):
    return " ".join(f"{idea.because} {idea.question} {idea.step}" for idea in found)


def test_every_sensitive_entry_is_one_of_the_counters():
    assert {key for _question, key in SENSITIVE} == {
        *("discriminatory", "threatened", "physical", "distress", "own_life", "severe")
    }
    assert all(key in ADVICE[question] for question, key in SENSITIVE)


@pytest.mark.parametrize(("question", "key"), SENSITIVE)
def test_what_makes_readers_look_for_a_person_is_never_the_first_idea(question, key):
    own = {question: told({key: MOST, **{f"other{at}": FEW for at in range(3)}})}

    general, named = ideas(own, None, 0)
    assert (general.because, general.step) == ("", str(GENERAL[0].step))
    assert named.step == str(ADVICE[question][key].step)

    neutral = own | {Question.DAY_PART: told({"morning": SOME, "afternoon": FEW, "evening": FEW})}
    first, second = ideas(neutral, None, 0)
    assert first.because == "Part of the day, from some people: Morning."
    assert second == named


@pytest.mark.parametrize(("question", "key"), SENSITIVE)
def test_words_of_other_teams_that_make_readers_look_for_a_person_lead_nowhere(question, key):
    theirs = {question: told({key: MOST}, "Northgate")}

    for number in range(7):
        assert ideas(theirs, None, number) == ideas({}, None, number)


def test_what_a_site_added_to_behaviours_is_not_for_the_wall():
    found = ideas({Question.BEHAVIOUR: told({"site_stalked": MOST})}, None, 0)

    assert [idea.because for idea in found] == ["", "What happened, from most people: Site_stalked."]


def test_own_weeks_and_words_stand_before_what_other_teams_told():
    words = {
        Question.CAUSE: told({"delay": MOST}, "Northgate"),
        Question.CHANNEL: told({"phone": SOME, "email": FEW, "web": FEW}),
    }

    found = ideas(words, week_of("3.4", 12, rough=4, breaks=3), 0)

    assert [idea.because.partition(".")[0] for idea in found] == [
        "Four people had a rough interaction; three took a break",
        "Channel, from some people: Phone",
        "About what, from most people: Delay",
    ]


def test_a_week_of_small_teams_together_says_whose_it_is():
    (found,) = ideas({}, week_of("3.4", 12, rough=7, breaks=3), 0, above="Northgate")

    assert found.because.endswith("Told together by teams in Northgate that had too few each.")


def test_of_other_teams_only_neutral_causes_lead_anywhere():
    theirs = {
        question: told({key: MOST for key in list(table)[:1]}, "Northgate")
        for question, table in ADVICE.items()
    }
    theirs[Question.CAUSE] = told({"own_life": MOST, "site_x": MOST, "delay": SOME}, "Northgate")

    for number in range(4):
        (found,) = ideas(theirs, None, number)
        assert found.because.startswith("About what, from some people: Delay.")


def test_ideas_for_which_the_same_speaks_take_turns_to_be_the_first():
    words = {Question.CAUSE: told({"delay": SOME}), Question.BEHAVIOUR: told({"rude": SOME})}

    assert {ideas(words, None, number)[0].because for number in range(2)} == {
        "About what, from some people: Delay.",
        "What happened, from some people: Rude.",
    }


@pytest.mark.parametrize(
    ("rough", "breaks", "advice"),
    [
        (7, 3, BREAKS),
        (CountWord.MOST, CountWord.FEW, BREAKS),
        (3, CountWord.FEW, BREAKS),
        (CountWord.MOST, CountWord.MOST, ROUGH),
        (6, 6, ROUGH),
        (3, 4, None),
        (CountWord.FEW, CountWord.FEW, None),
    ],
)
def test_the_newest_week_leads_to_cover_or_to_what_came_up(rough, breaks, advice):
    found = ideas({}, week_of("3.4", 12, rough=rough, breaks=breaks), 0)

    assert found[0].step == str((advice or GENERAL[0]).step)


@pytest.mark.parametrize("band", [5, 8, 12, 20, 40])
def test_where_most_took_a_break_nobody_is_asked_to_make_breaks_possible(band):
    for rough in (3, band - 1, band + 2, CountWord.FEW, CountWord.MOST):
        found = ideas({}, week_of("3.4", band, rough=rough, breaks=CountWord.MOST), 0)
        assert found[0].step != str(BREAKS.step)


def test_a_week_that_is_not_shown_leads_to_nothing():
    assert ideas({}, week_of(None), 0)[0].step == str(GENERAL[0].step)


def test_many_rough_interactions_stand_before_what_some_told():
    words = {Question.CAUSE: told({"delay": SOME})}

    many = ideas(words, week_of("3.4", 12, rough=7, breaks=3), 0)
    not_many = ideas(words, week_of("3.4", 12, rough=4, breaks=3), 0)

    assert many[0].because == "Seven people had a rough interaction; three took a break."
    assert [idea.step for idea in not_many] == [idea.step for idea in many]
