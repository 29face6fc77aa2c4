"""Puppets: made-up accounts, new teams, roles and absences, arranged so that a figure is about one person.

Each attempt goes through the code that adds people, moves them, records answers and runs ticks. None leads to
a block while its puppets are young, unconfirmed or looking on. Whoever waits long enough succeeds: that is
said in the documentation, and so it is tested too.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.answers import House, blocks, change, in_week, rows, say, tick
from tests.attacks import naive
from tests.attacks.clones import cast_in
from tests.attacks.findings import Report
from tests.attacks.naive import Said
from tests.cast import NOW
from wellbeing import erasure, moves, people
from wellbeing.models.accounts import Person, RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.pending import Pending
from wellbeing.permissions import Role
from wellbeing.roster import NewPerson

TARGET = "Kai"
PUPPETS = ("Puck", "Polly", "Pip", "Pat", "Perry", "Pru", "Pam")
COUNTER = ("Sol", "Noor", "Bea", "Carl", "Dana")
YOUNG_WEEKS = (1, 2, 3)


def with_puppets(house: House, team: str = "Showroom", how_many: int = 4, now: datetime = NOW) -> House:
    """Add made-up people to a team, as an import would, and return the house with them in it."""
    new = [NewPerson(at, f"{name} Vale", ("Northgate", team)) for at, name in enumerate(PUPPETS[:how_many])]
    people.add_people(db.session(), new, now)
    db.session.remove()
    return replace(house, cast=cast_in(house.engine))


def all_answer(house: House, names: Iterable[str], weeks: Iterable[int] = (1,)) -> None:
    """Let people answer in some weeks, each of which ends with its tick."""
    names = list(names)
    for week in weeks:
        for name in names:
            say(house, name, in_week(week), mood=1, rough=True)
        tick(house, week)


def grant(house: House, name: str, unit: str, role: Role = Role.MANAGER) -> None:
    values = {"person_id": house.cast.people[name], "unit_id": house.cast.units[unit], "role": role}
    change(house, sa.insert(RoleGrant).values(**values))


def person(house: House, name: str) -> Person:
    return db.session.get_one(Person, house.cast.people[name])


def four_new_accounts_and_a_target(house: House) -> None:
    house = with_puppets(house)
    all_answer(house, (TARGET, *PUPPETS[:4]), YOUNG_WEEKS)


def a_new_team_of_puppets_to_which_the_target_is_moved(house: House) -> None:
    house = with_puppets(house, "Annex", 7)
    annex = db.session.get_one(Unit, house.cast.units["Annex"])
    moves.plan_move(db.session(), person(house, TARGET), annex, NOW)
    db.session.remove()
    all_answer(house, (TARGET, *PUPPETS), YOUNG_WEEKS)


def a_manager_who_joins_four_of_the_team(house: House) -> None:
    all_answer(house, ("Alba", *COUNTER[:4]))


def everybody_above_who_joins_four_of_the_team(house: House) -> None:
    all_answer(house, ("Hilde", "Ada", "Alba", *COUNTER[:4]))


def accounts_that_nobody_has_confirmed(house: House) -> None:
    house = with_puppets(house)
    made = [house.cast.people[name] for name in PUPPETS[:4]]
    change(house, sa.update(Person).where(Person.id.in_(made)).values(counts_from=None))
    all_answer(house, (TARGET, *PUPPETS[:4]), range(1, 8))


def accounts_that_an_admin_confirms_at_once(house: House) -> None:
    house = with_puppets(house)
    made = [house.cast.people[name] for name in PUPPETS[:4]]
    change(house, sa.update(Person).where(Person.id.in_(made)).values(counts_from=None))
    for name in PUPPETS[:4]:
        people.confirm_person(db.session(), person(house, name), NOW)
    db.session.remove()
    all_answer(house, (TARGET, *PUPPETS[:4]), YOUNG_WEEKS)


def somebody_who_answers_and_is_then_made_manager_of_the_team(house: House) -> None:
    for name in COUNTER:
        say(house, name, NOW)
    grant(house, "Dana", "Service counter")
    tick(house, 1)


def somebody_who_answers_and_is_then_given_hr_of_everything(house: House) -> None:
    for name in COUNTER:
        say(house, name, NOW)
    grant(house, "Dana", "Harbour Motors", Role.HR)
    tick(house, 1)


def puppets_in_a_held_pool_that_climbs(house: House) -> None:
    house = with_puppets(house, how_many=2)
    all_answer(house, (TARGET, *PUPPETS[:2], "Sol", "Noor"), (1, 2))
    for week in range(3, 9):
        tick(house, week)


def a_viewer_whose_held_answers_climb_into_the_figure_they_are_shown(house: House) -> None:
    all_answer(house, (TARGET, "Lena", "Mona", "Sol", "Noor"))
    tick(house, 2)
    tick(house, 3)
    grant(house, "Mona", "Northgate")
    tick(house, 4)


def a_team_of_which_all_but_four_are_on_leave(house: House) -> None:
    all_answer(house, COUNTER[:4], range(1, 18))


def one_person_who_answers_again_and_again(house: House) -> None:
    all_answer(house, (*COUNTER[:4], *["Sol"] * 8))


def five_of_whom_one_is_erased_before_the_tick(house: House) -> None:
    for name in COUNTER:
        say(house, name, NOW)
    erasure.erase(db.session(), house.server_key, person(house, "Dana"))
    db.session.remove()
    tick(house, 1)


def two_teams_of_puppets_merged_around_the_target(house: House) -> None:
    house = with_puppets(house, "Annex", 7)
    merged = [db.session.get_one(Unit, house.cast.units[name]) for name in ("Annex", "Parts")]
    moves.plan_merge(db.session(), merged, "Front of house", NOW)
    db.session.remove()
    all_answer(house, ("Uma", *PUPPETS), YOUNG_WEEKS)


ATTEMPTS: Sequence[Callable[[House], None]] = (
    four_new_accounts_and_a_target,
    a_new_team_of_puppets_to_which_the_target_is_moved,
    a_manager_who_joins_four_of_the_team,
    everybody_above_who_joins_four_of_the_team,
    accounts_that_nobody_has_confirmed,
    accounts_that_an_admin_confirms_at_once,
    somebody_who_answers_and_is_then_made_manager_of_the_team,
    somebody_who_answers_and_is_then_given_hr_of_everything,
    puppets_in_a_held_pool_that_climbs,
    a_viewer_whose_held_answers_climb_into_the_figure_they_are_shown,
    a_team_of_which_all_but_four_are_on_leave,
    one_person_who_answers_again_and_again,
    five_of_whom_one_is_erased_before_the_tick,
    two_teams_of_puppets_merged_around_the_target,
)


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=lambda attempt: attempt.__name__)
def test_no_block_comes_of(any_house: House, attempt: Callable[[House], None]):
    attempt(any_house)

    assert blocks(any_house) == []


@pytest.mark.parametrize("name", ["Puck", "Hilde"])
def test_who_counts_nowhere_leaves_no_answer_behind(any_house: House, name: str):
    house = with_puppets(any_house)

    say(house, name, NOW, mood=1, rough=True)

    assert rows(house, Pending) == []


@pytest.mark.parametrize(
    ("made_at", "first_block"),
    [(datetime(2026, 3, 2, 12, 0, tzinfo=UTC), 3), (datetime(2026, 3, 3, 12, 0, tzinfo=UTC), 4)],
)
def test_whoever_waits_fourteen_days_fabricates_a_pool_as_the_documentation_says(
    any_house: House, made_at: datetime, first_block: int
):
    house = with_puppets(any_house, now=made_at)

    for week in (1, 2, 3, 4):
        all_answer(house, (TARGET, *PUPPETS[:4]), [week])
        assert bool(blocks(house)) is (week >= first_block)


def test_how_far_puppets_get_is_told(finding: Report):
    said = [Said(0, TARGET, 2), *(Said(0, name, 5) for name in PUPPETS[:4])]
    shown = naive.figure(said, 0, 0)
    assert shown is not None
    found = shown.mean * shown.answers - 4 * 5

    finding(
        "puppets",
        f"no block in {len(ATTEMPTS)} attempts",
        f"four new accounts show the target's answer on the same day: {found}",
        "new accounts and teams, unconfirmed people, viewers, roles, climbs, merges, leave, an erasure",
    )
