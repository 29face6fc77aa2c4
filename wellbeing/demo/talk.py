"""What made-up people tap about a rough interaction and a break; much is left out, as at a real counter."""

from random import Random
from typing import TypedDict

from wellbeing.choices import SEVERITIES
from wellbeing.demo.shift_life import Moment

BEHAVIOURS = {
    "rude": 26, "shouted": 20, "wanted_too_much": 18, "unclear_wishes": 12, "survey_threat": 12,
    "distress": 6, "discriminatory": 4, "other": 5,
}  # fmt: skip
SEVERE_BEHAVIOURS = {"shouted": 40, "threatened": 30, "discriminatory": 18, "survey_threat": 8, "physical": 4}
CAUSES = {
    "service": {"delay": 30, "price": 16, "promise_not_kept": 12, "poor_work": 12, "no_reply": 9,
                "waiting": 8, "fault": 6, "damage": 3, "unknown": 4},
    "parts": {"delay": 34, "disruption": 18, "wrong_information": 14, "price": 12, "rule": 10, "unknown": 5},
    "showroom": {"price": 28, "paperwork": 22, "promise_not_kept": 14, "missed_appointment": 12, "delay": 10,
                 "rule": 6, "own_life": 4, "unknown": 4},
    "after_sales": {"no_reply": 30, "paperwork": 24, "delay": 18, "wrong_information": 12, "other": 8},
}  # fmt: skip
CHANNELS = {"in_person": 52, "phone": 32, "email": 6, "web": 4, "text": 2, "review": 2, "survey": 2}
BREAKS = {
    "walk": 26, "fresh_air": 20, "snack": 18, "chat": 13, "breathing": 8, "stretch": 5, "music": 5,
    "video": 3, "prayer": 2,
}  # fmt: skip
SAYS_MORE = 0.7
EACH_CHIP = 0.85
ELSEWHERE = 0.08


class Told(TypedDict, total=False):
    """The part of a replay entry that somebody tapped."""

    mood: int
    rough: bool
    severity: str
    behaviours: tuple[str, ...]
    cause: str | None
    channel: str | None
    area: str | None
    break_kind: str
    break_minutes: int


def about_rough(dice: Random, moment: Moment, area: str) -> Told:
    """Return what somebody of a team in ``area`` says about a rough interaction."""
    told = Told(rough=True, severity=SEVERITIES[moment.severity].key)
    if dice.random() < SAYS_MORE:
        severe = moment.severity == len(SEVERITIES) - 1
        told["behaviours"] = _behaviours(dice, SEVERE_BEHAVIOURS if severe else BEHAVIOURS)
        told["cause"] = _chip(dice, CAUSES[area])
        told["channel"] = _chip(dice, CHANNELS)
        told["area"] = _chip(dice, {area: 1 - ELSEWHERE, "after_sales": ELSEWHERE})
    return told


def about_break(dice: Random, moment: Moment) -> Told:
    """Return which break it was and how long."""
    return Told(break_kind=_drawn(dice, BREAKS), break_minutes=moment.minutes)


def _behaviours(dice: Random, weights: dict[str, int]) -> tuple[str, ...]:
    several = 2 if dice.random() < 0.25 else 1
    return tuple(dict.fromkeys(_drawn(dice, weights) for _each in range(several)))


def _chip(dice: Random, weights: dict[str, int] | dict[str, float]) -> str | None:
    return _drawn(dice, weights) if dice.random() < EACH_CHIP else None


def _drawn(dice: Random, weights: dict[str, int] | dict[str, float]) -> str:
    return dice.choices(list(weights), list(weights.values()))[0]
