"""The demo's dealership is complete, the same for everybody, and nobody in it exists."""

import io
from collections import Counter
from datetime import UTC, timedelta
from itertools import pairwise

import pytest

from tests.demo.house import COUNTER, LONDON, SEED, SEEDS, WEDNESDAY_NOON, shown, week_of
from wellbeing.demo.dealership import WEEKS, dealership, write_csv
from wellbeing.permissions import Role
from wellbeing.replay.reading import read_entries, team_path
from wellbeing.roster import NewRole, read_people


def test_there_are_three_sites_and_nine_teams_of_five_to_forty_people():
    people = Counter(person.team for person in shown().people)

    assert len(shown().sites) == 3
    assert [(site.name, team) for site in shown().sites for team in site.teams] == list(people)
    assert len(people) == 9
    assert min(people.values()) == 5 and 25 <= max(people.values()) <= 40
    assert 110 <= len(shown().people) <= 130


def test_exactly_one_team_is_too_small_for_figures_of_its_own():
    eligible = Counter(person.team for person in shown().people if not person.roles)

    assert [team for team, people in eligible.items() if people < 7] == [("Airport Road", "Parts")]


def test_each_team_has_a_manager_who_belongs_to_it_and_hr_and_admin_see_the_whole_house():
    held = [(new, person.team) for person in shown().people for new in person.roles]

    assert Counter(team for new, team in held if new.role is Role.MANAGER) == Counter(
        {team for _new, team in held} | {person.team for person in shown().people}
    )
    assert all(new.unit == team for new, team in held if new.role is Role.MANAGER)
    assert [new for new, _team in held if new.role is not Role.MANAGER] == [
        NewRole(Role.HR, ()),
        NewRole(Role.ADMIN, ()),
    ]


def test_the_tour_needs_four_easy_logins_and_every_manager_has_one():
    by_login = {person.login: person for person in shown().people if person.login}

    assert by_login["manager"].team == by_login["staff"].team == COUNTER
    assert by_login["staff"].roles == ()
    assert [by_login[login].roles[0].role for login in ("manager", "hr", "admin")] == list(Role)[1:]
    assert len(by_login) == 9 + 3


@pytest.mark.parametrize("seed", range(5))
def test_no_two_people_look_alike_on_a_tablet(seed):
    names = [person.name for person in dealership(seed, WEDNESDAY_NOON).people]
    tiles = {" ".join((first, last[0])) for first, last in (name.split() for name in names)}

    assert len(tiles) == len(names)


def test_the_people_could_come_from_a_people_file(tmp_path):
    teams = [(site.name, team) for site in shown().sites for team in site.teams]
    rows = [
        ",".join((new.name, "/".join(new.team), new.login or "", "|".join(held.role for held in new.roles)))
        + f",{new.language or ''}"
        for new in shown().people
    ]
    (tmp_path / "people.csv").write_text("\n".join(["name,team,login,role,language", *rows]))

    assert read_people(tmp_path / "people.csv", teams, ()) == (list(shown().people), [])


def test_the_same_seed_and_end_give_the_same_dealership_and_others_do_not():
    assert dealership(SEED, WEDNESDAY_NOON) == shown()
    assert dealership(SEED + 1, WEDNESDAY_NOON).people != shown().people
    assert dealership(SEED, WEDNESDAY_NOON.astimezone(UTC)).entries != shown().entries


def test_an_end_a_day_later_only_adds_a_day():
    later = dealership(SEED, WEDNESDAY_NOON + timedelta(days=1))

    assert later.entries[: len(shown().entries)] == shown().entries
    assert len(later.entries) > len(shown().entries)


def test_an_end_without_a_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        dealership(SEED, WEDNESDAY_NOON.replace(tzinfo=None))


def test_a_replay_file_of_it_is_read_back_as_it_was(tmp_path):
    with (tmp_path / "demo.csv").open("w", encoding="utf-8", newline="") as file:
        write_csv(shown(), file)

    entries, bad = read_entries(tmp_path / "demo.csv", LONDON, latest=WEDNESDAY_NOON)

    assert bad == []
    assert tuple(entries) == shown().entries


def test_a_replay_file_of_it_starts_with_the_documented_columns():
    file = io.StringIO()
    write_csv(dealership(SEED, WEDNESDAY_NOON), file)

    assert file.getvalue().splitlines()[0] == (
        "person,team,time,mood,rough,severity,behaviour,cause,channel,area,break_kind,break_minutes"
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_half_a_year_of_shifts_comes_in_order_of_time(seed):
    entries = shown(seed).entries

    assert 18_000 <= len(entries) <= 25_000
    assert all(one.at <= next_one.at for one, next_one in pairwise(entries))
    assert [entry.line for entry in entries] == list(range(2, len(entries) + 2))
    assert {week_of(entry) for entry in entries} == set(range(WEEKS + 1))
    assert WEDNESDAY_NOON - timedelta(hours=3) < entries[-1].at <= WEDNESDAY_NOON


def test_nobody_is_at_work_on_a_sunday_or_at_night_and_few_on_a_saturday():
    times = [entry.at.astimezone(LONDON) for entry in shown().entries]
    days = Counter(time.weekday() for time in times)

    assert days[6] == 0
    assert 0.2 < days[5] / days[1] < 0.6
    assert all(7 <= time.hour < 20 for time in times)


def test_only_members_tell_the_tablet_something_and_neither_hr_nor_the_admin_do():
    teams = {person.name: person.team for person in shown().people}
    told = {entry.person for entry in shown().entries}
    silent = {person.name for person in shown().people} - told

    assert all(team_path(entry.team) == teams[entry.person] for entry in shown().entries)
    assert silent == {person.name for person in shown().people if person.login in ("hr", "admin")}
