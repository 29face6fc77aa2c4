"""What a unit's page says of the check-up: its own words, those of the unit above, and what has changed."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.answers import House, change
from tests.cast import TEAMS
from tests.quarters import (
    IN_APRIL,
    IN_JULY,
    MARCH,
    NO,
    YES,
    opened,
    quarters,
    run_jobs,
    tell,
    tell_all,
    three,
)
from wellbeing.models.checkup import Quarter
from wellbeing.models.content import ContentEntry, Origin
from wellbeing.reports import checkup, reading, units
from wellbeing.reports.checkup import Results

SERVICE = [name for name in TEAMS["Service counter"] if name != "Alba"]
SHOWROOM = [name for name in TEAMS["Showroom"] if name != "Max"]
APRIL, MAY = datetime(2026, 4, 2, tzinfo=UTC), datetime(2026, 5, 2, tzinfo=UTC)


def page(house: House, unit: str, now: datetime = IN_APRIL) -> Results:
    with reading.session() as session:
        path = units.path(session, house.cast.units[unit])
        return checkup.results(session, path, now, "en")


def told(found: Results) -> dict[str, list[tuple]]:
    return {
        row.text: [(said.question, said.word, said.above, said.change) for said in row.said]
        for part in found.parts
        for row in part.rows
    }


HEADLINE = "“Are we truly putting our customers, our greatest asset, first?”"


def test_before_the_first_release_a_page_says_what_is_open(any_house: House):
    assert "at the beginning of the next quarter or month" in page(any_house, "Showroom").coming
    opened(any_house)
    found = page(any_house, "Showroom", MARCH)

    assert (found.days, found.parts) == ("", ())
    assert found.coming == (
        "A check-up is open until Tuesday 31 March. Its words come with the first figures after that."
    )


@pytest.fixture
def released(any_house: House) -> House:
    """All of the service counter said yes; in the showroom two said anything, and one in Parts."""
    opened(any_house)
    for name in SERVICE[:6]:
        tell(any_house, name)
        tell_all(any_house, name, {"small-call": three(YES, NO, YES)})
    for name in (*SHOWROOM[:4], "Uma"):
        tell(any_house, name, NO)
    run_jobs(any_house)
    return any_house


def test_a_unit_with_enough_people_reads_its_own_words(released: House):
    found = page(released, "Service counter")

    assert found.days.replace("\u2009", "") == "2–31 Mar 2026"
    assert told(found)[HEADLINE] == [("Yes", "most", "", 0)]
    [calls] = [said for text, said in told(found).items() if "phone call" in text]
    assert [(question, word) for question, word, _above, _change in calls] == [
        *(("Consistently", "most"), ("Properly", "few"), ("Effective", "most"))
    ]
    assert (found.whose, found.owners) == ((), {released.cast.units["Service counter"]})


def test_a_unit_with_too_few_reads_those_of_the_unit_above_and_whose_they_are(released: House):
    found = page(released, "Showroom")

    assert told(found) == {HEADLINE: [("Yes", "few", "Harbour Motors", 0)]}
    assert "had too few people for words of its own" in found.whose[0]
    assert any("phone call" in text for text in found.silent)


def test_the_unit_above_reads_whose_words_they_are(released: House):
    found = page(released, "Harbour Motors")

    assert told(found) == {HEADLINE: [("Yes", "few", "", 0)]}
    assert "whose own team had too few" in found.whose[0]


def again(house: House, words: dict[str, object]) -> None:
    run_jobs(house, APRIL)
    for name in SERVICE[:7]:
        tell_all(house, name, words, MAY)
    run_jobs(house, IN_JULY)


def test_where_both_words_differ_a_page_says_whether_more_say_yes_or_fewer(released: House):
    again(released, {"headline": {"yes": NO}, "small-call": three(YES, YES, YES)})
    found = page(released, "Service counter", IN_JULY)

    assert told(found)[HEADLINE] == [("Yes", "few", "", -1)]
    [calls] = [said for text, said in told(found).items() if "phone call" in text]
    assert [change for *_rest, change in calls] == [0, 1, 0]
    assert (found.fewer, found.more) == ((HEADLINE,), ("“A phone call returned on time” (Properly)",))


def test_the_words_of_another_unit_are_no_comparison(released: House):
    run_jobs(released, APRIL)
    for name in SHOWROOM[:6]:
        tell(released, name, YES, now=MAY)
    run_jobs(released, IN_JULY)

    assert told(page(released, "Showroom", IN_JULY))[HEADLINE] == [("Yes", "most", "", 0)]


def test_an_item_that_was_reworded_meanwhile_is_no_comparison(released: House):
    asked = quarters(released)[0].asked
    [headline] = [item for item in asked["items"] if item["key"] == "headline"]
    headline["en"]["text"] = "Do customers come first?"
    change(released, sa.update(Quarter).where(Quarter.id == 1).values(asked=asked))
    assert "Do customers come first?" in told(page(released, "Service counter"))

    again(released, {"headline": {"yes": NO}})

    assert told(page(released, "Service counter", IN_JULY))[HEADLINE] == [("Yes", "few", "", 0)]


def test_words_of_an_item_that_is_no_longer_offered_stay(released: House):
    entry = {"kind": "checkup_item", "key": "headline", "origin": Origin.SITE, "position": 0}
    change(released, sa.insert(ContentEntry).values(words=None, offered=False, **entry))

    assert HEADLINE in told(page(released, "Service counter"))


def test_a_unit_of_which_nobody_has_words_says_so(any_house: House):
    opened(any_house)
    run_jobs(any_house)
    found = page(any_house, "Showroom")

    assert (found.parts, found.owners, found.needed) == ((), frozenset(), 5)
    assert HEADLINE in found.silent
