"""Intersection: a year of HR's file, and exact knowledge of who answered when, rank a team's people weakly.

The specification's bounds are asked of teams as it describes them: rotating shifts, 40 to 95 % answered. In
real years people are also away for whole weeks, and such a week tells more than a shift without an answer.
What that gives away is measured beside it, has bounds of its own, and is told.
"""

from collections.abc import Mapping, Sequence
from statistics import fmean, pvariance, variance

import pytest
from flask.testing import FlaskClient

from tests.attacks import naive
from tests.attacks.findings import Report
from tests.attacks.intersection import Figure, Victims, best_correlation
from tests.attacks.naive import Said
from tests.attacks.shift_teams import HOLIDAYS, NOBODY_AWAY, PEOPLE, WEEKS_A_YEAR, Team, make_team
from tests.attacks.year_of_teams import Year, add_units, download, release, victims
from tests.cast import Cast

SAMPLE, WHOLE = 100, 500
SPANS = (12, WEEKS_A_YEAR)

# By days between ticks: the mean correlations after 12 and after 52 weeks.
Correlations = Mapping[int, Sequence[float]]
SPECIFIED: Correlations = {7: (0.30, 0.60), 14: (0.15, 0.25)}
WITH_HOLIDAYS: Correlations = {7: (0.40, 0.70), 14: (0.20, 0.40)}


@pytest.fixture
def how_many(request: pytest.FixtureRequest) -> int:
    """A sample of teams, or hundreds of them where the whole attack is asked for."""
    return WHOLE if request.config.getoption("--whole") else SAMPLE


@pytest.fixture
def always_there(how_many: int) -> list[Team]:
    """Teams in which nobody is away for a whole week."""
    return [make_team(seed, WEEKS_A_YEAR, NOBODY_AWAY) for seed in range(how_many)]


@pytest.fixture
def with_holidays(how_many: int) -> list[Team]:
    """Teams whose people go on holiday and fall ill."""
    return [make_team(seed, WEEKS_A_YEAR, HOLIDAYS) for seed in range(how_many)]


@pytest.mark.timeout(1800)
def test_who_knows_exactly_who_answered_ranks_a_team_weakly(
    site: Cast, client: FlaskClient, sign_in, always_there, with_holidays, finding: Report
):
    years = released(client, site, [*always_there, *with_holidays])
    sign_in(client, "hilde")
    seen = {
        year.tick_days: [victims(year, download(client, year, weeks)) for weeks in SPANS] for year in years
    }
    half = len(always_there)
    ours = {days: [best_correlation(found[:half]) for found in files] for days, files in seen.items()}
    away = {days: [best_correlation(found[half:]) for found in files] for days, files in seen.items()}
    dashboard = [best_correlation(days_of(team, weeks) for team in always_there) for weeks in SPANS]

    assert within(ours, SPECIFIED), ours
    assert within(away, WITH_HOLIDAYS), away
    assert all(one > bound for one, bound in zip(dashboard, SPECIFIED[7], strict=True)), dashboard
    if half == SAMPLE:
        finding(
            "intersection",
            f"correlation after 12 and 52 weeks {in_words(ours)}; with holidays and illness {in_words(away)}",
            f"{_pair(dashboard)} from exact means of each day with five people",
            f"{SAMPLE} teams of {PEOPLE}, with and without whole weeks away, through HR's file",
        )
    else:  # Figures of another number of teams are shown (pytest -rP), not kept.
        print(in_words(ours), "with holidays and illness", in_words(away))


def released(client: FlaskClient, site: Cast, teams: Sequence[Team]) -> list[Year]:
    """Release a year of weekly ticks and a year of strict ones after it."""
    with client.application.app_context():
        units = add_units(site.units["Northgate"], teams)
        years = [Year(units, 7, first=1), Year(units, 14, first=1 + WEEKS_A_YEAR)]
        for year in years:
            release(year)
    return years


def within(found: Correlations, bounds: Correlations) -> bool:
    return all(one <= bound for days in bounds for one, bound in zip(found[days], bounds[days], strict=True))


def in_words(found: Correlations) -> str:
    return f"{_pair(found[7])} (7 days), {_pair(found[14])} (14 days)"


def _pair(found: Sequence[float]) -> str:
    return " and ".join(f"{one:.2f}" for one in found)


def days_of(team: Team, weeks: int) -> Victims:
    """Return what an everyday dashboard shows of each single day, to whoever knows who answered on it."""
    by_day: dict[int, list[Said]] = {}
    for week in team.weeks[:weeks]:
        for at, own in enumerate(week):
            for said in own:
                by_day.setdefault(said.day, []).append(Said(said.day, str(at), said.mood))
    shown = [(said, naive.figure(said, day, day)) for day, said in by_day.items()]
    known = [Figure([int(one.person) for one in said], float(f.mean), 0.0) for said, f in shown if f]
    return Victims(known, team.moods)


def test_moods_vary_between_and_within_people_as_they_do_at_work(always_there: list[Team]):
    said = [
        [answer.mood for week in team.weeks for answer in week[at]]
        for team in always_there
        for at in range(PEOPLE)
    ]
    within_people = fmean(pvariance(own) for own in said)
    between_people = variance([fmean(own) for own in said])

    assert within_people**0.5 == pytest.approx(0.83, abs=0.02)
    assert between_people / (between_people + within_people) == pytest.approx(0.44, abs=0.03)


def test_people_answer_on_40_to_95_percent_of_their_shifts(always_there: list[Team]):
    shares = [
        len([answer for week in team.weeks for answer in week[at]]) / (WEEKS_A_YEAR * person.shifts)
        for team in always_there
        for at, person in enumerate(team.people)
    ]

    assert 0.25 < min(shares) < 0.45
    assert fmean(shares) == pytest.approx(0.675, abs=0.02)
    assert 0.90 < max(shares) <= 1.0


def test_an_attacker_who_is_given_exact_figures_of_ever_other_people_finds_everybody():
    moods = [1.5 + at / 4 for at in range(PEOPLE)]
    groups = [[(start + step * at) % PEOPLE for at in range(5)] for start in range(PEOPLE) for step in (1, 5)]
    exact = Victims([Figure(who, fmean(moods[at] for at in who), 0.0) for who in groups], moods)

    assert best_correlation([exact]) > 0.99


def test_an_attacker_learns_nothing_where_everybody_is_in_every_figure():
    everybody = list(range(PEOPLE))
    figures = [Figure(everybody, mood, rough) for mood, rough in ((3.1, 0.2), (3.4, 0.5), (2.9, 0.3))]

    assert best_correlation([Victims(figures, [float(at) for at in everybody])]) == pytest.approx(0, abs=1e-9)
