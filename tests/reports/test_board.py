"""Everything on a unit's page: whose figure it is, and why."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from tests.reports.ledger import Released, held, release
from wellbeing import ratchet
from wellbeing.models.accounts import Level, Person, Unit
from wellbeing.models.base import db
from wellbeing.models.changes import UnitMerge
from wellbeing.models.ledger import MoodWord
from wellbeing.models.settings import Settings
from wellbeing.reports import board, reading

WEDNESDAY = datetime(2026, 3, 11, 9, tzinfo=UTC)


@pytest.fixture
def house(app, site):
    """The cast's units by name, inside the app."""
    with app.app_context():
        yield site.units


def page(unit_id, ticks=26, now=WEDNESDAY):
    with reading.session() as session:
        return board.board(session, unit_id, ticks, now)


def test_a_team_reads_its_own_week(house):
    release({house["Service counter"]: Released()})

    found = page(house["Service counter"])

    assert found.headline == "Mood was 3.4 last week."
    assert found.details[-1] == "The next release is on Monday 16 March."
    assert (found.unit, found.reason, found.below) == (found.source, "", ())
    assert found.has_figures and not found.has_words


def test_a_small_team_reads_the_figure_above_and_why(house):
    release({house["Harbour Motors"]: Released(5, MoodWord.HIGH)})

    found = page(house["Parts"])

    assert (found.source.name, found.headline) == ("Harbour Motors", "Mood was high last week.")
    assert found.reason.startswith("Parts has fewer than seven people")
    assert found.has_words and not found.has_figures


def test_a_team_that_shrank_since_the_tick_keeps_its_week_until_the_next(house):
    release({house["Parts"]: Released(8, "3.0")})
    assert page(house["Parts"]).source.name == "Parts"

    held()
    assert page(house["Parts"]).source.name == "Harbour Motors"


def test_a_large_team_whose_week_is_held_is_not_shown_the_figure_above(house):
    release({house["Service counter"]: Released(), house["Harbour Motors"]: Released()})
    release({house["Harbour Motors"]: Released()})

    found = page(house["Service counter"], now=datetime(2026, 3, 18, 9, tzinfo=UTC))

    assert (found.source.name, found.headline) == ("Service counter", "Last week is not shown.")


def test_before_the_first_tick_the_page_says_when_it_comes(house):
    found = page(house["Service counter"], now=datetime(2026, 3, 4, 9, tzinfo=UTC))

    assert found.headline == "Nothing has been released for Service counter yet."
    assert found.details == ("First figures come on Monday 9 March, if enough people answer.",)


def test_a_new_team_waits_for_the_next_tick(house):
    held()

    assert page(house["Showroom"]).details == ("The next release is on Monday 16 March.",)


def test_a_site_without_a_pool_of_its_own_points_to_its_teams(house):
    found = page(house["Northgate"])

    assert found.headline == "Northgate has no figure of its own: look at its teams."
    assert [line.name for line in found.below] == ["Parts", "Service counter", "Showroom"]


def test_a_shorter_view_says_the_same_in_its_headline(house):
    for _week in range(5):
        release({house["Service counter"]: Released()})
    now = datetime(2026, 4, 8, 9, tzinfo=UTC)

    short, long = page(house["Service counter"], 2, now), page(house["Service counter"], 52, now)

    assert short.headline == long.headline == "Mood was 3.4 last week, steady for five weeks."
    assert (len(short.weeks), len(long.weeks)) == (2, 5)


def test_the_table_is_newest_first_and_says_what_the_pictures_say(house):
    release({house["Showroom"]: Released(8, "2.0", 3, 4)})
    held()
    release({house["Showroom"]: Released(5, MoodWord.LOW)})

    words, gap, figure = page(house["Showroom"]).rows

    assert (words.people, words.mood, words.likely) == ("5 to 7", "low", "")
    assert (gap.shown, gap.mood) == (False, "not shown")
    assert (figure.mood, figure.likely, figure.rough, figure.breaks) == (
        "2.0 or lower",
        "1.0 to 2.6",
        "3",
        "4",
    )


def test_a_site_that_asks_for_more_people_says_its_own_number(house):
    db.session.get(Settings, 1).people_needed = 6
    db.session.commit()

    assert page(house["Showroom"]).people_needed == "six"


def merge(house):
    """Close two teams on Monday 9 March, as a merge does."""
    new = Unit(name="Front", level=Level.TEAM, parent_id=house["Northgate"])
    db.session.add(new)
    db.session.flush()
    for name in ("Parts", "Showroom"):
        unit = db.session.get_one(Unit, house[name])
        unit.parent_id, unit.closed_on = new.id, date(2026, 3, 9)
    people = sa.select(Person).where(Person.unit_id.in_([house["Parts"], house["Showroom"]]))
    for person in db.session.scalars(people):
        person.unit_id = new.id
    db.session.commit()
    return new.id


def test_a_closed_teams_figures_end_where_it_closed(house):
    release({house["Showroom"]: Released()})
    merge(house)
    held(3)
    found = page(house["Showroom"], now=datetime(2026, 4, 1, 9, tzinfo=UTC))

    assert found.reason.startswith("Showroom is closed since 9 Mar 2026: its people are in Front.")
    assert found.headline == "Mood was 3.4 in the week of 2–8 Mar 2026."
    assert (len(found.weeks), found.source.name) == (1, "Showroom")
    assert not any("next release" in sentence for sentence in found.details)
    assert found.announcement == ""


