"""Attackers who read everything published, and what they guess of each person's own answer.

An outsider knows the record of the person's team and week. An insider is a colleague in the same record who
also knows their own answer and takes it away. Both know exactly who took part, on which days and how often.
"""

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import floor

from judges.holdout import Silent
from judges.records import Record, Voice

WORDS = {"low": 2, "middle": 3, "high": 4}
KNOWN = ("record", "unit", "tick", "days", "check_ins")

Guess = dict[str, int]
Line = dict[str, object]
Attacker = Callable[[Record, int], Guess]


def outsider(record: Record, place: int) -> Guess:
    """Return the guess of somebody who has the record alone; it is the same for all of its people."""
    people = len(record.voices)
    return {
        "mood": _mood(_mean(record)),
        "rough": _more_than_half(_yes(record.rough, people), people),
        "break": _more_than_half(_yes(record.breaks, people), people),
    }


def insider(record: Record, place: int) -> Guess:
    """Return the guess of the person's neighbour in the record, who takes their own answer away."""
    people = len(record.voices)
    own = record.voices[(place + 1) % people]
    others = people - 1
    return {
        "mood": _mood((_mean(record) * people - own.mood) / others),
        "rough": _more_than_half(_yes(record.rough, people) - own.rough, others),
        "break": _more_than_half(_yes(record.breaks, people) - own.break_taken, others),
    }


def _mean(record: Record) -> Fraction:
    if record.mood_sum is not None:
        return Fraction(record.mood_sum, len(record.voices))
    if record.mood_word is not None:
        return Fraction(WORDS[record.mood_word])
    return Fraction(record.mood_tenths or 0, 10)


def _mood(mean: Fraction) -> int:
    return min(max(floor(mean + Fraction(1, 2)), 1), 5)


def _yes(shown: int | str, people: int) -> int:
    return {"few": 1, "most": people - 1}[shown] if isinstance(shown, str) else shown


def _more_than_half(yes: int, people: int) -> int:
    return int(2 * yes > people)


def guessed(records: Iterable[Record], attacker: Attacker) -> list[Line]:
    """Return one line per person and record: what is known of them, and what the attacker guesses."""
    return [
        _known(record, number, voice) | attacker(record, place)
        for number, record in enumerate(records)
        for place, voice in enumerate(record.voices)
    ]


def true(records: Iterable[Record]) -> list[Line]:
    """Return one line per person and record: what is known of them, and what they said."""
    return [
        _known(record, number, voice) | _said(voice)
        for number, record in enumerate(records)
        for voice in record.voices
    ]


def control(records: Sequence[Record], silent: Silent) -> list[Line]:
    """Return one line per person who is in no record, though of the same unit and tick as one.

    Where a unit has several records at a tick, its silent people take turns.
    """
    numbers: dict[tuple[int, int], list[int]] = {}
    for number, record in enumerate(records):
        numbers.setdefault((record.unit, record.tick), []).append(number)
    return [
        _known(records[number], number, voice) | _said(voice)
        for at, here in numbers.items()
        for turn, voice in enumerate(silent.get(at, ()))
        for number in (here[turn % len(here)],)
    ]


def _known(record: Record, number: int, voice: Voice) -> Line:
    known = (f"r{number}", f"u{record.unit}", f"t{record.tick}", f"d{voice.days}", voice.check_ins)
    return dict(zip(KNOWN, known, strict=True))


def _said(voice: Voice) -> Line:
    return {"mood": voice.mood, "rough": voice.rough, "break": voice.break_taken}
