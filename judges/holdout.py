"""Makes the same releases again without some of their people, who then serve as the control.

A guess that is as good about somebody who was not in a record as about somebody who was comes from the team,
not from the person's own answer. Only what is better than that is a risk of having answered.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from judges.records import Record, Voice
from judges.truth import published
from wellbeing.disclosure import rules

# About one person of every team keeps silent at a time, so that the records stay near the real ones.
FOLDS = 12
# Who keeps silent with whom is drawn anew until at least so many have been attacked as control.
ATTACKS = 2000

Silent = Mapping[tuple[int, int], Sequence[Voice]]


@dataclass(frozen=True)
class Fold:
    """The records as they would be without some people, and what those said, by unit and tick."""

    records: list[Record]
    silent: dict[tuple[int, int], list[Voice]]


def folds(records: Sequence[Record], attacks: int = ATTACKS) -> Iterator[Fold]:
    """Yield folds, each person silent in one of every twelve, until there are enough to attack."""
    attacked = draw = 0
    while attacked < attacks:
        ranks = _ranks(records, Random(draw))  # noqa: S311 -- the same draw in every run
        for number in range(FOLDS):
            fold = _fold(records, ranks, number)
            attacked += sum(map(len, fold.silent.values()))
            yield fold
        draw += 1


def _ranks(records: Sequence[Record], dice: Random) -> dict[tuple[int, int], int]:
    """Return everybody's fold, by unit and person, even within each unit."""
    people: dict[int, set[int]] = defaultdict(set)
    for record in records:
        people[record.unit].update(voice.person for voice in record.voices)
    found = {}
    for unit in sorted(people):
        drawn = sorted(people[unit])
        dice.shuffle(drawn)
        found.update({(unit, person): place % FOLDS for place, person in enumerate(drawn)})
    return found


def _fold(records: Sequence[Record], ranks: Mapping[tuple[int, int], int], number: int) -> Fold:
    fold = Fold([], {})
    for record in records:
        speaking = [voice for voice in record.voices if ranks[record.unit, voice.person] != number]
        if len(speaking) >= rules.FEWEST_PEOPLE:
            fold.records.append(without_silent(record, speaking))
            silent = [voice for voice in record.voices if ranks[record.unit, voice.person] == number]
            fold.silent[record.unit, record.tick] = silent
    return fold


def without_silent(record: Record, speaking: Sequence[Voice]) -> Record:
    """Return what the project's rules would have published of some of a record's people."""
    people_floor, mood, rough, breaks = published(speaking)
    return replace(
        record,
        people_floor=people_floor,
        mood_word=mood if isinstance(mood, str) else None,
        mood_tenths=None if isinstance(mood, str) else mood,
        rough=rough,
        breaks=breaks,
        voices=tuple(speaking),
    )
