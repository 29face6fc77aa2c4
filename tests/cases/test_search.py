"""A case is found by its words, whoever typed them and however, and only by those who may see it."""

import pytest

from tests.answers import House
from tests.cases import many
from tests.cases.brought import MADRID, bring, close
from tests.cast import NOW
from wellbeing.cases import search, words, writing
from wellbeing.models.base import db


def found(text: str, units: frozenset[int] | None = None, size: int = 25) -> list[int]:
    """Turn the pages of what is found to the end."""
    ids, before = [], None
    while True:
        page = search.search(db.session(), text, units, before, size)
        ids += [case.id for case in page.cases]
        if page.end is None:
            return ids
        before = page.end


def test_words_are_kept_without_capitals_and_accents():
    assert words.split("¿Dónde está mi  COCHE? Straße, RO-48213_b") == [
        *("donde", "esta", "mi", "coche", "strasse", "ro", "48213", "b")
    ]
    assert words.split("x" * 60) == ["x" * words.LONGEST]
    assert words.asked("a b a c") == ("a", "b", "c")
    assert words.asked("one two three four five six seven")[0] == "two"
    assert words.asked(" -- ") == ()


def test_every_word_has_to_be_in_the_case_and_the_last_one_may_be_unfinished(any_house: House):
    cast = any_house.cast
    delay = bring(cast, what="The delivery of the gearbox is late", order_number="RO-48213")
    bring(cast, what="The delivery came, and nobody said so")
    promised = bring(cast, promised="A new gear lever", next_step="Deliver it")

    assert found("delivery gear") == [delay]
    assert found("GEAR deliv") == [promised]
    assert found("gearb") == [delay]
    assert found("deliv") == [promised, promised - 1, delay]
    assert found("gear late") == []
    assert found("nothing of the sort") == []
    assert found("  ") == []


@pytest.mark.parametrize("typed", ["RO-48213", "ro 48213", "48213", "ro48213", "4821", "RO-482"])
def test_an_order_number_is_found_however_it_is_typed(any_house: House, typed: str):
    bring(any_house.cast, order_number="RO-59999")
    case = bring(any_house.cast, order_number="RO-48213")

    assert found(typed) == [case]


def test_one_letter_is_a_word_and_not_the_beginning_of_all_others(any_house: House):
    case = bring(any_house.cast, what="Plan B")
    bring(any_house.cast, what="Brakes")

    assert found("b") == [case]


def test_notes_and_what_was_learned_are_found_too_also_in_closed_cases(any_house: House):
    case = bring(any_house.cast)
    by = any_house.cast.people["Sol"]
    writing.note(db.session(), writing.held(db.session(), case), "They like tulips", by, NOW, MADRID)
    close(case)

    assert found("tulip") == [case]


def test_what_others_look_after_is_not_found(any_house: House):
    cast = any_house.cast
    here, there = bring(cast, "Showroom"), bring(cast, "Parts")

    assert found("car", frozenset({cast.units["Showroom"]})) == [here]
    assert found("car", frozenset({cast.units["Showroom"], cast.units["Parts"]})) == [there, here]
    assert found("car", frozenset({cast.units["Service counter"]})) == []


@pytest.mark.parametrize("few", [False, True])
def test_whichever_way_a_search_goes_it_finds_the_same(any_house: House, few: bool, monkeypatch):
    units = sorted(any_house.cast.units.values())
    with any_house.engine.begin() as connection:
        many.add(connection, units, 300, NOW)
    monkeypatch.setattr(search, "FAR_ENOUGH", 100 if few else 1000)
    theirs = frozenset(units[:2]) if few else frozenset(units)
    for text in ("delay", "delay loan", "loan delay", "gear", "de", "noise paint in", "ro 400"):
        everything = found(text, None, size=300)
        by_page = found(text, theirs, size=7)
        assert everything == sorted(everything, reverse=True)
        assert by_page == found(text, theirs, size=300)
        assert set(by_page) <= set(everything)
        assert few or by_page == everything


def test_too_many_words_that_begin_alike_are_cut_and_said_to_be(any_house: House, monkeypatch):
    monkeypatch.setattr(search, "MOST_ENDINGS", 3)
    for number in range(5):
        bring(any_house.cast, order_number=f"RO-7{number}")

    assert search.search(db.session(), "ro 7", None).cut is False
    assert len(found("ro7")) == 3
    assert search.search(db.session(), "ro7", None).cut is True
    assert found("ro73") != []


def test_a_page_looks_at_so_many_cases_and_the_next_one_goes_on_from_there(any_house: House, monkeypatch):
    wanted = bring(any_house.cast, what="A late gearbox")
    for _case in range(5):
        bring(any_house.cast, what="A late van")
        bring(any_house.cast, what="A gearbox that hums")
    monkeypatch.setattr(search, "LOOKED_AT", 3)

    first = search.search(db.session(), "late gearbox", None)
    assert (first.cases, first.end is None) == ((), False)
    assert found("late gearbox") == found("late gearb") == [wanted]


def test_somebody_who_sees_few_cases_is_led_by_those(any_house: House):
    cast = any_house.cast
    for _case in range(5):
        bring(cast, "Parts")
    here = bring(cast, "Showroom")

    assert found("car", frozenset({cast.units["Showroom"]}), size=1) == [here]
