"""What docs/practices.md says of the five texts is so: practices, places and tests."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from tests.seeds import FIELD, needs_the_field_notes
from tests.test_docs import ROOT
from wellbeing.content.kinds import KINDS
from wellbeing.content.shipped import shipped

PAGE = ROOT / "docs" / "practices.md"
TEXTS = ("000", "001", "002", "003", "004")
CODE = re.compile(r"`([^`]+)`")
# A paragraph of the notes that is a practice of its own, though it stands in no table.
BESIDE = re.compile(r"^\*\*((?:Step \d|Conflict to show).*?)\*\*", re.M)


@dataclass(frozen=True)
class Practice:
    """One row of the page."""

    words: str
    became: str
    places: tuple[str, ...]
    tests: tuple[str, ...]


def sections(markdown: str, level: str) -> dict[str, str]:
    """Return what is said of each text, by the number that its heading begins with."""
    parts = re.split(rf"^{level} ", markdown, flags=re.M)[1:]
    return {part.split()[0]: part for part in parts}


def rows(section: str) -> Iterator[list[str]]:
    """Yield the cells of each row of a section's table, without its head."""
    lines = [line for line in section.splitlines() if line.startswith("|")]
    for line in lines[2:]:
        yield [cell.strip() for cell in line.strip("|").split("|")]


def practices() -> dict[str, list[Practice]]:
    return {
        text: [
            Practice(words, became, tuple(CODE.findall(where)), tuple(CODE.findall(shown)))
            for words, became, where, shown in rows(section)
        ]
        for text, section in sections(PAGE.read_text("utf-8"), "##").items()
    }


EVERY = [practice for found in practices().values() for practice in found]
PLACES = sorted({place for practice in EVERY for place in practice.places})


def test_each_of_the_five_texts_has_its_table_and_safety_has_one():
    assert tuple(practices()) == (*TEXTS, "Safety")
    assert all(practices().values())


@needs_the_field_notes
@pytest.mark.parametrize("text", TEXTS)
def test_every_practice_that_was_found_in_a_text_has_its_row(text: str):
    notes = FIELD.read_text("utf-8").partition("\n## 3 ")[2].partition("\n## 4 ")[0]
    section = sections(notes, "###")[text]
    found = {row[0] for row in rows(section)} | set(BESIDE.findall(section))
    told = [practice.words for practice in practices()[text]]

    assert len(found) > 9
    assert {words for words in found if not any(begins_alike(words, row) for row in told)} == set()


def begins_alike(words: str, row: str) -> bool:
    """Tell whether a row is that of a practice; of a paragraph it may say the rest in other words."""
    return row == words or (words.endswith(":") and row.startswith(words))


@pytest.mark.parametrize("practice", EVERY, ids=lambda practice: practice.words[:40])
def test_every_practice_says_what_it_became_where_it_is_and_what_shows_it(practice: Practice):
    assert practice.became
    assert practice.places
    assert practice.tests


@pytest.mark.parametrize("place", PLACES)
def test_every_place_is_in_the_app(place: str, app: Flask):
    if place.startswith("/"):
        assert bare(place) in {bare(rule.rule) for rule in app.url_map.iter_rules()}
        return
    kind, _slash, key = place.partition("/")
    entries = {entry.key: entry for entry in shipped(kind)} if kind in KINDS else {}
    assert key in entries if key else entries, place


def bare(address: str) -> str:
    """Return an address without the names of what changes in it."""
    return re.sub(r"<[^>]*>", "<>", address).rstrip("/")


@pytest.mark.parametrize("named", sorted({test for practice in EVERY for test in practice.tests}))
def test_every_test_that_shows_a_practice_is_there(named: str):
    path, _colons, name = named.partition("::")

    assert path.startswith("tests/")
    assert name in names_in(ROOT / path)


@cache
def names_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name[:5] == "test_"}


def test_every_item_of_the_check_up_is_in_the_table():
    items = {f"checkup_item/{entry.key}" for entry in shipped("checkup_item")}

    assert items <= set(PLACES)


def test_every_kind_of_text_serves_a_practice():
    served = {place.partition("/")[0] for place in PLACES}

    assert set(KINDS) == served & set(KINDS)
