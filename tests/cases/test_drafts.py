"""What somebody types for a case is kept as it is, or comes back with a sentence beside the field."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from tests.cast import NOW
from wellbeing.cases.checks import CaseRefused
from wellbeing.cases.closing import Closing, NotBetter, TypedClosing, closing
from wellbeing.cases.drafts import Offered, Typed, draft, note
from wellbeing.models.cases import Outcome, Reading

MADRID = ZoneInfo("Europe/Madrid")
OFFERED = Offered(frozenset({"phone", "email"}), frozenset({"parts"}), frozenset({"delay"}))
USUAL = Typed(
    channel="phone",
    came="2026-03-04T09:15",
    what="  The gearbox seal was not there,\nas we had said.  ",
    order_number="RO-48213",
    area="parts",
    cause="delay",
    tried_before="email",
    promised="A call by noon",
    next_step="Ask the supplier",
    due="2026-03-06",
    recontact="2026-03-09",
    threatened=True,
)


@pytest.fixture(autouse=True)
def _in_english(app: Flask):
    with app.app_context():
        yield


def why(**typed: object) -> dict[str, str]:
    with pytest.raises(CaseRefused) as refused:
        draft(replace(USUAL, **typed), OFFERED, MADRID, NOW)
    return dict(refused.value.why)


def test_a_case_is_kept_as_it_was_meant():
    found = draft(USUAL, OFFERED, MADRID, NOW)

    assert found.came_at == datetime(2026, 3, 4, 8, 15, tzinfo=UTC)
    assert found.what == "The gearbox seal was not there, as we had said."
    assert (found.area, found.cause, found.tried_before) == ("parts", "delay", "email")
    assert (found.due_on, found.recontact_on) == (date(2026, 3, 6), date(2026, 3, 9))
    assert found.threatened and not found.proactive


def test_little_is_enough_to_begin_and_good_faith_is_where_everybody_starts():
    found = draft(Typed("phone", "2026-03-04T12:30:30", "No answer"), OFFERED, MADRID, NOW)

    assert found.came_at == NOW
    assert (found.area, found.cause, found.tried_before, found.due_on) == (None, None, None, None)
    assert found.reading is Reading.GOOD_FAITH
    assert draft(replace(USUAL, reading="ill_will"), OFFERED, MADRID, NOW).reading is Reading.ILL_WILL
    assert draft(replace(USUAL, reading="?"), OFFERED, MADRID, NOW).reading is Reading.GOOD_FAITH


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("what", "Call Mr Smith back", 'somebody\'s name: "Mr Smith"'),
        ("what", "Call 0161 496 0000 back", 'a phone number: "0161 496 0000"'),
        ("promised", "A letter to ann@example.org", 'an e-mail address: "ann@example.org"'),
        ("next_step", "Text them on +34 600 111 222", "a phone number"),
        ("order_number", "0161 496 0000", "a phone number"),
        ("what", "", "in a sentence"),
        ("what", "x" * 401, "At most 400 characters; this has 401."),
        ("what", "a\0b", "cannot be seen"),
        ("what", "\u200b \u200b", "cannot be seen"),
        ("what", "paid \u202e00001", "cannot be seen"),
        ("channel", "", "how they came"),
        ("channel", "pigeon", "Choose one of the list."),
        ("area", "roof", "Choose one of the list."),
        ("came", "yesterday", "Choose a day and a time"),
        ("came", "2026-02-30T10:00", "Choose a day and a time"),
        ("came", "1999-02-03T10:00", "Choose a day and a time"),
        ("came", "2026-03-04T15:00", "not one to come"),
        ("came", "2024-03-04T15:00", "of the last year"),
        ("due", "Friday", "Choose a day, such as"),
        ("due", "2026-02-30", "Choose a day, such as"),
        ("due", "2026-03-03", "from today on"),
        ("recontact", "2028-03-03", "within a year"),
        ("due", "", "by when"),
        ("next_step", "", "what happens on that day"),
    ],
)
def test_what_cannot_be_kept_comes_back_with_a_sentence_beside_it(field: str, typed: str, sentence: str):
    found = why(**{field: typed})

    assert list(found) == [field]
    assert sentence in found[field]


def test_everything_that_is_wrong_is_said_at_once():
    assert why(channel="", what="", came="").keys() == {"channel", "what", "came"}


@pytest.mark.parametrize("number", ["RO-48213", "1000482134", "4000482134-77", "#20261104"])
def test_an_order_number_is_no_phone_number(number: str):
    assert draft(replace(USUAL, order_number=number), OFFERED, MADRID, NOW).order_number == number


def test_a_day_that_is_over_may_stay_where_it_stands_already():
    past = date(2026, 3, 1)

    assert draft(replace(USUAL, due="2026-03-01"), OFFERED, MADRID, NOW, [past]).due_on == past


def test_a_note_has_words_and_nobodys_number():
    assert note(" Spoke with them. ") == "Spoke with them."
    for typed in ("  ", "0161 496 0000"):
        with pytest.raises(CaseRefused) as refused:
            note(typed)
        assert list(refused.value.why) == ["text"]


PASSED = TypedClosing("yes", "no", "stayed", "We call before noon", "2026-03-08")


def test_a_case_that_passes_the_shoes_test_can_be_closed():
    found = closing(PASSED, NOW.date())

    assert found == Closing(False, Outcome.STAYED, "We call before noon", date(2026, 3, 8))


def test_a_solution_that_would_not_make_anybody_feel_better_closes_nothing():
    with pytest.raises(NotBetter):
        closing(replace(PASSED, felt_better="no", outcome=""), NOW.date())


def test_every_closing_question_wants_its_answer():
    with pytest.raises(CaseRefused) as refused:
        closing(TypedClosing("", "perhaps", "won", "Mr Smith", "2020-01-01"), NOW.date() + timedelta())

    asked = {"felt_better", "mattered", "outcome", "prevention", "recontact"}
    assert refused.value.why.keys() == asked
    assert str(refused.value).count(",") == len(asked) - 1
