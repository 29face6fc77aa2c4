"""How the databases go about lists and searches: by an index, from the place asked for, and no further.

A test of time would fail on a busy machine; the plan is what makes 50,000 cases as quick as 50.
"""

from typing import Any

import pytest
import sqlalchemy as sa

from tests.answers import House
from tests.cases import many
from tests.cast import NOW
from wellbeing.cases import listing, search
from wellbeing.cases.listing import Place, Show, Wanted
from wellbeing.models.base import db

CASES = 2000
INDEX_OF = {
    Show.OPEN: "ix_customer_case_open",
    Show.OVERDUE: "ix_customer_case_open",
    Show.MINE: "ix_customer_case_open_owner",
    Show.RECONTACT: "ix_customer_case_recontact",
    Show.CLOSED: "ix_customer_case_closed",
}


@pytest.fixture
def crowded(any_house: House) -> House:
    """A house with 2,000 cases, of which its database knows how many there are."""
    with any_house.engine.begin() as connection:
        many.add(connection, sorted(any_house.cast.units.values()), CASES, NOW)
        connection.execute(
            sa.text("ANALYZE" if any_house.engine.dialect.name == "postgresql" else "SELECT 1")
        )
    return any_house


def plan(query: sa.Select[Any] | sa.TextClause, **given: object) -> str:
    """Return what the database says it will do."""
    if not isinstance(query, sa.TextClause):
        literal = query.compile(db.engine, compile_kwargs={"literal_binds": True})
        query = sa.text(str(literal).replace(":", "\\:").replace("%%", "%"))
    word = "EXPLAIN QUERY PLAN" if db.engine.dialect.name == "sqlite" else "EXPLAIN"
    rows = db.session.execute(sa.text(f"{word} {query.text}"), given).all()
    return "\n".join(str(row[-1]) for row in rows)


def reads_all(found: str) -> bool:
    """Tell whether a plan goes through a whole table, or sorts what it has read."""
    bad = ("Seq Scan", "TEMP B-TREE", "SCAN case_word", "SCAN customer_case\n")
    return any(mark in found + "\n" for mark in bad)


def test_a_list_is_read_in_the_order_of_its_index(crowded: House):
    for show in Show:
        wanted = Wanted(None, show, owner_id=crowded.cast.people["Sol"])
        at = NOW.date() if show is Show.RECONTACT else NOW
        for after in (None, Place(at, 40)):
            found = plan(listing.places(wanted, None, NOW, after, 26))
            assert INDEX_OF[show] in found, show
            assert not reads_all(found), show


def test_a_list_of_one_unit_is_read_by_an_index_too(crowded: House):
    parts = crowded.cast.units["Parts"]
    for show in set(Show) - {Show.MINE}:
        found = plan(listing.places(Wanted(frozenset({parts}), show), parts, NOW, None, 26))
        assert INDEX_OF[show] in found, show
        assert not reads_all(found), show


def test_a_search_goes_along_the_cases_of_a_word_or_of_a_unit(crowded: House):
    groups, parts = [("loan",), ("paint", "painted")], crowded.cast.units["Parts"]
    for query in (
        search.led_by("delay", groups, None, (None, None), 26),
        search.led_by("delay", groups, frozenset({parts}), (1000, 2000), 26),
        search.in_unit([("delay",), *groups], parts, 2000, 26),
    ):
        assert "Seq Scan" not in plan(query)
        assert "SCAN case_word" not in plan(query)
        assert "SCAN customer_case" not in plan(query)


def test_words_that_begin_alike_are_gone_through_one_by_one(crowded: House):
    found = plan(search._ENDINGS, low="de", high="df", most=33)

    assert "Seq Scan on case_word" not in found
    assert "SCAN case_word" not in found
