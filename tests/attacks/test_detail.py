"""Detail: nothing below 20 who took part and 10 who have something to tell of, and words only."""

from dataclasses import replace
from fractions import Fraction

import pytest
import sqlalchemy as sa

from tests.answers import House, change, epoch_of, rows, say
from tests.attacks.clones import Clones
from tests.attacks.crowd import TEAMS_AT, UNIT_AT, CheckIn, Crowd, crowd
from tests.attacks.findings import Report
from wellbeing import choices, keys
from wellbeing.models.accounts import RoleGrant
from wellbeing.models.detail_ledger import DetailBlock, DetailWord
from wellbeing.models.epochs import LedgerKind
from wellbeing.models.pending import Dimension, Pending, PendingDetail, PendingSpillover
from wellbeing.permissions import Role

# How many took part, and how many of them had something to tell of.
GRID = [(19, 10), (19, 19), (20, 0), (20, 9), (20, 10), (25, 25), (40, 9), (40, 10), (59, 59)]
WAY_UP = {
    "Service counter": ("Service counter", "Northgate", "Harbour Motors"),
    "Showroom": ("Showroom", "Northgate", "Harbour Motors"),
    "Southgate desk": ("Southgate desk", "Southgate", "Harbour Motors"),
}
CHANNEL = Dimension.CHANNEL
CLOCKED = (Dimension.WEEKDAY, Dimension.DAY_PART)
ONE_FOR_ALL = {choice.key: "few" for choice in choices.CHANNELS} | {"phone": "most"}
OTHERS = [CheckIn(4), CheckIn(4), CheckIn(4)]


@pytest.fixture
def people(house: House) -> Crowd:
    """A crowd on SQLite."""
    return crowd(house)


def expected(height: str, participants: int, with_event: int) -> set[str]:
    """Return the units that are told of: the lowest at which enough have come together, and no other."""
    waiting = [(TEAMS_AT[height][number % len(TEAMS_AT[height])], number) for number in range(participants)]
    told = set()
    for depth in range(3):
        for unit in {WAY_UP[team][depth] for team, _number in waiting}:
            here = [one for one in waiting if WAY_UP[one[0]][depth] == unit]
            if len(here) >= 20 and sum(number < with_event for _team, number in here) >= 10:
                told.add(unit)
                waiting = [one for one in waiting if one not in here]
    return told


@pytest.mark.timeout(900)
def test_nothing_is_told_of_fewer_than_twenty_or_ten_and_all_else_in_words(
    any_clones: Clones, finding: Report
):
    shown = 0
    for height in TEAMS_AT:
        for participants, with_event in GRID:
            with any_clones() as house:
                here = crowd(house)
                here.take_part(height, participants, [["phone"]] * with_event, CHANNEL)
                here.tick()
                told = here.told()
            units = expected(height, participants, with_event)
            assert told == dict.fromkeys(((unit, "channel") for unit in units), ONE_FOR_ALL), (height, told)
            shown += bool(told)
    answers_of_one_person = ["phone"] * 20
    finding(
        "detail",
        f"nothing below 20 and 10 people, words above: {shown} of {len(GRID) * len(TEAMS_AT)} crowds",
        f"a count of rows shows {len(answers_of_one_person)} for 1 person",
        f"{len(GRID)} crowds at team, site and organisation, and spillover",
    )


def test_twenty_take_part_and_ten_have_something_to_tell_of_at_a_team(people: Crowd):
    people.take_part("team", 20, [["phone"]] * 10, CHANNEL)
    people.tick()

    assert people.told() == {("Service counter", "channel"): ONE_FOR_ALL}


@pytest.mark.parametrize(("participants", "with_event"), [(19, 10), (20, 9)])
def test_one_person_fewer_is_told_nothing_of(people: Crowd, participants: int, with_event: int):
    people.take_part("team", participants, [["phone"]] * with_event, CHANNEL)
    people.tick()

    assert people.told() == {}


