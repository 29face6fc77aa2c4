"""What stands for a mood elsewhere, and which of the five it is here."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor

MOODS = (1, 2, 3, 4, 5)
# Daylio's own five, in English and Spanish, then what other trackers and people call theirs.
WORDS = {
    word: mood
    for mood, words in {
        1: ("awful", "fatal", "horrible", "terrible", "very bad", "muy mal", "depressed", "😢", "😭"),
        2: ("bad", "mal", "low", "sad", "triste", "fugly", "unhappy", "bajo", "🙁", "☹️", "😞", "😟"),
        3: ("meh", "ok", "okay", "average", "neutral", "normal", "regular", "so-so", "medio", "😐"),
        4: ("good", "bien", "happy", "fine", "well", "feliz", "contento", "contenta", "🙂", "😊"),
        5: (
            "rad",
            "genial",
            "great",
            "amazing",
            "excellent",
            "excelente",
            "very good",
            "muy bien",
            "😀",
            "😄",
        ),
    }.items()
    for word in words
}
NUMBER = re.compile(r"[-+−]?\d{1,6}(?:[.,]\d{1,6})?")
# From what other trackers use; the first that holds all of a column's numbers is proposed.
SCALES = ((1, 5), (0, 4), (1, 10), (0, 10), (-2, 2), (-5, 5), (0, 100), (-100, 100))


class NoMood(ValueError):
    """Something that stands for none of the five."""


@dataclass(frozen=True)
class Scale:
    """Which mood a cell means: by its word, or by where its number stands between two ends."""

    words: Mapping[str, int] = field(default_factory=dict)
    lowest: int = 1
    highest: int = 5

    def mood_of(self, cell: str) -> int:
        """Return the mood from 1 to 5 that a cell stands for; raise NoMood."""
        if cell in self.words:
            return self.words[cell]
        number = number_in(cell)
        if number is None or not self.lowest <= number <= self.highest:
            raise NoMood
        # Half way between two moods goes up, as everywhere else here.
        return int((number - self.lowest) / (self.highest - self.lowest) * 4 + Fraction(3, 2))


def number_in(cell: str) -> Fraction | None:
    """Return the number that a cell is, with a point or a comma; None for anything else."""
    if not NUMBER.fullmatch(cell):
        return None
    return Fraction(cell.replace(",", ".").replace("−", "-"))


def words_in(cells: Iterable[str]) -> list[str]:
    """Return what stands for moods in a column and is no number, each once, in the order of the file."""
    return [cell for cell in dict.fromkeys(cells) if cell and number_in(cell) is None]


def proposed_mood(word: str) -> int | None:
    """Return the mood that a word most likely means; None where nobody but its author knows."""
    return WORDS.get(word.lower())


def proposed_scale(cells: Iterable[str]) -> tuple[int, int]:
    """Return the lowest and the highest number of the usual scale that holds all numbers of a column."""
    numbers = [number for cell in cells if (number := number_in(cell)) is not None]
    for low, high in SCALES:
        if all(low <= number <= high for number in numbers):
            return low, high
    low = floor(min(numbers))
    return low, max(low + 1, ceil(max(numbers)))
