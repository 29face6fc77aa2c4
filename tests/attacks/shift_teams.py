"""Made-up teams of twelve on rotating shifts, whose true moods are known, to hold an attacker's guesses to.

Moods vary as field studies at work found: .44 of the variance lies between people, and one person's moods
spread by .83. People work three to five shifts a week and answer on 40 to 95 % of them.
"""

import math
import random
from dataclasses import dataclass

PEOPLE = 12
MEAN_MOOD, BETWEEN_PEOPLE, WITHIN_PERSON = 3.4, 0.80, 0.845
ANSWERED = (0.40, 0.95)
SHIFTS_A_WEEK = (3, 4, 5)
DAYS_A_WEEK, WEEKS_A_YEAR = 7, 52
# How a person's rough interactions go with their mood: the log odds per shift, and how they differ otherwise.
ROUGH_AT_MEAN, ROUGH_PER_MOOD, ROUGH_SPREAD = -2.0, -0.8, 0.6


@dataclass(frozen=True)
class Absences:
    """Whole weeks that a person is away: holidays by their lengths in a year, and the share of weeks ill."""

    holidays: tuple[int, ...] = ()
    ill: float = 0.0


NOBODY_AWAY = Absences()
# Twenty days of holiday, as the law of the European Union gives everybody, and a week of illness.
HOLIDAYS = Absences(holidays=(2, 1, 1), ill=0.02)


@dataclass(frozen=True)
class CheckIn:
    """One answer: the day, counted from 0, a mood from 1 to 5, and whether somebody was rough."""

    day: int
    mood: int
    rough: bool


@dataclass(frozen=True)
class Person:
    """Who somebody is underneath; ``mood`` is what the attacker wants to know."""

    mood: float
    shifts: int
    answers: float
    rough: float


@dataclass(frozen=True)
class Team:
    """Twelve people, and everything each of them said, week by week."""

    people: list[Person]
    weeks: list[list[list[CheckIn]]]

    @property
    def moods(self) -> list[float]:
        """The truth."""
        return [person.mood for person in self.people]


def make_team(seed: int, weeks: int, absences: Absences) -> Team:
    """Return the team of one seed."""
    dice = random.Random(seed)
    people = [_person(dice) for _ in range(PEOPLE)]
    away = [_away(dice, weeks, absences) for _ in people]
    return Team(
        people,
        [
            [[] if week in away[at] else _week(dice, person, at, week) for at, person in enumerate(people)]
            for week in range(weeks)
        ],
    )


def _person(dice: random.Random) -> Person:
    mood = dice.gauss(MEAN_MOOD, BETWEEN_PEOPLE)
    odds = ROUGH_AT_MEAN + ROUGH_PER_MOOD * (mood - MEAN_MOOD) + dice.gauss(0, ROUGH_SPREAD)
    return Person(mood, dice.choice(SHIFTS_A_WEEK), dice.uniform(*ANSWERED), 1 / (1 + math.exp(-odds)))


def _away(dice: random.Random, weeks: int, absences: Absences) -> set[int]:
    """Return the weeks, of some that begin anywhere in a year, in which somebody is not there."""
    first = dice.randrange(WEEKS_A_YEAR)
    starts = [(dice.randrange(WEEKS_A_YEAR), length) for length in absences.holidays]
    holidays = {(start + week) % WEEKS_A_YEAR for start, length in starts for week in range(length)}
    return {
        week
        for week in range(weeks)
        if (first + week) % WEEKS_A_YEAR in holidays or dice.random() < absences.ill
    }


def _week(dice: random.Random, person: Person, at: int, week: int) -> list[CheckIn]:
    """Return one person's week; the days on which they work move on by one each week."""
    days = ((2 * at + week + shift) % DAYS_A_WEEK for shift in range(person.shifts))
    return [
        CheckIn(week * DAYS_A_WEEK + day, _mood(dice, person), dice.random() < person.rough)
        for day in sorted(days)
        if dice.random() < person.answers
    ]


def _mood(dice: random.Random, person: Person) -> int:
    return min(5, max(1, math.floor(dice.gauss(person.mood, WITHIN_PERSON) + 0.5)))
