"""What the page says of a file before it is loaded."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from wellbeing.diary import importing
from wellbeing.diary.importing import MOST_WORDS, Choices, Plan
from wellbeing.diary.mood_scales import MOODS, NoMood, Scale, number_in
from wellbeing.diary.tables import Table

EXAMPLES = 3
MOST_NUMBERS = 20
MOST_LINES_NAMED = 12
WORDS_NAMED = 6


@dataclass(frozen=True)
class Meaning:
    """What stands for a mood in the file, how often, and the mood that it means here; None for left out."""

    text: str
    times: int
    mood: int | None


@dataclass(frozen=True)
class LeftOut:
    """Lines that are left out for one reason: the first of their numbers, how many more, how many in all."""

    reason: str
    numbers: tuple[int, ...]
    more: int

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return len(self.numbers) + self.more


@dataclass(frozen=True)
class Page:
    """All of it; ``examples`` are the first entries with their moments in the site's time."""

    words: tuple[Meaning, ...]
    numbers: tuple[Meaning, ...]
    has_numbers: bool
    asks_for_order: bool
    first: date | None
    last: date | None
    moods: tuple[tuple[int, int], ...]
    examples: tuple[tuple[datetime, int | None], ...]
    has_times: bool
    left_out: tuple[LeftOut, ...]

    @property
    def unexplained(self) -> list[str]:
        """The first words that would be left out with their lines."""
        return [meaning.text for meaning in self.words if meaning.mood is None][:WORDS_NAMED]


def page_of(table: Table, choices: Choices, plan: Plan, zone: ZoneInfo) -> Page:
    """Return what the page says of a table that is read by these choices."""
    cells = importing.cells_in(table, choices.columns.mood)
    counted = Counter(cell for cell in cells if cell)
    numbers = [cell for cell in counted if number_in(cell) is not None]
    moments = [entry.felt_at.astimezone(zone) for entry in plan.entries if entry.felt_at]
    moods = Counter(entry.mood for entry in plan.entries)
    return Page(
        words=tuple(_words(counted, choices.scale)),
        numbers=tuple(_numbers(numbers, counted, choices.scale)),
        has_numbers=bool(numbers),
        asks_for_order=importing.asks_for_order(table, choices.columns),
        first=moments[0].date() if moments else None,
        last=moments[-1].date() if moments else None,
        moods=tuple((mood, moods[mood]) for mood in reversed(MOODS) if moods[mood]),
        examples=tuple(
            (moment, entry.mood) for moment, entry in zip(moments[:EXAMPLES], plan.entries, strict=False)
        ),
        has_times=len({moment.time() for moment in moments}) > 1,
        left_out=tuple(_left_out(plan)),
    )


def _words(counted: Counter[str], scale: Scale) -> list[Meaning]:
    """Return what each word means, those that nothing is known of first."""
    words = [(text, times) for text, times in counted.most_common() if number_in(text) is None]
    found = [Meaning(text, times, scale.words.get(text)) for text, times in words[:MOST_WORDS]]
    return sorted(found, key=lambda meaning: meaning.mood is not None)


def _numbers(cells: list[str], counted: Counter[str], scale: Scale) -> Iterator[Meaning]:
    """Yield what each number means, where there are few enough to be read."""
    if len(cells) <= MOST_NUMBERS:
        for cell in sorted(cells, key=lambda one: number_in(one) or 0):
            yield Meaning(cell, counted[cell], _mood(scale, cell))


def _mood(scale: Scale, cell: str) -> int | None:
    try:
        return scale.mood_of(cell)
    except NoMood:
        return None


def _left_out(plan: Plan) -> Iterator[LeftOut]:
    """Yield the reasons, the most frequent one first."""
    by_reason: dict[str, list[int]] = {}
    for line in plan.left_out:
        by_reason.setdefault(line.reason, []).append(line.number)
    for reason, lines in sorted(by_reason.items(), key=lambda found: -len(found[1])):
        yield LeftOut(reason, tuple(lines[:MOST_LINES_NAMED]), max(0, len(lines) - MOST_LINES_NAMED))
