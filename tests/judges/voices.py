"""People and records that the judges' own tests are about."""

from judges.records import Record, Voice
from judges.truth import published


def voices(*moods: int, rough: int = 0, breaks: int = 0, first: int = 1) -> tuple[Voice, ...]:
    """Return people with these moods, of whom so many had a rough interaction and took a break."""
    return tuple(
        Voice(first + place, mood, int(place < rough), int(place < breaks), days="02", check_ins=2)
        for place, mood in enumerate(moods)
    )


def record(
    *moods: int, unit: int = 4, tick: int = 1, rough: int = 0, breaks: int = 0, first: int = 1
) -> Record:
    """Return what the project's rules publish of people with these moods."""
    people = voices(*moods, rough=rough, breaks=breaks, first=first)
    people_floor, mood, rough_shown, breaks_shown = published(people)
    return Record(
        unit=unit,
        tick=tick,
        people_floor=people_floor,
        mood_tenths=None if isinstance(mood, str) else mood,
        mood_word=mood if isinstance(mood, str) else None,
        rough=rough_shown,
        breaks=breaks_shown,
        voices=people,
    )
