"""The demo's figures look like those of real people, so that what its charts show could have happened."""

from collections import Counter, defaultdict
from datetime import timedelta
from statistics import fmean

import pytest

from tests.demo.house import COUNTER, SEEDS, shown, week_of
from wellbeing.demo.dealership import WEEKS
from wellbeing.replay.reading import team_path


def moods_by(key, entries):
    moods = defaultdict(list)
    for entry in entries:
        if entry.mood is not None:
            moods[key(entry)].append(entry.mood)
    return moods


@pytest.mark.parametrize("seed", SEEDS)
def test_a_person_differs_from_others_about_as_much_as_real_people_do(seed):
    groups = list(moods_by(lambda entry: entry.person, shown(seed).entries).values())
    answers = sum(map(len, groups))
    within = sum(sum((mood - fmean(group)) ** 2 for mood in group) for group in groups) / (
        answers - len(groups)
    )
    grand = fmean(mood for group in groups for mood in group)
    typical = (answers - sum(len(group) ** 2 for group in groups) / answers) / (len(groups) - 1)
    spread = sum(len(group) * (fmean(group) - grand) ** 2 for group in groups) / (len(groups) - 1)
    between = (spread - within) / typical

    assert 0.38 < between / (between + within) < 0.5
    assert 0.74 < within**0.5 < 0.86
    assert 3.1 < grand < 3.6


@pytest.mark.parametrize("seed", SEEDS)
def test_all_five_moods_are_told(seed):
    moods = Counter(entry.mood for entry in shown(seed).entries if entry.mood)

    assert all(moods[mood] > 0.03 * moods.total() for mood in range(1, 6))


def shift_ends(entries):
    """Return how much each shift's last mood lies above its first, for quiet and for rough shifts."""
    shifts = defaultdict(list)
    for entry in entries:
        shifts[entry.person, entry.at.date()].append(entry)
    change = {True: [], False: []}
    for shift in shifts.values():
        told = [entry for entry in shift if entry.mood and not entry.rough]
        if len(told) > 1 and told[-1].at - told[0].at > timedelta(hours=6):
            change[any(entry.rough for entry in shift)].append(told[-1].mood - told[0].mood)
    return change[False], change[True]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_quiet_shift_ends_a_little_lower_than_it_began_and_a_rough_one_lower_still(seed):
    quiet, rough = map(fmean, shift_ends(shown(seed).entries))

    assert -0.3 < quiet < -0.08
    assert quiet - 0.6 < rough < quiet - 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rough_interaction_is_felt_at_once_and_the_worse_the_more(seed):
    entries = shown(seed).entries
    usual = {who: fmean(moods) for who, moods in moods_by(lambda entry: entry.person, entries).items()}
    off = defaultdict(list)
    for entry in entries:
        if entry.rough:
            off[entry.severity].append(entry.mood - usual[entry.person])

    unpleasant, hard, severe = (fmean(off[severity]) for severity in ("unpleasant", "hard", "severe"))
    assert -1 < unpleasant < -0.35
    assert -2 < severe < hard - 0.1 < hard < unpleasant - 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_rough_interactions_come_mostly_to_service_and_parts(seed):
    answers = Counter(entry.team for entry in shown(seed).entries)
    rough = Counter(entry.team for entry in shown(seed).entries if entry.rough)
    share = {team: rough[team] / answers[team] for team in answers}
    facing = {team for team in share if team.endswith(("Service counter", "/Parts"))}
    others = share.keys() - facing

    assert fmean(share[team] for team in facing) > 2 * fmean(share[team] for team in others)
    assert min(share[team] for team in facing) > max(share[team] for team in others)


def test_what_is_told_about_a_rough_interaction_is_often_partial():
    rough = [entry for entry in shown().entries if entry.rough]

    assert all(entry.severity for entry in rough)
    for detail in ("behaviours", "cause", "channel", "area"):
        assert 0.4 < sum(bool(getattr(entry, detail)) for entry in rough) / len(rough) < 0.8
    assert any(len(entry.behaviours) > 1 for entry in rough)
    assert not any(entry.severity or entry.cause for entry in shown().entries if not entry.rough)


