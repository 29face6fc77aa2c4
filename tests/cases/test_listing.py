"""Lists of cases: what presses most comes first, page by page, and nobody sees those of others."""

from datetime import date, timedelta

import pytest

from tests.answers import House
from tests.cases import many
from tests.cases.brought import bring, close
from tests.cast import NOW
from wellbeing.cases import listing
from wellbeing.cases.listing import Page, Show, Wanted
from wellbeing.models.base import db

DAY = timedelta(days=1)


def listed(wanted: Wanted, size: int = 2) -> list[int]:
    """Turn the pages of a list to its end."""
    found, after = [], None
    while True:
        page: Page = listing.page(db.session(), wanted, NOW, after, size)
        found += [case.id for case in page.cases]
        if page.end is None:
            return found
        after = page.end


def test_what_is_overdue_longest_comes_first_page_after_page(any_house: House):
    cast = any_house.cast
    fresh = bring(cast, owner="Sol", next_step="Call", due_on=date(2026, 3, 10))
    lost = bring(cast, "Parts", at=NOW - 5 * DAY)
    late = bring(cast, "Showroom", "Kai", NOW - 3 * DAY, next_step="Call", due_on=date(2026, 3, 2))
    same = bring(cast, "Parts", at=NOW - 5 * DAY)
    done = bring(cast, at=NOW - 9 * DAY)
    close(done)

    assert listed(Wanted(None)) == [lost, same, late, fresh]
    assert listed(Wanted(None, Show.OVERDUE)) == [lost, same, late]
    assert listed(Wanted(frozenset(cast.units.values()))) == [lost, same, late, fresh]
    assert listed(Wanted(frozenset({cast.units["Parts"]})), size=1) == [lost, same]
    assert listed(Wanted(frozenset())) == []


def test_a_list_is_of_one_channel_or_of_ones_own_cases(any_house: House):
    cast, sol = any_house.cast, any_house.cast.people["Sol"]
    written = bring(cast, channel="email")
    mine, in_parts = bring(cast, owner="Sol"), bring(cast, "Parts", "Sol")

    assert listed(Wanted(None, channel="email")) == [written]
    assert sorted(listed(Wanted(None, Show.MINE, owner_id=sol))) == [mine, in_parts]
    here = frozenset({cast.units["Service counter"]})
    assert listed(Wanted(here, Show.MINE, owner_id=sol)) == [mine]


def test_closed_cases_begin_with_the_last_one(any_house: House):
    cases = [bring(any_house.cast) for _case in range(5)]
    for hours, case in enumerate(cases[:4]):
        close(case, NOW + timedelta(hours=hours // 2))

    expected = [cases[3], cases[2], cases[1], cases[0]]
    assert listed(Wanted(None, Show.CLOSED)) == expected
    assert listed(Wanted(frozenset(any_house.cast.units.values()), Show.CLOSED)) == expected


def test_customers_to_hear_from_us_again_are_named_by_their_day_open_or_closed(any_house: House):
    today = date(2026, 3, 4)
    later = bring(any_house.cast, recontact_on=date(2026, 3, 5))
    now = bring(any_house.cast, recontact_on=today)
    done = bring(any_house.cast)
    close(done, NOW, date(2026, 3, 2))
    bring(any_house.cast)

    assert listed(Wanted(None, Show.RECONTACT)) == [done, now, later]
    due = listing.due_again(db.session(), Wanted(None), NOW, today, most=5)
    assert [case.id for case in due] == [done, now]


def test_the_longest_overdue_are_counted_up_to_a_number(any_house: House, monkeypatch):
    cast = any_house.cast
    for days in (5, 4, 3):
        bring(cast, at=NOW - days * DAY)
    bring(cast)
    monkeypatch.setattr(listing, "MOST_COUNTED", 2)

    found = listing.longest_overdue(db.session(), Wanted(None), NOW)
    assert {row.open_since for row in found} == {NOW - 5 * DAY, NOW - 4 * DAY}
    assert listing.open_count(db.session(), {cast.units["Service counter"]}, most=3) == 3
    assert listing.open_count(db.session(), {cast.units["Parts"]}, most=3) == 0


@pytest.mark.parametrize("show", Show)
def test_no_case_is_left_out_or_comes_twice_however_many_there_are(any_house: House, show: Show):
    units = sorted(any_house.cast.units.values())
    with any_house.engine.begin() as connection:
        many.add(connection, units, 120, NOW)
    wanted = Wanted(frozenset(units[:3]), show, owner_id=any_house.cast.people["Sol"])

    assert listed(wanted, size=7) == listed(wanted, size=120)
