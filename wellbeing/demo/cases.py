"""Half a year of made-up cases: what customers brought, how soon somebody answered, and what came of it.

Over the weeks fewer speak of a survey, and a threat makes less of a difference: what the product is for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random
from typing import TypeVar

from wellbeing.demo.case_stories import CARS, PARTS, STORIES, Story
from wellbeing.demo.house import TEAMS, Team
from wellbeing.models.cases import Outcome
from wellbeing.roster import UnitPath

Thing = TypeVar("Thing")

DAYS = 182
CASES = 220
# How often a team has a case, against the others.
SHARES = {"Service counter": 9, "Parts": 5, "Showroom": 4, "Office": 3, "Workshop": 1}
CHANNELS = {
    "in_person": 30,
    "phone": 34,
    "email": 12,
    "web": 7,
    "text": 4,
    "social": 5,
    "review": 5,
    "survey": 3,
}
# Hours until somebody turns to the customer, in the middle of what is usual.
HOURS = {
    "in_person": 0.3,
    "phone": 2,
    "text": 5,
    "web": 8,
    "email": 12,
    "social": 20,
    "review": 26,
    "survey": 30,
}
OUTCOMES = {Outcome.STAYED: 74, Outcome.LEFT: 12, Outcome.UNKNOWN: 14}
# How the newest cases stand, in turn: with a plan, late in one of the ways, closed, or to be contacted again.
STANDINGS = ("planned", "again", "no_owner", "planned", "step_over", "closed", "planned", "no_step", "again")
AGAIN_DAYS, AGAIN_EVERY = 40, 6
# Half of the newest came to the team whose manager shows the demo.
BUSY_TEAM = TEAMS[0]
# Enough threats there to compare waits with and without one.
MORE_THREATS = 0.16
UNSETTLED_DAYS = 13
FORGOTTEN_DAYS = (17, 22, 31)


@dataclass(frozen=True)
class Brought:
    """One made-up case: everything that is known when it is written down, and how it goes on."""

    team: UnitPath
    area: str
    came: datetime
    channel: str
    story: Story
    car: str
    part: str
    number: str
    threatened: bool
    odd: bool
    proactive: bool
    tried_before: str | None
    answered: timedelta
    settled: timedelta
    outcome: Outcome
    standing: str


def brought(seed: int, until: datetime) -> list[Brought]:
    """Return the made-up cases of the half-year before ``until``, an aware local moment, the oldest first."""
    dice = Random(f"{seed}/cases")  # noqa: S311 -- made-up customers need no secret
    days = [DAYS * (1 - (number + dice.random()) / CASES) for number in range(CASES)]
    found = [_brought(dice, number, ago, until) for number, ago in enumerate(days)]
    return sorted(found, key=lambda case: case.came)


def _standing(number: int, ago: float) -> str:
    if ago < UNSETTLED_DAYS:
        return STANDINGS[number % len(STANDINGS)]
    if number in {round((DAYS - days) / DAYS * CASES) for days in FORGOTTEN_DAYS}:
        return "forgotten"
    return "again" if ago < AGAIN_DAYS and number % AGAIN_EVERY == 0 else "closed"


def _brought(dice: Random, number: int, ago: float, until: datetime) -> Brought:
    team = _one(dice, {team: SHARES[team.name] for team in TEAMS})
    if ago < UNSETTLED_DAYS and number % 2 == 0:
        team = BUSY_TEAM
    channel, progress = _one(dice, CHANNELS), 1 - ago / DAYS
    threatened = dice.random() < 0.34 - 0.24 * progress + (MORE_THREATS if team == BUSY_TEAM else 0)
    hours = HOURS[channel] * dice.lognormvariate(0, 0.8)
    if threatened:
        hours *= 0.35 + 0.6 * progress
    return Brought(
        team=team.path,
        area=team.area,
        came=_came(dice, ago, until, channel),
        channel=channel,
        story=dice.choice(STORIES[team.area]),
        car=dice.choice(CARS),
        part=dice.choice(PARTS),
        number=f"{_letters(team)}-{48_000 + number * 7 + dice.randrange(7)}",
        threatened=threatened,
        odd=threatened and dice.random() < 0.08,
        proactive=dice.random() < 0.12 + 0.2 * progress,
        tried_before=_one(dice, {"phone": 3, "email": 2, "web": 1}) if dice.random() < 0.25 else None,
        answered=timedelta(hours=hours),
        settled=timedelta(days=min(12.0, 0.4 + dice.lognormvariate(0.7, 0.7))),
        outcome=_one(dice, OUTCOMES),
        standing=_standing(number, ago),
    )


def _letters(team: Team) -> str:
    return {"service": "RO", "parts": "PO", "showroom": "SO"}.get(team.area, "AS")


def _came(dice: Random, ago: float, until: datetime, channel: str) -> datetime:
    """Return when it came: while the house is open, or at any hour where a machine takes it."""
    day = (until - timedelta(days=ago)).date()
    first, last = (8, 18) if channel in ("in_person", "phone") else (6, 23)
    if channel in ("in_person", "phone") and day.weekday() == 6:
        day -= timedelta(days=1)
    hour = time(dice.randrange(first, last), dice.randrange(60))
    came = datetime.combine(day, hour, until.tzinfo)
    return min(came, until - timedelta(minutes=40 + dice.randrange(90)))


def _one(dice: Random, weights: Mapping[Thing, int]) -> Thing:
    return dice.choices(list(weights), list(weights.values()))[0]
