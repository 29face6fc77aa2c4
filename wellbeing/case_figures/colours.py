"""Which colour is which, above the plane of a picture."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wellbeing.reports import scales
from wellbeing.reports.drawing import Box, Ink, Mark, Text


@dataclass(frozen=True)
class Colour:
    """A colour's meaning; light ones need an edge to be seen."""

    ink: Ink
    name: str
    edge: Ink | None = None


def key(colours: Sequence[Colour], narrow: bool) -> Iterator[Mark]:
    """Draw each colour with its name, beside each other or, on a phone, below each other."""
    size = scales.SMALL_NAME_SIZE if narrow else scales.NAME_SIZE
    spots = scales.name_spots([colour.name for colour in colours], size, below=narrow)
    for (x, y), colour in zip(spots, colours, strict=True):
        yield Box(1 + x, 4 + y, 14, 14, colour.ink, colour.edge)
        yield Text(21 + x, 16 + y, colour.name, size=size)


def room(colours: Sequence[Colour], narrow: bool) -> float:
    """Return how much room the names take above a plane."""
    return scales.NAMES + (scales.NAME_ROW * (len(colours) - 1) if narrow else 0)
