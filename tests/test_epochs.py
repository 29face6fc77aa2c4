"""Epochs: they turn on Mondays at four where the organisation is, however late anybody looks."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from tests.answers import FIRST_TICK, House, after_tick, change, epoch_of, in_week, rows, say
from tests.cast import CONFIRMED, NOW
from wellbeing import epochs, keys, ticks
from wellbeing.models.accounts import Person, RoleGrant
from wellbeing.models.epochs import Epoch, LedgerKind, Place
from wellbeing.models.settings import Settings
from wellbeing.permissions import Role

MADRID = ZoneInfo("Europe/Madrid")


def opened(house: House, now: datetime) -> int:
    with house.engine.begin() as connection:
        return epochs.open_due(connection, house.server_key, now)


def spans(house: House, ledger: LedgerKind = LedgerKind.WEEKLY) -> list[tuple[datetime, datetime]]:
    found = sorted(rows(house, Epoch), key=lambda epoch: epoch.number)
    return [(epoch.opens_at, epoch.closes_at) for epoch in found if epoch.ledger is ledger]


def set_up_again(house: House, **values: object) -> None:
    """Forget the epochs, and change what the site was set up with."""
    change(
        house,
        sa.delete(Place),
        sa.delete(Epoch),
        sa.update(Settings).values(confirmed_at=CONFIRMED, **values),
    )


@pytest.mark.parametrize(
    ("moment", "monday"),
    [
        (datetime(2026, 3, 4, 11, tzinfo=UTC), datetime(2026, 3, 2, 3, tzinfo=UTC)),
        (datetime(2026, 3, 2, 3, tzinfo=UTC), datetime(2026, 3, 2, 3, tzinfo=UTC)),
        (datetime(2026, 3, 2, 2, 59, 59, tzinfo=UTC), datetime(2026, 2, 23, 3, tzinfo=UTC)),
        # Sunday 29 March loses an hour, Sunday 25 October gains one.
        (datetime(2026, 3, 30, 1, 59, tzinfo=UTC), datetime(2026, 3, 23, 3, tzinfo=UTC)),
        (datetime(2026, 3, 30, 2, 0, tzinfo=UTC), datetime(2026, 3, 30, 2, tzinfo=UTC)),
        (datetime(2026, 10, 26, 2, 59, tzinfo=UTC), datetime(2026, 10, 19, 2, tzinfo=UTC)),
        (datetime(2026, 10, 26, 3, 0, tzinfo=UTC), datetime(2026, 10, 26, 3, tzinfo=UTC)),
    ],
)
def test_the_week_turns_on_monday_at_four_by_the_local_clock(moment: datetime, monday: datetime):
    assert ticks.monday_before(moment, MADRID) == monday


@pytest.mark.parametrize(
    ("opens_at", "hours"),
    [
        (datetime(2026, 3, 23, 3, tzinfo=UTC), 7 * 24 - 1),
        (datetime(2026, 10, 19, 2, tzinfo=UTC), 7 * 24 + 1),
        (datetime(2026, 6, 1, 2, tzinfo=UTC), 7 * 24),
    ],
)
def test_a_week_with_a_change_of_clocks_is_an_hour_shorter_or_longer(opens_at: datetime, hours: int):
    assert ticks.days_later(opens_at, 7, MADRID) - opens_at == timedelta(hours=hours)


def test_nothing_opens_before_the_admin_has_confirmed_the_first_import(house: House):
    set_up_again(house)
    change(house, sa.update(Settings).values(confirmed_at=None))

    assert opened(house, in_week(3)) == 0
    assert rows(house, Epoch) == []


def test_the_first_epoch_opens_when_the_import_is_confirmed_and_closes_on_the_next_monday(any_house: House):
    assert spans(any_house) == [(CONFIRMED, FIRST_TICK)]
    assert spans(any_house, LedgerKind.DETAIL) == [
        (CONFIRMED, datetime(2026, 3, 30, 2, tzinfo=UTC)),
    ]


def test_an_epoch_in_its_time_is_not_opened_twice(any_house: House):
    assert opened(any_house, NOW) == 0
    assert opened(any_house, FIRST_TICK - timedelta(seconds=1)) == 0
    assert opened(any_house, FIRST_TICK) == 1


def test_weeks_in_which_nobody_came_open_one_by_one(any_house: House):
    assert opened(any_house, in_week(5)) == 5

    weeks = spans(any_house)
    assert len(weeks) == 5
    assert all(before[1] == after[0] for before, after in zip(weeks, weeks[1:], strict=False))
    assert {span[1].astimezone(MADRID).strftime("%A %H:%M") for span in weeks} == {"Monday 04:00"}
    assert spans(any_house, LedgerKind.DETAIL)[1][0] == weeks[3][1]


def test_a_strict_site_waits_two_weeks_for_each_tick(house: House):
    set_up_again(house, tick_days=14)

    opened(house, in_week(4))

    assert [span[1] for span in spans(house)] == [
        FIRST_TICK + timedelta(weeks=1),
        datetime(2026, 3, 30, 2, tzinfo=UTC),
    ]


def test_each_epoch_has_a_key_of_its_own_and_the_settings_of_its_first_day(house: House):
    opened(house, in_week(2))
    found = [keys.unwrapped(house.server_key, epoch.wrapped_key) for epoch in rows(house, Epoch)]

    assert len(set(found)) == 3
    change(house, sa.update(Settings).values(people_needed=6, own_pool_from=9))
    opened(house, in_week(3))
    stored = [(epoch_of(house, n).people_needed, epoch_of(house, n).own_pool_from) for n in (2, 3)]
    assert stored == [(5, 7), (6, 9)]


def places(house: House, number: int) -> dict[int, int]:
    epoch_id = epoch_of(house, number).id
    return {place.person_id: place.pool_id for place in rows(house, Place) if place.epoch_id == epoch_id}


def test_everybody_has_a_place_but_those_who_look_at_every_figure(any_house: House):
    cast, found = any_house.cast, places(any_house, 1)

    assert found[cast.people["Sol"]] == cast.units["Service counter"]
    assert found[cast.people["Kai"]] == cast.units["Showroom"]
    assert found[cast.people["Uma"]] == found[cast.people["Alba"]] == cast.units["Harbour Motors"]
    assert {cast.people[name] for name in ("Tess", "Hilde", "Ada")}.isdisjoint(found)


@pytest.mark.parametrize(
    ("change_of_sol", "counts"),
    [
        ({"counts_from": date(2026, 3, 9)}, True),
        ({"counts_from": date(2026, 3, 10)}, False),
        ({"counts_from": None}, False),
        ({"active": False}, False),
    ],
)
def test_an_account_that_is_young_unconfirmed_or_closed_has_no_place(
    any_house: House, change_of_sol: dict, counts: bool
):
    sol = any_house.cast.people["Sol"]
    change(any_house, sa.update(Person).where(Person.id == sol).values(**change_of_sol))

    opened(any_house, after_tick(1))

    assert (sol in places(any_house, 2)) is counts


def test_a_move_to_another_team_takes_effect_at_the_next_tick(any_house: House):
    cast = any_house.cast
    sol = cast.people["Sol"]
    change(any_house, sa.update(Person).where(Person.id == sol).values(unit_id=cast.units["Showroom"]))

    opened(any_house, after_tick(1))

    assert places(any_house, 1)[sol] == cast.units["Service counter"]
    assert places(any_house, 2)[sol] == cast.units["Showroom"]


def test_a_site_too_small_for_a_ledger_opens_epochs_without_places(house: House):
    set_up_again(house)
    change(house, sa.update(Person).where(Person.unit_id != house.cast.units["Parts"]).values(active=False))

    assert opened(house, NOW) == 2
    assert rows(house, Place) == []


def test_an_organisation_of_managers_alone_opens_epochs_without_places(house: House):
    set_up_again(house)
    grants = [
        {"person_id": person, "unit_id": house.cast.units["Harbour Motors"], "role": Role.HR}
        for name, person in house.cast.people.items()
        if name not in ("Hilde", "Ada")
    ]
    change(house, *(sa.insert(RoleGrant).values(grant) for grant in grants))

    opened(house, NOW)
    assert rows(house, Place) == []
    assert say(house, "Sol").pending == []


def test_one_person_too_few_on_the_whole_and_nothing_is_stored(house: House):
    set_up_again(house)
    staff = [person for name, person in house.cast.people.items() if name not in ("Hilde", "Ada")]
    change(house, sa.update(Person).where(Person.id.in_(staff[6:])).values(active=False))

    opened(house, NOW)
    assert say(house, "Alba").pending == say(house, "Sol").pending == []


def test_headcount_is_read_anew_when_an_epoch_opens(house: House):
    cast = house.cast
    leavers = [cast.people[name] for name in ("Emil", "Fay", "Gus", "Hana", "Ivo", "Jun")]
    change(house, sa.update(Person).where(Person.id.in_(leavers)).values(active=False))

    opened(house, after_tick(1))
    # Five of the counter can count, too few for a pool of their own from this week on.
    assert places(house, 1)[cast.people["Sol"]] == cast.units["Service counter"]
    assert places(house, 2)[cast.people["Sol"]] == cast.units["Northgate"]
