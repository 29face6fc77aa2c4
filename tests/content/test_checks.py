"""The words of a text, as somebody types them or a file has them: kept tidy, or refused field by field."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.content.checks import WordsRefused, checked
from wellbeing.content.kinds import KINDS

LINE = {"en": {"text": "It is not your fault."}, "plain": {"theme": "bad_time"}}
HELP = {"en": {"name": "A line"}, "plain": {"country": "GB", "number": "116 123", "checked": "2026-11-01"}}
CLIP = "a" * 64


@pytest.fixture(autouse=True)
def in_english(app: Flask):
    with app.test_request_context():
        yield


def problems(kind: str, words: dict[str, Any], clips: set[str] | None = None) -> dict[tuple[str, str], str]:
    with pytest.raises(WordsRefused) as refused:
        checked(KINDS[kind], words, clips)
    return refused.value.problems


def test_words_are_kept_tidy_and_without_what_is_empty():
    typed = {
        "en": {"text": "  One \r\n\r\n two  ", "when": " "},
        "es": {"text": "", "when": None},
        "plain": {"theme": "lead", "only_if_true": False, "source": "Cafe\u0301"},
    }

    assert checked(KINDS["line"], typed) == {
        "en": {"text": "One\n\n two"},
        "plain": {"theme": "lead", "source": "Café"},
    }


def test_both_languages_are_kept():
    kept = checked(KINDS["line"], LINE | {"es": {"text": "No es culpa tuya."}})

    assert kept["es"] == {"text": "No es culpa tuya."}


def test_a_day_of_a_file_and_a_day_of_a_form_are_kept_alike():
    of_a_file = HELP | {"plain": {**HELP["plain"], "checked": date(2026, 11, 1)}}

    assert checked(KINDS["helpline"], of_a_file) == checked(KINDS["helpline"], HELP)


@pytest.mark.parametrize(
    ("where", "field", "value", "reason"),
    [
        ("en", "text", "", "Please fill this in."),
        ("en", "text", "x" * 301, "At most 300 characters; this has 301."),
        ("en", "text", "a\x00b", "cannot be seen"),
        ("en", "text", "a\ud800b", "cannot be seen"),
        ("en", "text", "a\u202eb", "cannot be seen"),
        ("en", "text", "\u200b\n\u200b", "cannot be seen"),
        ("en", "when", "two\nlines", "cannot be seen"),
        ("en", "text", 7, "This has to be text."),
        ("en", "text", "Call 600 123 456", 'This looks like a phone number: "600 123 456".'),
        ("es", "text", "El Sr. López vino", 'somebody\'s name: "Sr. López"'),
        ("es", "when", "a veces", "leave this language empty"),
        ("plain", "theme", "weather", "This can be one of: bad_time, missed,"),
        ("plain", "theme", "", "Please fill this in."),
        ("plain", "only_if_true", "perhaps", "true or false"),
        ("plain", "colour", "red", "no such field"),
        ("fr", "text", "Bonjour", "no such field"),
    ],
)
def test_what_cannot_be_kept_is_named_at_its_field(where: str, field: str, value: object, reason: str):
    found = problems("line", LINE | {where: {**LINE.get(where, {}), field: value}})

    missing = ("es", "text") if (where, field) == ("es", "when") else (where, field)
    assert reason in found[missing]
    assert len(found) == 1


def test_a_part_that_is_no_table_is_refused_and_not_an_error():
    assert ("en", "text") in problems("line", LINE | {"en": "just text"})


def test_everything_wrong_is_told_at_once():
    assert set(problems("line", {})) == {("en", "text"), ("plain", "theme")}


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("checked", "soon", "This is not a day"),
        ("checked", "", "Please fill this in."),
        ("country", "XX", "This is no country's code"),
        ("country", "", "Please fill this in."),
        ("number", "ask at the desk", "A number to call has digits."),
    ],
)
def test_a_helpline_needs_a_country_a_number_and_a_day(field: str, value: str, reason: str):
    words = HELP | {"plain": {**HELP["plain"], field: value}}

    assert reason in problems("helpline", words)["plain", field]


def test_numbers_of_helplines_and_names_under_quotations_are_no_customers():
    quoted = {"en": {"text": "Mr. Smith said so."}, "plain": {"author": "Mr. Smith"}}

    assert checked(KINDS["message"], quoted) == quoted
    assert checked(KINDS["helpline"], HELP | {"plain": {**HELP["plain"], "number": "+44 800 123 456"}})


def test_a_heart_happy_thing_has_a_link_or_a_clip_that_is_there():
    title = {"en": {"title": "Otters"}}

    assert "Give a link" in problems("heart_happy", title)["plain", "link"]
    assert "Only links" in problems("heart_happy", title | {"plain": {"link": "ftp://x"}})["plain", "link"]
    assert (
        "no such clip" in problems("heart_happy", title | {"plain": {"clip": CLIP}}, set())["plain", "clip"]
    )
    assert checked(KINDS["heart_happy"], title | {"plain": {"clip": CLIP}}, {CLIP})
    assert checked(KINDS["heart_happy"], title | {"plain": {"clip": CLIP}})
    assert checked(KINDS["heart_happy"], title | {"plain": {"link": "https://example.org/"}}, set())


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.sampled_from(sorted(KINDS)),
    st.dictionaries(st.sampled_from(["en", "es", "plain", "fr"]), ANYTHING, max_size=4),
)
def test_anything_at_all_is_kept_or_refused_and_what_is_kept_stays_as_it_is(kind: str, words: dict):
    try:
        kept = checked(KINDS[kind], words)
    except WordsRefused:
        return
    assert checked(KINDS[kind], kept) == kept
