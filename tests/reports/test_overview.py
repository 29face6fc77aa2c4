"""The units below a site side by side: in the tree's order, whole blocks, and nobody ranked."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from tests.reports.ledger import Released, held, release
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.base import db
from wellbeing.models.changes import UnitMerge
from wellbeing.models.ledger import MoodWord
from wellbeing.models.settings import Settings
from wellbeing.reports import board, overview, reading
from wellbeing.reports.periods import Period
from wellbeing.reports.places import Search

WEDNESDAY = datetime(2026, 3, 11, 9, tzinfo=UTC)
EVERYBODY = Search()


@pytest.fixture
def house(app, site):
    """The cast's units by name, inside the app."""
    with app.app_context():
        yield site.units


def page(unit_id, search=EVERYBODY, now=WEDNESDAY, count=13, period=None):
    with reading.session() as session:
        found = board.board(session, unit_id, count, now, period)
        return overview.overview(session, found, search, now, count, period)


def texts(found):
    """Return every row of a page: its name, and its cells or its note."""
    return [
        (row.line.name, [cell.text for cell in row.cells] or row.note)
        for group in found.groups
        for row in group.rows
    ]


def unit(name, parent, level=Level.TEAM, **fields):
    made = Unit(name=name, level=level, parent_id=parent, **fields)
    db.session.add(made)
    db.session.commit()
    return made.id


def test_teams_stand_in_the_trees_order_whatever_their_figures(house):
    release({house["Showroom"]: Released(12, "4.1"), house["Service counter"]: Released(12, "2.2")})

    found = page(house["Harbour Motors"])

    assert texts(found) == [
        ("Parts", "In the figure of small teams in Harbour Motors."),
        ("Service counter", ["2.2"]),
        ("Showroom", ["4.1"]),
    ]
    assert [(group.site.name, group.continued) for group in found.groups] == [("Northgate", False)]
    assert found.shown == {house["Service counter"], house["Showroom"]}
    assert found.headline == "Figures of last week were released for 2 of 3 teams."


def test_the_headline_counts_blocks_and_says_why_a_team_can_be_without(house):
    release({house["Showroom"]: Released()})
    held()

    found = page(house["Northgate"], now=datetime(2026, 3, 18, 9, tzinfo=UTC))

    assert found.headline == "No figures of last week were released for any team."
    assert found.details == (
        "A team without figures is too small for its own, or fewer than five people answered, or nobody did.",
        "The next release is on Monday 23 March.",
    )


def test_a_past_week_is_named_by_its_days(house):
    release({house["Showroom"]: Released()})

    found = page(house["Northgate"], now=datetime(2026, 4, 18, 9, tzinfo=UTC))

    assert found.headline.startswith("Figures of the week of 2–8 Mar 2026 were released for 1 of 3")


def test_nothing_is_missing_where_every_team_has_figures(house):
    names = ("Parts", "Service counter", "Showroom")
    release({house[name]: Released() for name in names})

    assert page(house["Northgate"]).details == ("The next release is on Monday 16 March.",)


def test_before_the_first_tick_units_are_listed_and_the_day_is_told(house):
    found = page(house["Northgate"], now=datetime(2026, 3, 4, 9, tzinfo=UTC))

    assert found.headline == "Nothing has been released for Northgate yet."
    assert found.details[0].startswith("First figures come on Monday 9 March")
    assert [name for name, _cells in texts(found)] == ["Parts", "Service counter", "Showroom"]
    assert (found.columns, found.shown) == ((), set())


def test_a_site_without_teams_says_so(house):
    away = unit("Away", house["Harbour Motors"], Level.SITE)

    assert page(away).headline == "Away has no teams."
    assert page(house["Harbour Motors"]).groups[0].site.name == "Away"
    assert page(house["Harbour Motors"]).groups[0].rows == ()


def test_an_organisation_too_small_for_figures_reads_why(house):
    db.session.get(Settings, 1).own_pool_from = 99
    db.session.commit()

    assert page(house["Harbour Motors"]).headline == "There are no team figures with this few people."


def test_gaps_words_and_times_before_the_first_figure_are_told_apart(house):
    held()
    release({house["Showroom"]: Released(5, MoodWord.HIGH)})
    held()
    release({house["Showroom"]: Released(12, "3.4"), house["Service counter"]: Released()})

    rows = {row.line.name: row for row in page(house["Northgate"]).groups[0].rows}

    assert [(cell.text, cell.said) for cell in rows["Showroom"].cells] == [
        ("", "no figure yet"),
        ("high", ""),
        ("–", "not shown"),
        ("3.4", ""),
    ]
    assert "<svg" in rows["Showroom"].picture
    assert [cell.look for cell in rows["Service counter"].cells] == ["none", "none", "none", "heat-4"]