def breaks_with_moods(entries):
    """Yield, for each break, whether it follows a rough interaction, and the moods around it, if told."""
    by_person = defaultdict(list)
    for entry in entries:
        by_person[entry.person].append(entry)
    for acts in by_person.values():
        for before, act, after in zip(acts, acts[1:], acts[2:], strict=False):
            if act.break_kind:
                follows = before.rough and act.at - before.at < timedelta(minutes=20)
                back = after.mood if after.at - act.at < timedelta(minutes=act.break_minutes + 5) else None
                yield follows, before.mood, back


@pytest.mark.parametrize("seed", SEEDS)
def test_people_rest_more_after_a_rough_interaction_and_feel_somewhat_better_back(seed):
    entries = shown(seed).entries
    breaks = list(breaks_with_moods(entries))
    after_rough = [(before, back) for follows, before, back in breaks if follows]
    gain = fmean(back - before for before, back in after_rough if back)
    shifts_told = len({(entry.person, entry.at.date()) for entry in entries})

    assert 0.35 < len(after_rough) / sum(entry.rough for entry in entries) < 0.75
    assert (len(breaks) - len(after_rough)) / shifts_told < 0.2
    assert 0.2 < gain < 0.9
    assert all(entry.mood is None for entry in entries if entry.break_kind)


def week_means(team):
    entries = [entry for entry in shown().entries if team_path(entry.team) == team]
    return {week: fmean(moods) for week, moods in moods_by(week_of, entries).items()}


def test_one_counter_has_a_bad_month_that_it_recovers_from_only_in_part():
    mood = week_means(COUNTER)
    before, during, after = (
        fmean(mood[week] for week in weeks) for weeks in (range(14), range(14, 19), range(22, WEEKS))
    )

    assert before - during > 0.5
    assert during + 0.2 < after < before - 0.1


def test_the_bad_month_brings_more_rough_interactions_too():
    rough = Counter(
        week_of(entry) for entry in shown().entries if entry.rough and team_path(entry.team) == COUNTER
    )

    assert fmean(rough[week] for week in range(14, 19)) > 1.3 * fmean(rough[week] for week in range(14))


def test_no_other_team_has_a_month_like_that():
    for team in {person.team for person in shown().people} - {COUNTER, ("Airport Road", "Parts")}:
        mood = week_means(team)
        months = [fmean(mood[week] for week in range(start, start + 5)) for start in range(0, 21)]
        assert max(months) - min(months) < 0.6


@pytest.mark.parametrize("seed", SEEDS)
def test_people_and_teams_take_part_unevenly(seed):
    told = Counter(entry.person for entry in shown(seed).entries if entry.mood)
    counts = sorted(told.values())
    by_team = defaultdict(list)
    for person in shown(seed).people:
        if told[person.name]:
            by_team[person.team].append(told[person.name])
    teams = sorted(fmean(counts) for counts in by_team.values())

    assert counts[0] > 30
    assert counts[len(counts) * 9 // 10] > 1.5 * counts[len(counts) // 10]
    assert teams[-1] > 1.3 * teams[0]


@pytest.mark.parametrize("seed", SEEDS)
def test_enough_people_take_part_for_a_figure_in_nearly_every_whole_week(seed):
    staff = {person.name for person in shown(seed).people if not person.roles}
    took_part = defaultdict(set)
    for entry in shown(seed).entries:
        if entry.mood and entry.person in staff and not entry.team.startswith("Airport Road/Parts"):
            took_part[entry.team, week_of(entry)].add(entry.person)
    whole_weeks = [len(people) for (_team, week), people in took_part.items() if week < WEEKS]

    assert len(whole_weeks) == 8 * WEEKS
    assert sum(people >= 5 for people in whole_weeks) >= 0.95 * len(whole_weeks)