def test_a_closed_team_without_a_figure_is_not_shown_another(house):
    release({house["Harbour Motors"]: Released()})
    merge(house)
    found = page(house["Parts"])

    assert (found.headline, found.details) == ("Nothing was released for Parts.", ())
    assert found.source.name == "Parts"


def test_the_new_team_lists_the_closed_ones_below_it(house):
    new = merge(house)
    found = page(new)

    assert [(line.name, line.closed_on) for line in found.below] == [
        ("Parts", date(2026, 3, 9)),
        ("Showroom", date(2026, 3, 9)),
    ]
    assert [line.name for line in page(house["Parts"]).path] == [
        "Harbour Motors",
        "Northgate",
        "Front",
        "Parts",
    ]


def leave_only(number):
    """Let all but so many people leave, viewers of the organisation aside."""
    viewers = {"Ada Vale", "Hilde Vale"}
    staff = [person for person in db.session.scalars(sa.select(Person)) if person.name not in viewers]
    for person in staff[number:]:
        person.active = False
    db.session.commit()


def test_an_organisation_too_small_for_figures_says_so_on_every_page(house):
    leave_only(6)

    for unit in house.values():
        found = page(unit)
        assert found.reason.startswith("Harbour Motors has fewer than seven people whose answers can count.")
        assert found.reason.endswith("no answer is stored for any.")


def test_an_organisation_of_just_enough_people_does_not(house):
    leave_only(7)

    assert "no team figures" not in page(house["Parts"]).reason


def test_what_was_released_before_an_organisation_shrank_stays_in_sight(house):
    release({house["Showroom"]: Released()})
    held()
    leave_only(6)
    found = page(house["Showroom"], now=datetime(2026, 3, 18, 9, tzinfo=UTC))

    assert [row.mood for row in found.rows] == ["not shown", "3.4"]
    assert "no team figures" in found.reason


def test_before_the_first_import_is_confirmed_nobody_is_called_too_few(house):
    db.session.get_one(Settings, 1).confirmed_at = None
    for person in db.session.scalars(sa.select(Person)):
        person.counts_from = None
    db.session.commit()

    assert "no team figures" not in page(house["Parts"]).reason


def test_a_week_that_is_not_shown_names_the_people_that_were_needed_then(house):
    release({house["Showroom"]: Released()})
    release({house["Harbour Motors"]: Released()})
    db.session.get_one(Settings, 1).people_needed = 6
    db.session.commit()
    now = datetime(2026, 3, 18, 9, tzinfo=UTC)

    assert page(house["Showroom"], now=now).details[0].startswith("Fewer than five people answered")
    held()
    later = page(house["Showroom"], now=datetime(2026, 3, 25, 9, tzinfo=UTC))
    assert later.details[0].startswith("Fewer than six people answered")


def test_a_planned_change_is_on_the_page(house):
    ratchet.plan(db.session(), ratchet.Values(6, 7, 7), WEDNESDAY)
    db.session.rollback()

    assert page(house["Showroom"]).announcement.endswith("a figure needs 6 people or more (until then 5).")


def plan_a_merge(house):
    """Plan that two teams merge on Monday 16 March."""
    new = Unit(name="Front", level=Level.TEAM, parent_id=house["Northgate"])
    db.session.add(new)
    db.session.flush()
    for name in ("Showroom", "Parts"):
        merge = UnitMerge(
            unit_id=house[name], into_unit_id=new.id, takes_effect_on=date(2026, 3, 16), done=False
        )
        db.session.add(merge)
    db.session.commit()
    return new.id


def test_a_unit_that_is_only_planned_says_when_it_opens_and_shows_no_figures(house):
    release({house["Harbour Motors"]: Released()})
    ratchet.plan(db.session(), ratchet.Values(6, 7, 7), WEDNESDAY)
    found = page(plan_a_merge(house))

    assert found.headline == "Front opens on Monday 16 March, with the people of Parts and Showroom."
    assert (found.details, found.reason, found.weeks, found.announcement) == ((), "", (), "")
    assert (found.source, found.figures_come) == (found.unit, False)


def test_a_planned_unit_is_marked_in_the_tree_until_it_opens(house):
    new = plan_a_merge(house)
    assert [line.opens_on for line in page(house["Northgate"]).below if line.id == new] == [date(2026, 3, 16)]

    db.session.execute(sa.update(UnitMerge).values(done=True))
    db.session.commit()
    assert {line.opens_on for line in page(house["Northgate"]).below} == {None}


def test_an_organisation_too_small_for_figures_is_promised_none(house):
    for tick in (False, True):
        leave_only(6)
        held(int(tick))
        for unit in house.values():
            found = page(unit)
            assert found.headline == "There are no team figures with this few people."
            assert found.details == ("The kind words, the breaks, cover and help are there all the same.",)
            assert not found.figures_come


def test_an_organisation_that_shrank_keeps_its_figures_and_is_promised_no_more(house):
    release({house["Showroom"]: Released()})
    leave_only(6)
    found = page(house["Showroom"])

    assert found.headline == "Mood was 3.4 last week."
    assert found.details[-1].startswith("The kind words, the breaks")
    assert not any("next release" in sentence for sentence in found.details)


def test_a_site_without_figures_of_its_own_is_promised_none(house):
    release({house["Showroom"]: Released()})

    assert page(house["Northgate"]).details == ()
    assert "next release" in page(house["Showroom"]).details[-1]
