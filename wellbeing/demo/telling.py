"""What one made-up person told the tablet, shift after shift."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import NamedTuple

from wellbeing.demo.house import BAD_MONTH, Team
from wellbeing.demo.moods import felt, temper
from wellbeing.demo.rota import Shift, shifts
from wellbeing.demo.shift_life import Kind, Moment, Temper, moments
from wellbeing.demo.talk import Told, about_break, about_rough
from wellbeing.replay.reading import Entry
from wellbeing.roster import UnitPath

BETWEEN_WEEKS = 0.12
WEEKS_NOT_BOTHERED = 0.1


class TeamWeek(NamedTuple):
    """How a week is for a whole team: a lift of its moods, and how many times as rough as usual."""

    lift: float
    rough_times: float


def team_weeks(dice: Random, team: UnitPath, weeks: int) -> list[TeamWeek]:
    """Return a team's whole weeks and, last, the running one."""
    return [
        TeamWeek(dice.gauss(0, BETWEEN_WEEKS) - drop, 1 + (BAD_MONTH.rough_times - 1) * drop / BAD_MONTH.drop)
        for drop in (BAD_MONTH.drop_in(team, weeks - week) for week in range(weeks + 1))
    ]


def told_by(
    dice: Random, name: str, team: Team, weeks: Sequence[TeamWeek], monday: date, until: datetime
) -> Iterator[Entry]:
    """Yield the entries of one member of the team from ``monday`` to ``until``; their line is still 0."""
    who = temper(dice, team)
    bothered = [dice.random() >= WEEKS_NOT_BOTHERED for _week in weeks]
    for shift in shifts(dice, monday, len(weeks), until.tzinfo):
        number = (shift.start.date() - monday).days // 7
        if bothered[number]:
            for at, told in _shift(dice, who, shift, weeks[number], team.area):
                if at <= until:
                    yield Entry(line=0, person=name, team="/".join(team.path), at=at, **told)


def _shift(
    dice: Random, who: Temper, shift: Shift, week: TeamWeek, area: str
) -> Iterator[tuple[datetime, Told]]:
    length = (shift.end - shift.start) / timedelta(minutes=1)
    happened = moments(dice, who, length, week.rough_times)
    for moment, mood in felt(dice, who.mood + week.lift, length, happened):
        if moment.kind is not Kind.ROUGH_UNSEEN:
            at = shift.start + timedelta(seconds=round(moment.minute * 60))
            yield at.astimezone(UTC), _told(dice, moment, mood, area)


def _told(dice: Random, moment: Moment, mood: int, area: str) -> Told:
    """Return what was tapped; a break begins without a mood, because it is asked for on return."""
    if moment.kind is Kind.BREAK:
        return about_break(dice, moment)
    if moment.kind is Kind.ROUGH:
        return about_rough(dice, moment, area) | Told(mood=mood)
    return Told(mood=mood)
