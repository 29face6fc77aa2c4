"""How a made-up person feels: apart from others, by day and by hour, and after a rough interaction.

The sizes follow real answers from workplaces: about .44 of the variance lies between people, one person
varies by about .8 on the 1 to 5 scale, the next report keeps .28 of what the last one was off, and moods
sink a little through a shift with no event at all.
"""

from collections.abc import Iterable, Iterator
from math import sqrt
from random import Random

from wellbeing.demo.house import Team
from wellbeing.demo.shift_life import Kind, Moment, Temper

BETWEEN_PEOPLE = 0.72
BETWEEN_DAYS = 0.42
WITHIN_SHIFT = 0.58
KEPT_TO_NEXT_REPORT = 0.28
DECLINE_OVER_SHIFT = 0.18
DROP_BY_SEVERITY = (0.7, 1.1, 1.7)
HALF_LIFE_MINUTES = 60
LEFT_AFTER_BREAK = 0.8
LIFT_ON_RETURN = 0.2


def temper(dice: Random, team: Team) -> Temper:
    """Return how a new member of the team tends to be."""
    return Temper(
        mood=dice.gauss(team.mood, BETWEEN_PEOPLE),
        takes_part=min(0.93, max(0.36, dice.gauss(team.takes_part, 0.14))),
        rough_per_shift=team.rough_per_shift * dice.uniform(0.5, 1.5),
        rests=dice.uniform(0.2, 0.65),
    )


def felt(
    dice: Random, usual: float, length: float, moments: Iterable[Moment]
) -> Iterator[tuple[Moment, int]]:
    """Yield each moment of a shift with the mood then, 1 to 5; ``usual`` is the person's in these weeks."""
    today = usual + dice.gauss(0, BETWEEN_DAYS)
    strain = noise = before = 0.0
    for moment in moments:
        strain *= 0.5 ** ((moment.minute - before) / HALF_LIFE_MINUTES)
        before = moment.minute
        noise = KEPT_TO_NEXT_REPORT * noise + dice.gauss(0, WITHIN_SHIFT * sqrt(1 - KEPT_TO_NEXT_REPORT**2))
        lift = 0.0
        if moment.kind in (Kind.ROUGH, Kind.ROUGH_UNSEEN):
            strain += DROP_BY_SEVERITY[moment.severity]
        elif moment.kind is Kind.BACK:
            strain *= LEFT_AFTER_BREAK
            lift = LIFT_ON_RETURN
        mood = today - DECLINE_OVER_SHIFT * moment.minute / length - strain + noise + lift
        yield moment, min(5, max(1, round(mood)))
