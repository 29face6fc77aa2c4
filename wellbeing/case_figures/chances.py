"""How first, second and third chances ended: did the customer stay? They never limit what anybody may ask."""

from collections.abc import Iterable
from dataclasses import dataclass

# A fourth chance and later ones are told together.
LATER = 4


@dataclass(frozen=True)
class Chance:
    """The closed cases of one chance; ``number`` 4 stands for every later one too."""

    number: int
    stayed: int
    left: int
    unknown: int

    @property
    def cases(self) -> int:
        """How many there are."""
        return self.stayed + self.left + self.unknown


def chances(counted: Iterable[tuple[int, str, int]]) -> tuple[Chance, ...]:
    """Return how chances ended, given how many cases each chance and outcome has."""
    found: dict[int, dict[str, int]] = {}
    for number, outcome, cases in counted:
        ends = found.setdefault(min(number, LATER), {"stayed": 0, "left": 0, "unknown": 0})
        ends[outcome] += cases
    return tuple(Chance(number, **ends) for number, ends in sorted(found.items()))
