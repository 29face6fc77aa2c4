"""What the judges are given: every released record, with the truth about its people beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

PUBLISHED, EXACT = "published", "exact"
PAIR = 2


@dataclass(frozen=True)
class Voice:
    """What one person said in one released pool, once, and what colleagues could see of their taking part."""

    person: int
    mood: int
    rough: int
    break_taken: int
    days: str = ""
    check_ins: int = 0


@dataclass(frozen=True)
class Record:
    """One released block as a reader of the ledger has it, and, kept from readers, whom it is made of.

    ``rule`` is "published" for the project's own, or "exact" for the bad release, whose sums stand there.
    """

    unit: int
    tick: int
    people_floor: int
    mood_tenths: int | None
    mood_word: str | None
    rough: int | str
    breaks: int | str
    voices: tuple[Voice, ...]
    rule: str = PUBLISHED
    mood_sum: int | None = None


def in_pairs(records: Iterable[Record]) -> list[Record]:
    """Return the release that every judge must refuse: exact sums, of two people at a time.

    Where the number of people is odd, the last one is left out.
    """
    return [
        _exact(record, record.voices[first : first + PAIR])
        for record in records
        for first in range(0, len(record.voices) - 1, PAIR)
    ]


def _exact(record: Record, voices: tuple[Voice, ...]) -> Record:
    return Record(
        unit=record.unit,
        tick=record.tick,
        people_floor=len(voices),
        mood_tenths=None,
        mood_word=None,
        rough=sum(voice.rough for voice in voices),
        breaks=sum(voice.break_taken for voice in voices),
        voices=voices,
        rule=EXACT,
        mood_sum=sum(voice.mood for voice in voices),
    )


def as_json(records: Sequence[Record]) -> list[dict[str, object]]:
    """Return records as plain values, for judges that share no code with the project."""
    return [asdict(record) for record in records]


MICRODATA = ("unit", "tick", "people_floor", "mood", "rough", "breaks")
TRUTH = ("own_mood", "own_rough", "own_break")


def microdata(records: Iterable[Record]) -> list[dict[str, object]]:
    """Return one line per person and record: what is published of it, and what the person said."""
    return [_line(record, voice) for record in records for voice in record.voices]


def _line(record: Record, voice: Voice) -> dict[str, object]:
    shown = next(mood for mood in (record.mood_word, record.mood_tenths, record.mood_sum) if mood is not None)
    published = (
        f"u{record.unit}",
        f"t{record.tick}",
        record.people_floor,
        shown,
        record.rough,
        record.breaks,
    )
    said = (voice.mood, voice.rough, voice.break_taken)
    return dict(zip((*MICRODATA, *TRUTH), (*published, *said), strict=True))
