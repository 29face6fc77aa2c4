"""Finds out who is behind a block, from what waited before a tick and what still waits after it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from judges.records import Record, Voice
from wellbeing.disclosure import rules

# A person, and the pool where answers of theirs wait; what one answer said: mood, rough, break.
Place = tuple[int, int]
Said = tuple[int | None, bool, bool]


class Unexplained(Exception):
    """A block does not follow from the answers that were seen to go into it."""


def destinations(
    before: Mapping[Place, Sequence[Said]],
    released: Collection[int],
    still: Collection[Place],
    parents: Mapping[int, int | None],
) -> dict[int, dict[int, list[Said]]]:
    """Return the answers behind each released unit, by person.

    ``before`` is what waited at the tick, ``still`` where somebody's answers wait after it. A pool goes
    whole: into its own block, or nowhere, or to the pool above, or, above the last one, into nothing.
    """
    behind: dict[int, dict[int, list[Said]]] = {unit: defaultdict(list) for unit in released}
    for (person, pool), said in before.items():
        at: int | None = pool
        while at is not None and at not in behind and (person, at) not in still:
            at = parents[at]
        if at in behind:
            behind[at][person] += said
    return behind


def explained(record: Record, behind: Mapping[int, Sequence[Said]]) -> Record:
    """Return a record with its people, or raise Unexplained where it is not theirs."""
    votes = (_vote(person, behind[person]) for person in sorted(behind))
    voices = tuple(vote for vote in votes if vote is not None)
    if len(voices) < rules.FEWEST_PEOPLE or published(voices) != shown(record):
        raise Unexplained(f"The block of unit {record.unit} at tick {record.tick} is not its people's.")
    return replace(record, voices=voices)


def _vote(person: int, said: Iterable[Said]) -> Voice | None:
    answers = list(said)
    moods = [mood for mood, _rough, _break in answers if mood is not None]
    if not moods:
        return None
    rough, breaks = (int(any(answer[place] for answer in answers)) for place in (1, 2))
    return Voice(person, rules.mood_vote(moods), rough, breaks)


def published(voices: Sequence[Voice]) -> tuple[int, int | str, int | str, int | str]:
    """Return what the project's rules publish of these people: floor, mood, rough, breaks."""
    mood = rules.published_mood([voice.mood for voice in voices])
    return (
        rules.people_floor(len(voices)),
        mood if isinstance(mood, str) else int(mood * 10),
        rules.published_count(sum(voice.rough for voice in voices), len(voices)),
        rules.published_count(sum(voice.break_taken for voice in voices), len(voices)),
    )


def shown(record: Record) -> tuple[int, int | str | None, int | str, int | str]:
    """Return what a record shows, in the same order."""
    return (record.people_floor, record.mood_word or record.mood_tenths, record.rough, record.breaks)
