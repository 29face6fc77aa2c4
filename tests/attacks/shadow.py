"""The rules of the weekly ledger once more, for tests alone and as plainly as they are said (R4, R5)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

Said = tuple[int | None, bool, bool]
Figures = tuple[int, Decimal | str, int | str, int | str]


def block_of(said: Mapping[str, Sequence[Said]], people_needed: int = 5) -> Figures | None:
    """Return the band, mood, rough ones and breaks of a pool, or None where too few gave a mood."""
    counted = {person: own for person, own in said.items() if any(mood is not None for mood, _, _ in own)}
    people = len(counted)
    if people < people_needed:
        return None
    band = [floor for floor in (5, 8, 12, 20, 40) if floor <= people][-1]
    mean = Fraction(sum(_vote(own) for own in counted.values()), people)
    rough = sum(any(was for _, was, _ in own) for own in counted.values())
    breaks = sum(any(took for _, _, took in own) for own in counted.values())
    return band, _mood(mean, band), _count(rough, people), _count(breaks, people)


def _vote(own: Sequence[Said]) -> int:
    moods = [mood for mood, _, _ in own if mood is not None]
    return (2 * sum(moods) + len(moods)) // (2 * len(moods))


def _mood(mean: Fraction, band: int) -> Decimal | str:
    if band == 5:
        return "low" if mean <= Fraction(13, 5) else "high" if mean >= Fraction(17, 5) else "middle"
    lowest, highest = 1 + Fraction(8, band), 5 - Fraction(8, band)
    clipped = lowest if mean < lowest else highest if mean > highest else mean
    tenths = (20 * clipped + 1) / 2
    return Decimal(tenths.numerator // tenths.denominator) / 10


def _count(yes: int, people: int) -> int | str:
    return "few" if yes <= 2 else "most" if yes >= people - 2 else yes
