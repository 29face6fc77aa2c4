"""What a manager types for a notice: times that exist, few words, and nobody's name or number."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW
from wellbeing.notice_draft import Draft, NoticeRefused, Typed, draft

MADRID = ZoneInfo("Europe/Madrid")
GOOD = {
    "what": "Loan cars are late",
    "words": "Your loan car will be here by three.",
    "starts": "2026-03-04T12:00",
    "ends": "2026-03-04T15:00",
    "whom": "Customers of today's pick-ups",
}


@pytest.fixture(autouse=True)
def in_english(app: Flask):
    with app.app_context():
        yield


def typed(now: datetime = NOW, **said: str) -> Draft:
    return draft(Typed(**GOOD | said), MADRID, now)


def refused(**said: str) -> tuple[str, str]:
    """Return the field and the sentence with which it is refused."""
    with pytest.raises(NoticeRefused) as error:
        typed(**said)
    return error.value.field, str(error.value)


def test_a_notice_is_kept_as_it_was_meant():
    said = typed(what="  Loan cars\n are   late ", whom="Pick-ups\r\n\r\n pick-UPS \nReception ")

    assert said.what == "Loan cars are late"
    assert said.whom == ("pick-UPS", "Reception")
    assert said.starts_at == datetime(2026, 3, 4, 11, 0, tzinfo=UTC)
    assert said.ends_at == datetime(2026, 3, 4, 14, 0, tzinfo=UTC)


def test_words_and_whom_to_tell_may_be_left_out():
    said = typed(words=" ", whom="\n")

    assert (said.words, said.whom) == ("", ())


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("what", " \n ", "Say what is known."),
        ("what", "x" * 121, "At most 120 characters; this has 121."),
        ("what", "a\x00b", "cannot be seen"),
        ("what", "a\ud800b", "cannot be seen"),
        ("words", "x" * 241, "At most 240 characters; this has 241."),
        ("whom", "x" * 81, "At most 80 characters; this has 81."),
        ("whom", "\n".join("abcdefghi"), "At most 8 lines of whom to tell; these are 9."),
        ("starts", "", "Choose a day and a time"),
        ("starts", "2026-03-04", "Choose a day and a time"),
        ("starts", "tomorrow at ten.", "Choose a day and a time"),
        ("starts", "2026-13-04T12:00", "Choose a day and a time"),
        ("starts", "2026-03-04T12:0Z", "Choose a day and a time"),
        ("starts", "0001-01-01T00:00", "Choose a day and a time"),
        ("ends", "9999-12-31T23:59", "Choose a day and a time"),
        ("ends", "2026-03-04T12:00", "The end has to come after the beginning."),
        ("ends", "2026-03-04T11:00", "The end has to come after the beginning."),
        ("ends", "2026-03-04T12:30", "That time is over already."),
        ("ends", "2027-03-06T12:00", "A notice runs for a year at most."),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence_at_its_field(field: str, value: str, sentence: str):
    where, said = refused(**{field: value})

    assert where == field
    assert sentence in said


def test_a_notice_begins_within_a_year():
    where, said = refused(starts="2027-03-06T12:00", ends="2027-03-07T12:00")

    assert (where, said) == ("starts", "A notice begins within a year.")


@pytest.mark.parametrize("field", ["what", "words", "whom"])
@pytest.mark.parametrize(
    ("private", "named"),
    [
        ("Ring 020 7946 0958 first", 'a phone number: "020 7946 0958"'),
        ("Ring +44 (0)20-7946-0958", 'a phone number: "+44 (0)20-7946-0958"'),
        ("Call 600.123.456 on 2026-03-04", 'a phone number: "600.123.456"'),
        ("Ring ٠٢٠٧٩٤٦٠٩٥٨", 'a phone number: "02079460958"'),
        ("Write to ana.r@example.org please", 'an e-mail address: "ana.r@example.org"'),
        ("Tell Mr Vale first", 'somebody\'s name: "Mr Vale"'),
    ],
)
def test_no_customers_number_or_address_gets_onto_a_tablet(field: str, private: str, named: str):
    where, said = refused(**{field: private})

    assert where == field
    assert said == f"This looks like {named}. Leave customers' names and numbers out."


@pytest.mark.parametrize(
    "harmless",
    [
        "Late until 15:30 on 2026-03-04, or 04.03.2026, or 4-3-2026",
        "From 10:00 to 12:30, lanes 1, 2 and 3",
        "20 to 30 minutes; bays 10 11 12",
        "Ask @ the desk",
        "Order 12345678 comes at noon",
        "<script>alert(1)</script>",
    ],
)
def test_times_days_and_signs_are_no_numbers_of_customers(harmless: str):
    assert typed(words=harmless).words == harmless


def test_an_hour_that_the_clocks_leave_out_is_refused():
    for field, other in (("starts", {"ends": "2026-03-30T12:00"}), ("ends", {})):
        where, said = refused(**{field: "2026-03-29T02:30"}, **other)
        assert where == field
        assert "The clocks go forward then" in said


def test_an_hour_that_comes_twice_counts_from_its_first_time_until_its_second():
    said = typed(starts="2026-10-25T02:15", ends="2026-10-25T02:45")

    assert said.starts_at == datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    assert said.ends_at - said.starts_at == timedelta(hours=1, minutes=30)


@given(st.fixed_dictionaries({field: st.text(max_size=60) for field in GOOD}))
def test_whatever_is_typed_is_kept_or_refused_in_a_sentence(said: dict[str, str]):
    try:
        kept = typed(**said)
    except NoticeRefused as error:
        assert error.field in GOOD
        assert str(error).endswith(".")
    else:
        assert kept.ends_at > max(kept.starts_at, NOW)
