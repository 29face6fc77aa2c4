"""When check-ups open and close, and whose replies have a place in them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from tests.answers import House, change, rows
from tests.cast import CONFIRMED, NOW
from tests.quarters import IN_APRIL, MARCH, opened, quarters, run_jobs
from wellbeing import checkups
from wellbeing import quarters as quarter_days
from wellbeing.models.accounts import Person, RoleGrant
from wellbeing.models.checkup import QuarterKey, QuarterPlace
from wellbeing.models.settings import Settings
from wellbeing.permissions import Role

MADRID = ZoneInfo("Europe/Madrid")
FIRST_OF_APRIL = datetime(2026, 3, 31, 22, 0, tzinfo=UTC)


def test_the_first_one_opens_with_the_site_and_closes_with_the_calendars_quarter(any_house: House):
    assert opened(any_house)
    assert not opened(any_house)

    [found] = quarters(any_house)
    assert (found.opens_at, found.closes_at) == (CONFIRMED, FIRST_OF_APRIL)
    assert (found.people_needed, found.released_on) == (5, None)
    assert quarter_days.last_day(found.closes_at, MADRID) == date(2026, 3, 31)
    assert len(rows(any_house, QuarterKey)) == 1


def test_where_less_than_a_fortnight_is_left_the_first_one_waits_for_the_next_quarter(house: House):
    late = datetime(2026, 3, 20, 9, 0, tzinfo=UTC)
    change(house, sa.update(Settings).values(confirmed_at=late))

    assert not opened(house, late)
    assert opened(house, FIRST_OF_APRIL)
    assert quarters(house)[0].opens_at == FIRST_OF_APRIL


def test_before_the_first_import_nothing_opens(house: House):
    change(house, sa.update(Settings).values(confirmed_at=None))

    assert not opened(house)
    change(house, sa.update(Settings).values(confirmed_at=CONFIRMED))
    assert not opened(house, CONFIRMED - timedelta(days=1))


def test_the_next_one_opens_by_itself_on_the_first_of_the_next_quarter(any_house: House):
    run_jobs(any_house, MARCH)
    run_jobs(any_house, FIRST_OF_APRIL - timedelta(minutes=1))
    assert len(quarters(any_house)) == 1

    run_jobs(any_house, FIRST_OF_APRIL)
    first, second = quarters(any_house)
    assert (second.opens_at, second.closes_at.astimezone(MADRID).date()) == (
        first.closes_at,
        date(2026, 7, 1),
    )


def test_a_quarter_in_which_nothing_ran_is_not_opened_afterwards(house: House):
    opened(house)
    opened(house, datetime(2026, 11, 3, tzinfo=UTC))

    [_first, found] = quarters(house)
    assert found.opens_at.astimezone(MADRID).date() == date(2026, 10, 1)


def test_every_month_is_asked_from_the_next_check_up_on_and_a_longer_wait_too(house: House):
    opened(house)
    change(house, sa.update(Settings).values(checkup_months=1))
    assert not opened(house)
    opened(house, IN_APRIL)
    change(house, sa.update(Settings).values(checkup_months=3))
    opened(house, datetime(2026, 5, 3, tzinfo=UTC))

    assert [found.closes_at.astimezone(MADRID).date() for found in quarters(house)] == [
        *(date(2026, 4, 1), date(2026, 5, 1), date(2026, 7, 1))
    ]
    assert quarters(house)[2].opens_at == quarters(house)[1].closes_at


def places(house: House) -> dict[str, str]:
    people = {person: name for name, person in house.cast.people.items()}
    units = {unit: name for name, unit in house.cast.units.items()}
    return {people[row.person_id]: units[row.pool_id] for row in rows(house, QuarterPlace)}


def test_replies_go_where_a_weeks_answers_go_and_those_of_small_teams_to_the_unit_above(any_house: House):
    opened(any_house)

    found = places(any_house)
    assert (found["Sol"], found["Kai"], found["Uma"]) == ("Service counter", "Showroom", "Harbour Motors")


def test_nobody_who_looks_at_figures_has_a_place(house: House):
    opened(house)

    assert not {"Alba", "Max", "Tess", "Hilde", "Ada"} & places(house).keys()


def test_an_account_that_is_too_young_has_no_place(house: House):
    change(house, sa.update(Person).where(Person.name == "Sol Vale").values(counts_from=date(2026, 4, 2)))
    opened(house)

    assert "Sol" not in places(house)


def test_an_organisation_that_is_too_small_for_figures_has_a_check_up_without_places(house: House):
    change(house, sa.update(Person).values(active=False))
    opened(house)

    assert (len(quarters(house)), places(house)) == (1, {})


def test_viewers_are_whoever_looks_by_a_role_anywhere(house: House):
    change(
        house,
        sa.insert(RoleGrant).values(
            person_id=house.cast.people["Jun"], unit_id=house.cast.units["Parts"], role=Role.HR
        ),
    )
    with house.engine.connect() as connection:
        found = checkups.viewers(connection)

    assert found == {house.cast.people[name] for name in ("Alba", "Max", "Tess", "Hilde", "Ada", "Jun")}


def test_what_is_open_is_told_without_its_key(house: House):
    with house.engine.connect() as connection:
        assert checkups.open_now(connection, NOW) is None
    opened(house)

    with house.engine.connect() as connection:
        found = checkups.open_now(connection, MARCH)
        assert found is not None and set(found._fields) == {"id", "opens_at", "closes_at", "asked"}
        assert checkups.open_now(connection, FIRST_OF_APRIL) is None