def test_an_older_first_figure_is_known_beyond_the_columns(house):
    release({house["Showroom"]: Released()})
    held()
    release({house["Showroom"]: Released()})

    [(_name, cells)] = [row for row in texts(page(house["Northgate"], count=2)) if row[0] == "Showroom"]

    assert cells == ["–", "3.4"]


def test_a_team_that_shrank_keeps_its_past_and_reads_whose_figure_stands_for_it(house):
    release({house["Parts"]: Released(8, "3.0")})
    assert page(house["Northgate"]).groups[0].rows[0].note == ""

    held()
    row = page(house["Northgate"]).groups[0].rows[0]

    assert [cell.text for cell in row.cells] == ["3.0", "–"]
    assert row.note == "In the figure of small teams in Harbour Motors."


def test_the_small_teams_of_a_site_have_a_row_of_their_own(house):
    release({house["Northgate"]: Released(12, "3.1"), house["Harbour Motors"]: Released(12, "2.9")})

    row = page(house["Harbour Motors"]).groups[0].rows[0]

    assert (row.pool, row.line.name, [cell.text for cell in row.cells]) == (True, "Northgate", ["3.1"])
    assert not any("2.9" in cells for _name, cells in texts(page(house["Harbour Motors"])))


def test_a_merged_team_ends_where_it_closed(house):
    release({house["Parts"]: Released(), house["Showroom"]: Released()})
    release({house["Showroom"]: Released()})
    closing = db.session.get_one(Unit, house["Parts"])
    closing.parent_id, closing.closed_on = house["Showroom"], date(2026, 3, 9)
    db.session.commit()

    rows = {row.line.name: row for row in page(house["Northgate"]).groups[0].rows}

    assert [(cell.text, cell.said) for cell in rows["Parts"].cells] == [("3.4", ""), ("", "closed")]
    assert page(house["Northgate"]).headline.endswith("1 of 2 teams.")


def test_closed_and_coming_units_say_since_when_and_from_when(house):
    release({house["Showroom"]: Released()})
    unit("Old", house["Northgate"], closed_on=date(2026, 3, 2))
    new = unit("New", house["Northgate"])
    merge = {"into_unit_id": new, "takes_effect_on": date(2026, 3, 16), "done": False}
    db.session.execute(sa.insert(UnitMerge).values(unit_id=house["Parts"], **merge))
    db.session.commit()

    told = dict(texts(page(house["Northgate"])))

    assert told["Old"] == "Closed since 2 Mar 2026."
    assert told["New"] == "Opens on 16 Mar 2026."


def test_a_team_without_any_figure_in_this_time_says_so(house):
    release({house["Showroom"]: Released()})

    assert dict(texts(page(house["Northgate"])))["Service counter"] == "Nothing was released in this time."


def test_a_page_begins_with_its_site_again(house, monkeypatch):
    monkeypatch.setattr(overview, "PER_PAGE", 2)
    release({house["Northgate"]: Released(), house["Showroom"]: Released()})

    second = page(house["Harbour Motors"], Search(page=2))

    assert (second.units, second.pages) == (3, 2)
    assert [(group.site.name, group.continued) for group in second.groups] == [("Northgate", True)]
    assert [row.line.name for row in second.groups[0].rows] == ["Showroom"]
    assert page(house["Harbour Motors"], Search(page=3)).groups == ()


def test_somebody_finds_a_team_by_its_name(house):
    found = page(house["Harbour Motors"], Search("SHOW"))

    assert [name for name, _cells in texts(found)] == ["Showroom"]
    assert page(house["Harbour Motors"], Search("nobody")).units == 0


def test_a_period_snaps_to_whole_weeks(house):
    for _week in range(3):
        release({house["Showroom"]: Released()})

    found = page(house["Northgate"], period=Period(date(2026, 3, 11), date(2026, 3, 11)))

    assert [column.day for column in found.columns] == ["9 Mar"]
    assert found.whole == "Whole weeks only: 9–15 Mar 2026."
    assert (found.first_day, found.last_day) == (date(2026, 3, 9), date(2026, 3, 15))
    assert found.by_week and found.legend and found.drawn


def test_the_units_of_a_page_take_a_few_questions_however_many_they_are(house, app):
    for number in range(25):
        unit(f"Team {number:02}", house["Northgate"])
    release({team.id: Released() for team in db.session.scalars(sa.select(Unit)) if team.level is Level.TEAM})
    db.session.rollback()
    asked = []
    sa.event.listen(app.extensions["reading"], "before_cursor_execute", lambda *said: asked.append(said[2]))

    page(house["Northgate"])

    assert sum("FROM block" in text for text in asked) <= 6