def test_somebody_who_did_not_take_part_counts_for_nothing(people: Crowd):
    """A rough interaction without any mood is no participation, and tells of no category."""
    people.take_part("team", 20, [["phone"]] * 10 + [[]] * 10 + [["survey"]] * 10, CHANNEL)
    people.tick()

    assert people.told() == {("Service counter", "channel"): ONE_FOR_ALL}


def in_epoch(people: Crowd, number: int) -> Crowd:
    """Return the same crowd in later weeks."""
    epoch = epoch_of(people.house, number, LedgerKind.DETAIL)
    key = keys.unwrapped(people.house.server_key, epoch.wrapped_key)
    return replace(people, epoch_id=epoch.id, key=key)


def test_everybody_has_one_vote_for_each_category_however_often_they_wait_for_it(people: Crowd):
    people.take_part("site", 18, [["phone"]] * 9, CHANNEL)
    people.tick(1)
    assert people.told() == {}

    later = in_epoch(people, 2)
    later.take_part("site", 18, [["phone"]] * 9, CHANNEL)
    later.tick(2)

    assert later.told() == {}, "nine people who waited and came again were counted twice"


@pytest.mark.parametrize(
    ("chose", "word"), [(0, "few"), (2, "few"), (3, "some"), (7, "some"), (8, "most"), (10, "most")]
)
def test_a_category_has_the_word_of_how_many_chose_it(people: Crowd, chose: int, word: str):
    both = [["phone", "survey"]] * chose + [["phone"]] * (10 - chose)
    people.take_part("team", 20, both, CHANNEL)
    people.tick()

    [told] = people.told().values()
    assert told == ONE_FOR_ALL | {"survey": word}


def test_every_category_of_the_list_has_a_word_whoever_chose_it(people: Crowd):
    people.take_part("team", 20, [["social"]] * 10, CHANNEL)
    people.tick()

    [told] = people.told().values()
    assert told.keys() == {choice.key for choice in choices.CHANNELS}
    assert told["social"] == "most" and {*told.values()} == {"few", "most"}


def test_what_fails_at_the_organisation_waits_for_one_more_tick_and_is_gone(people: Crowd):
    people.take_part("team", 19, [["phone"]] * 19, CHANNEL)
    people.check_in("team", [[*OTHERS, CheckIn(2, follows_rough=True)]] * 9)
    before = len(rows(people.house, PendingDetail)), len(rows(people.house, PendingSpillover))

    people.tick(1)
    waiting = rows(people.house, PendingDetail), rows(people.house, PendingSpillover)
    assert tuple(map(len, waiting)) == before
    assert {row.pool_id for found in waiting for row in found} == {people.units["Harbour Motors"]}

    people.tick(2)
    assert rows(people.house, PendingDetail) == rows(people.house, PendingSpillover) == []
    assert people.told() == {}


def test_the_names_of_two_dimensions_never_join(house: House):
    """Three people say everything there is to say; whoever reads the tables cannot tell who said what."""
    said = tuple((dimension, "x") for dimension in Dimension if dimension not in CLOCKED)
    for name in ("Sol", "Noor", "Bea"):
        say(house, name, mood=4)
        say(house, name, mood=2, rough=True, details=said)

    names: dict[str, set[bytes]] = {"spillover": {row.contributor for row in rows(house, PendingSpillover)}}
    for row in rows(house, PendingDetail):
        names.setdefault(row.dimension.value, set()).add(row.contributor)
    assert {dimension: len(found) for dimension, found in names.items()} == dict.fromkeys(names, 3)
    assert len(names) == len(Dimension) + 1
    assert len(set().union(*names.values(), {row.contributor for row in rows(house, Pending)})) == 3 * (
        len(names) + 1
    )


@pytest.mark.parametrize("unit", ["Service counter", "Parts", "Southgate"])
def test_whoever_views_a_figure_is_in_no_detail(people: Crowd, unit: str):
    people.take_part("team", 20, [["phone"]] * 10, CHANNEL)
    role = {"person_id": 1000, "unit_id": people.units[unit], "role": Role.MANAGER}
    change(people.house, sa.insert(RoleGrant).values(role))

    people.tick()

    assert people.told() == {}


