"""What happens to one person in one shift, in minutes from its start: prompts, rough interactions, breaks."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from random import Random
from typing import NamedTuple

from wellbeing.choices import BREAK_MINUTES, SEVERITIES

MID_SHIFT_ANSWERED = 0.35
BREAK_FOR_NO_REASON = 0.16
BREAK_MORE_AFTER_WORSE = (-0.1, 0.15, 0.3)
SEVERITY_WEIGHTS = (55, 35, 10)
BREAK_LENGTH_WEIGHTS = (10, 50, 25, 15)
RETURN_TOLD = 0.75


class Kind(Enum):
    """What kind of moment it is; an unseen rough interaction hurts and is not told to the tablet."""

    CHECK_IN = 1
    ROUGH = 2
    ROUGH_UNSEEN = 3
    BREAK = 4
    BACK = 5


class Moment(NamedTuple):
    """A moment of a shift; ``severity`` counts from 0, ``minutes`` is a break's length."""

    minute: float
    kind: Kind
    severity: int = 0
    minutes: int = 0


@dataclass(frozen=True)
class Temper:
    """How one person tends to be; ``takes_part`` and ``rests`` are shares: of prompts, and of rough ones."""

    mood: float
    takes_part: float
    rough_per_shift: float
    rests: float


def moments(dice: Random, temper: Temper, length: float, rough_times: float = 1.0) -> list[Moment]:
    """Return the moments of a shift of ``length`` minutes, in order of time."""
    happened = [*_prompts(dice, temper, length)]
    for _chance in range(2):
        if dice.random() < temper.rough_per_shift * rough_times / 2:
            happened += _rough_interaction(dice, temper, dice.uniform(50, length - 50))
    if dice.random() < BREAK_FOR_NO_REASON * temper.takes_part:
        happened += _break(dice, dice.uniform(60, length - 60))
    return sorted(happened)


def _prompts(dice: Random, temper: Temper, length: float) -> Iterator[Moment]:
    """Yield the check-ins that the person answered: at the start, in the middle, at the end."""
    for chance, earliest, latest in (
        (1.0, -10, 25),
        (MID_SHIFT_ANSWERED, 0.4 * length, 0.6 * length),
        (1.0, length - 25, length + 5),
    ):
        if dice.random() < chance * temper.takes_part:
            yield Moment(dice.uniform(earliest, latest), Kind.CHECK_IN)


def _rough_interaction(dice: Random, temper: Temper, minute: float) -> Iterator[Moment]:
    (severity,) = dice.choices(range(len(SEVERITIES)), SEVERITY_WEIGHTS)
    if dice.random() >= temper.takes_part:
        yield Moment(minute, Kind.ROUGH_UNSEEN, severity)
        return
    yield Moment(minute, Kind.ROUGH, severity)
    if dice.random() < temper.rests + BREAK_MORE_AFTER_WORSE[severity]:
        yield from _break(dice, minute + dice.uniform(2, 15))


def _break(dice: Random, minute: float) -> Iterator[Moment]:
    (minutes,) = dice.choices(BREAK_MINUTES, BREAK_LENGTH_WEIGHTS)
    yield Moment(minute, Kind.BREAK, minutes=minutes)
    if dice.random() < RETURN_TOLD:
        yield Moment(minute + minutes + dice.uniform(0.5, 4), Kind.BACK)
