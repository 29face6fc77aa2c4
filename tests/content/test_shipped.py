"""The shipped texts: whole in both languages, and as their kinds say."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from wellbeing.content.kinds import KINDS, Field, Kind, Shape
from wellbeing.content.shipped import FOLDER, LANGUAGES, Shipped, shipped

NEEDED = {
    "coach_step": {
        *(
            "breaths",
            "listen",
            "thank",
            "empathy",
            "acknowledge",
            "apologise",
            "solve",
            "not-ours",
            "not-now",
        ),
        *("need-heard", "need-acknowledged", "need-not-again", "shoes", "mattered"),
    },
    "checkup_step": {"1", "2", "3", "4", "5", "6"},
    "policy": {"end-contact", "break-entitlement", "serious-risk", "good-faith", "no-perfect-scores"},
    "prompt": {
        "relationship",
        "change",
        "familiar",
        "recontact",
        "reset",
        "growth",
        "handling",
        "self-check",
    },
    "checkup_item": {
        *("headline", "area-showroom", "area-service", "area-parts", "area-post-sales", "area-marketing"),
        *("small-call", "small-greeting", "small-card", "small-note", "small-everyone"),
        *("thanks-visit", "thanks-interest", "thanks-time", "thanks-sale", "family-milestones"),
    },
}


def entries(*kinds: str) -> Iterator[tuple[Kind, Shipped]]:
    for kind in kinds or KINDS:
        for entry in shipped(kind):
            yield KINDS[kind], entry


def plain(entry: Shipped, field: str) -> Any:
    return entry.words["plain"].get(field)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_file_and_every_file_its_kind(kind: str):
    assert (FOLDER / f"{kind}.toml").exists()
    assert {file.stem for file in FOLDER.iterdir()} == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_holds_nothing_that_its_kind_does_not_know(kind: str):
    said, own = ({field.name for field in fields} for fields in (KINDS[kind].said, KINDS[kind].plain))
    table = tomllib.loads((FOLDER / f"{kind}.toml").read_text("utf-8"))

    assert set(table) <= {"entry"}
    for entry in table.get("entry", []):
        assert set(entry) <= own | {"key", "offered", *LANGUAGES}, entry["key"]
        assert all(set(entry[language]) <= said for language in LANGUAGES), entry["key"]


def test_keys_are_plain_and_stand_once_in_a_kind():
    for kind in KINDS:
        keys = [entry.key for entry in shipped(kind)]
        assert len(keys) == len(set(keys))
        assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", key) for key in keys), kind


def test_everything_is_said_in_every_language():
    for kind, entry in entries():
        said = [set(entry.words[language]) for language in LANGUAGES]
        needed = {field.name for field in kind.said if field.needed}
        assert said[0] == said[1] and needed <= said[0], (kind.name, entry.key)


def test_spanish_is_not_left_in_english():
    same = [
        (kind.name, entry.key, name)
        for kind, entry in entries()
        for name, text in entry.words["en"].items()
        if text == entry.words["es"][name]
    ]

    assert same == [("checkup_item", "area-marketing", "text")]


def test_no_text_is_longer_than_a_site_could_write_it():
    for kind, entry in entries():
        for language in LANGUAGES:
            for field in kind.said:
                text = entry.words[language].get(field.name, "")
                assert len(text) <= field.longest, (kind.name, entry.key, language, field.name)


def test_what_is_the_same_in_all_languages_is_what_its_field_holds():
    for kind, entry in entries():
        for field in kind.plain:
            value = plain(entry, field.name)
            assert holds(field, value), (kind.name, entry.key, field.name, value)


def holds(field: Field, value: Any) -> bool:
    if value is None:
        return not field.needed
    if field.shape is Shape.YES_NO:
        return value is True
    if field.shape is Shape.DAY:
        return date.fromisoformat(value) <= date(2026, 12, 31)
    if field.shape is Shape.ONE_OF:
        return value in field.choices
    right = re.fullmatch(r"https://\S+", value) if field.shape is Shape.LINK else value.strip() == value
    return bool(right) and 0 < len(value) <= field.longest


@pytest.mark.parametrize("kind", NEEDED)
def test_what_the_screens_ask_for_by_name_is_there(kind: str):
    keys = {entry.key for entry in shipped(kind) if entry.offered}

    assert NEEDED[kind] <= keys


def test_a_line_that_may_be_untrue_has_a_true_twin_beside_it():
    for _kind, entry in entries("line"):
        has_twin = all("twin" in entry.words[language] for language in LANGUAGES)
        assert has_twin == (plain(entry, "only_if_true") is True), entry.key


def test_the_lines_that_field_work_found_untrue_at_times_are_marked():
    marked = {entry.key for entry in shipped("line") if plain(entry, "only_if_true")}

    assert {"bad-time", "disconnected", "could-not-be-here", "looking-forward"} <= marked


@pytest.mark.parametrize(
    ("kind", "field"), [("line", "theme"), ("break_idea", "relief"), ("practice", "branch")]
)
def test_there_is_something_for_every_choice(kind: str, field: str):
    choices = next(known.choices for known in KINDS[kind].plain if known.name == field)

    assert {plain(entry, field) for entry in shipped(kind)} == set(choices)


def test_there_are_at_least_six_customers_to_practise_with():
    assert len(shipped("practice")) >= 6


def test_the_four_steps_of_the_source_have_items_and_the_sites_own_two_have_none():
    steps = [plain(entry, "step") for entry in shipped("checkup_item")]

    assert {step: steps.count(step) for step in ("headline", "areas", "1", "2", "3", "4", "5", "6")} == {
        **{"headline": 1, "areas": 5},
        **{"1": 11, "2": 7, "3": 6, "4": 9, "5": 0, "6": 0},
    }


def test_steps_that_are_not_in_the_source_say_so():
    own = [entry for entry in shipped("checkup_step") if entry.key in ("5", "6")]

    assert all("not in the source" in entry.words["en"]["text"] for entry in own)
    assert all("no está en la fuente" in entry.words["es"]["text"] for entry in own)
    assert not any(plain(entry, "source") for entry in own)


def test_the_question_about_children_is_off_until_a_site_turns_it_on():
    assert [entry.key for entry in shipped("checkup_item") if plain(entry, "off")] == ["family-milestones"]


def test_examples_are_not_offered_by_themselves():
    for _kind, entry in entries("carrying", "heart_happy", "training"):
        assert not entry.offered, entry.key


def test_every_message_says_where_it_stood_and_whoever_wrote_no_exercise_is_named_for_one():
    for entry in shipped("message"):
        assert plain(entry, "source"), entry.key
        assert not (plain(entry, "author") and plain(entry, "exercise")), entry.key


def test_what_hangs_on_a_wall_names_its_author():
    assert all(plain(entry, "author") for entry in shipped("message") if plain(entry, "for_teams"))


def test_exercises_name_the_research_behind_them():
    found = {entry.key: plain(entry, "source") for entry in shipped("message") if plain(entry, "exercise")}

    assert "Song et al. 2018" in found["recall-helping"]
    assert "Song et al. 2018" in found["customers-view"]


def test_some_messages_may_stand_on_a_sheet_for_a_whole_team():
    assert sum(plain(entry, "for_teams") is True for entry in shipped("message")) >= 2
