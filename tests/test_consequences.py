"""What settings mean at a site: which teams have a figure of their own, and how it is told."""

from dataclasses import astuple

import pytest

from tests.answers import House
from tests.cast import NOW
from wellbeing import consequences
from wellbeing.consequences import Band, Consequences
from wellbeing.ratchet import Values


def at(house: House, *values: int) -> Consequences:
    with house.engine.connect() as connection:
        return consequences.consequences(connection, Values(*values), NOW.date())


def test_large_teams_have_a_figure_of_their_own_and_small_ones_the_one_above(any_house: House):
    units = any_house.cast.units
    found = at(any_house, 5, 7, 7)

    assert found.own == {units["Service counter"], units["Showroom"], units["Harbour Motors"]}
    assert found.above == {
        units["Parts"]: units["Harbour Motors"],
        units["Northgate"]: units["Harbour Motors"],
    }
    assert (found.small_in_words, found.oldest) == (True, 7)


def test_stricter_numbers_leave_fewer_of_them(house: House):
    found = at(house, 8, 10, 14)

    assert {unit for unit, number in house.cast.units.items() if number in found.own} == {
        *("Service counter", "Northgate", "Harbour Motors"),  # The Showroom counts with Parts.
    }
    assert (found.small_in_words, found.oldest) == (False, 14)


def test_with_too_few_people_nobody_has_any(house: House):
    assert at(house, 5, 100, 7).own == frozenset()


@pytest.mark.parametrize(
    ("needed", "first"), [(5, (5, 7, True)), (7, (7, 7, True)), (9, (9, 11, False)), (40, (40, None, False))]
)
def test_bands_begin_where_figures_do(needed: int, first: tuple[int, int | None, bool]):
    found = consequences.bands(needed)

    assert astuple(found[0]) == first
    assert found[-1] == Band(40, None, False)