def test_the_tables_of_detail_have_no_column_for_a_number():
    numbers = {column.key for column in (*DetailBlock.__table__.columns, *DetailWord.__table__.columns)}

    assert numbers == {
        *("position", "tick_id", "unit_id", "question", "participants_needed", "event_people_needed"),
        *("tick_days", "rules_version", "hash", "category", "word"),
    }


# Spillover: whether people's mood was lower after a rough interaction, with a break between and without.

LOWER, EVEN = 2, 4
AFTER = {False: CheckIn(LOWER, follows_rough=True), True: CheckIn(LOWER, True, break_between=True)}


def spill(lower: int, even: int, with_break: bool = False) -> list[list[CheckIn]]:
    """Return the check-ins of people whose mood was lower afterwards, and of some whose mood was not."""
    return [[*OTHERS, AFTER[with_break]]] * lower + [
        [*OTHERS, CheckIn(EVEN, follows_rough=True, break_between=with_break)]
    ] * even


@pytest.mark.parametrize(("without", "with_break"), [(9, 10), (10, 9), (10, 10), (20, 0), (9, 9), (0, 20)])
@pytest.mark.parametrize("height", TEAMS_AT)
def test_spillover_waits_for_ten_of_each_kind_and_at_the_organisation_takes_what_has_ten(
    people: Crowd, height: str, without: int, with_break: int
):
    quiet = [OTHERS] * (40 - without - with_break)
    people.check_in(height, [*spill(without, 0), *spill(with_break, 0, True), *quiet])

    people.tick()

    shown = {"without_break": without >= 10, "with_break": with_break >= 10}
    words = {kind: "most" for kind, enough in shown.items() if enough}
    unit = UNIT_AT[height] if all(shown.values()) else "Harbour Motors"
    assert people.told() == ({(unit, "spillover"): words} if words else {})


@pytest.mark.parametrize(("people_needed", "told"), [(19, False), (20, True)])
def test_twenty_have_to_take_part_in_spillover_too(people: Crowd, people_needed: int, told: bool):
    people.check_in("team", [*spill(10, 0), *[OTHERS] * (people_needed - 10)])
    people.tick()

    assert bool(people.told()) == told


@pytest.mark.parametrize(
    ("others", "mood", "lower"),
    [
        ((4, 4, 4), 3, True),
        ((4, 4, 3), 3, False),
        ((4, 4, 5), 3, True),
        ((2, 2, 2), 1, True),
        ((2, 2, 1), 1, False),
        ((5, 5, 5, 2), 3, True),
        ((5, 5, 4, 1), 3, False),
    ],
)
def test_lower_means_one_below_the_mean_of_ones_own_other_check_ins(
    people: Crowd, others: tuple[int, ...], mood: int, lower: bool
):
    assert (Fraction(sum(others), len(others)) - mood >= 1) == lower
    mine = [*(CheckIn(other) for other in others), CheckIn(mood, follows_rough=True)]
    people.check_in("team", [mine] * 10 + [OTHERS] * 10)
    people.tick()

    [told] = people.told().values()
    assert told == {"without_break": "most" if lower else "few"}


def test_with_fewer_than_three_other_check_ins_nobody_is_judged(people: Crowd):
    people.check_in("team", [*spill(9, 0), [*OTHERS[:2], AFTER[False]], *[OTHERS] * 10])
    people.tick()

    assert people.told() == {}


def test_a_person_is_one_yes_however_often_it_happened(people: Crowd):
    often = [*OTHERS * 4, *[AFTER[False]] * 3]
    people.check_in("team", [often, *spill(1, 8), *[OTHERS] * 10])
    people.tick()

    assert people.told() == {("Harbour Motors", "spillover"): {"without_break": "few"}}
