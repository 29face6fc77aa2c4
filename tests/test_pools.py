"""Whose answers go where: nobody is ever counted in a figure that they can look at."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from wellbeing.pools import PoolMap, Roster, Standing, bottom_up, path_up, pool_map, roster_of

ORGANISATION, SITE, SERVICE, SHOWROOM, PARTS = 1, 2, 3, 4, 5
PARENTS = {ORGANISATION: None, SITE: ORGANISATION, SERVICE: SITE, SHOWROOM: SITE, PARTS: SITE}
ALBA, MAX, TESS, HILDE, ADA = 101, 102, 103, 104, 105


def placed(
    teams: dict[int, list[int]], grants: dict[int, set[int]] | None = None, needed: int = 7
) -> PoolMap:
    homes = {person: team for team, people in teams.items() for person in people}
    return pool_map(Roster(PARENTS, homes, grants or {}, needed))


def people(first: int, how_many: int) -> list[int]:
    return list(range(first, first + how_many))


def test_seven_people_are_a_pool_of_their_own_and_six_are_not():
    seven, six = people(10, 7), people(20, 6)

    places = placed({SERVICE: seven, SHOWROOM: six, PARTS: people(30, 1)}).places

    assert {places[person] for person in seven} == {SERVICE}
    assert {places[person] for person in six} == {SITE}


def test_the_manager_of_seven_does_not_make_an_eighth():
    team = [*people(10, 6), ALBA]

    map_ = placed({SERVICE: team, SHOWROOM: people(20, 8)}, {SERVICE: {ALBA}})

    assert SERVICE not in map_.places.values()


def test_alba_answers_above_her_own_team():
    teams = {SERVICE: [*people(10, 8), ALBA], SHOWROOM: people(20, 3), PARTS: people(30, 4)}

    map_ = placed(teams, {SERVICE: {ALBA}})

    assert map_.places[ALBA] == SITE
    assert map_.viewers[SERVICE] == {ALBA}
    assert map_.viewers[SITE] == frozenset()


def test_the_manager_of_a_small_team_is_shown_the_figure_above_and_so_answers_higher_still():
    teams = {SERVICE: people(10, 8), SHOWROOM: people(20, 7), PARTS: [*people(30, 7), TESS][2:]}
    teams[SITE] = people(50, 3)

    map_ = placed(teams, {PARTS: {TESS}})

    assert TESS in map_.viewers[SITE]
    assert map_.places[30 + 2] == SITE
    assert map_.places[TESS] == ORGANISATION


def test_the_manager_of_a_team_without_counted_people_is_shown_the_figure_above_all_the_same():
    teams = {SERVICE: people(10, 8), SHOWROOM: [], SITE: [*people(20, 8), MAX]}

    map_ = placed(teams, {SHOWROOM: {MAX}})

    assert MAX in map_.viewers[SITE]
    assert map_.places[MAX] == ORGANISATION


def test_hr_and_admins_of_the_organisation_answer_nowhere():
    map_ = placed({SERVICE: [*people(10, 9), HILDE], ORGANISATION: [ADA]}, {ORGANISATION: {HILDE, ADA}})

    assert {HILDE, ADA}.isdisjoint(map_.places)
    assert {HILDE, ADA} <= map_.viewers[SERVICE]


def test_an_organisation_of_six_has_no_ledger_at_all():
    assert placed({SERVICE: people(10, 6), ORGANISATION: [ADA]}, {ORGANISATION: {ADA}}).places == {}


def test_an_organisation_of_seven_in_small_teams_answers_as_one():
    map_ = placed({SERVICE: people(10, 4), SHOWROOM: people(20, 3)})

    assert Counter(map_.places.values()) == {SITE: 7}


def test_those_left_over_answer_for_the_organisation_however_few_they_are():
    map_ = placed({SERVICE: people(10, 8), SHOWROOM: people(20, 8), PARTS: people(30, 2)})

    assert [map_.places[person] for person in people(30, 2)] == [ORGANISATION] * 2


def test_units_come_bottom_up_and_by_id():
    assert bottom_up(PARENTS) == [SERVICE, SHOWROOM, PARTS, SITE, ORGANISATION]
    assert path_up(PARENTS, PARTS) == [PARTS, SITE, ORGANISATION]


# Every tree of at most eight sites and teams, with people and roles anywhere.


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    sites = draw(st.integers(1, 3))
    parents: dict[int, int | None] = {1: None} | {2 + n: 1 for n in range(sites)}
    for team in range(draw(st.integers(1, 5))):
        parents[10 + team] = draw(st.integers(2, 1 + sites))
    units = st.sampled_from(sorted(parents))
    homes = {100 + n: unit for n, unit in enumerate(draw(st.lists(units, max_size=60)))}
    grants: dict[int, set[int]] = {}
    for unit, person in draw(st.lists(st.tuples(units, st.integers(100, 165)), max_size=8)):
        grants.setdefault(unit, set()).add(person)
    return Roster(parents, homes, grants, draw(st.integers(5, 9)))


def figures_shown(roster: Roster, map_: PoolMap, unit: int) -> set[int]:
    """Return the units whose figures somebody with a role at ``unit`` meets: those below, and a fallback."""
    below = {found for found in roster.parents if unit in path_up(roster.parents, found)}
    pools = set(map_.places.values())
    return below | {
        next((above for above in path_up(roster.parents, found) if above in pools), 1) for found in below
    }


@given(rosters())
def test_nobody_is_placed_in_a_pool_whose_figure_they_are_shown(roster: Roster):
    map_ = pool_map(roster)

    for unit, holders in roster.grants.items():
        for person in holders:
            assert map_.places.get(person) not in figures_shown(roster, map_, unit)


@given(rosters())
def test_everybody_answers_at_home_or_above_where_they_may_not_look(roster: Roster):
    map_ = pool_map(roster)

    assert set(map_.places) <= set(roster.homes)
    for person, pool in map_.places.items():
        assert pool in path_up(roster.parents, roster.homes[person])
        assert person not in map_.viewers[pool]


@given(rosters())
def test_every_pool_below_the_organisation_has_enough_people(roster: Roster):
    places = pool_map(roster).places

    assert all(size >= roster.own_pool_from for pool, size in Counter(places.values()).items() if pool != 1)


@given(rosters())
def test_only_viewers_of_the_whole_organisation_are_left_without_a_place_where_there_is_a_ledger(
    roster: Roster,
):
    map_ = pool_map(roster)

    nowhere = set(roster.homes) - set(map_.places)
    assert not map_.places or nowhere <= map_.viewers[1]


@given(rosters())
def test_the_order_in_which_people_are_read_changes_nothing(roster: Roster):
    backwards = Roster(
        dict(reversed(roster.parents.items())),
        dict(reversed(roster.homes.items())),
        roster.grants,
        roster.own_pool_from,
    )

    assert pool_map(backwards) == pool_map(roster)


# Closed units: nobody is in them, and the way up passes them by.

NEW, CLOSED_SITE, CORNER = 6, 7, 8
MERGED = [
    Standing(ORGANISATION, None, False),
    Standing(SITE, ORGANISATION, False),
    Standing(NEW, SITE, False),
    Standing(SERVICE, NEW, True),
    Standing(PARTS, NEW, True),
    Standing(SHOWROOM, SITE, False),
]


def test_whoever_views_a_closed_team_views_the_one_it_was_merged_into():
    homes = dict.fromkeys([*people(10, 8), ALBA], NEW) | dict.fromkeys(people(20, 8), SHOWROOM)
    roster = roster_of(MERGED, homes, [(SERVICE, ALBA), (SITE, HILDE)], 7)

    map_ = pool_map(roster)
    assert {ALBA, HILDE} <= map_.viewers[NEW] & map_.viewers[SERVICE] & map_.viewers[PARTS]
    assert map_.places[10] == NEW
    assert map_.places[ALBA] == ORGANISATION


def test_a_closed_team_never_gets_a_pool_even_if_somebody_were_left_in_it():
    roster = roster_of(MERGED, dict.fromkeys(people(10, 9), SERVICE), [], 7)

    assert set(pool_map(roster).places.values()) == {NEW}


def test_small_teams_of_a_closed_site_answer_for_the_site_it_was_merged_into():
    units = [
        Standing(ORGANISATION, None, False),
        Standing(NEW, ORGANISATION, False),
        Standing(SITE, NEW, True),
        Standing(CLOSED_SITE, NEW, True),
        Standing(SERVICE, SITE, False),
        Standing(CORNER, CLOSED_SITE, False),
    ]
    homes = dict.fromkeys(people(10, 4), SERVICE) | dict.fromkeys([*people(20, 4), MAX], CORNER)

    map_ = pool_map(roster_of(units, homes, [(CLOSED_SITE, MAX)], 7))
    assert Counter(map_.places.values()) == {NEW: 8, ORGANISATION: 1}
    assert map_.places[MAX] == ORGANISATION
    assert MAX in map_.viewers[SERVICE] & map_.viewers[CORNER]


def test_a_unit_closed_twice_over_leads_to_the_one_that_is_open():
    units = [
        Standing(ORGANISATION, None, False),
        Standing(SITE, ORGANISATION, False),
        Standing(CORNER, SITE, False),
        Standing(NEW, CORNER, True),
        Standing(PARTS, NEW, True),
    ]
    roster = roster_of(units, {10: PARTS}, [(PARTS, TESS)], 7)

    assert (roster.parents[PARTS], roster.parents[NEW], roster.parents[CORNER]) == (CORNER, CORNER, SITE)
    assert roster.homes == {10: CORNER}
    assert roster.grants == {PARTS: {TESS}, CORNER: {TESS}}


def test_an_organisation_of_viewers_alone_has_no_ledger():
    managers = people(10, 9)

    assert placed({SERVICE: managers}, {ORGANISATION: set(managers)}).places == {}
    # Whoever looks at the only site is shown the organisation's figure in its place.
    assert placed({SERVICE: managers}, {SITE: set(managers)}).places == {}


def test_headcount_counts_only_people_whose_answers_can_go_to_that_pool():
    team = [*people(10, 6), ALBA, TESS]

    assert SERVICE not in placed({SERVICE: team}, {SERVICE: {ALBA}, SITE: {TESS}}).places.values()
    assert SERVICE in placed({SERVICE: [*team, 90]}, {SERVICE: {ALBA}, SITE: {TESS}}).places.values()
