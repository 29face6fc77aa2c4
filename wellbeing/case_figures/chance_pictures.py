"""How chances ended, as a picture: one bar of equal length for each, in parts."""

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from wellbeing.case_figures import colours
from wellbeing.case_figures.chances import LATER, Chance
from wellbeing.case_figures.colours import Colour
from wellbeing.reports import scales
from wellbeing.reports.drawing import Anchor, Box, Ink, Mark, Picture, Text

WIDTH, NARROW_WIDTH = 560.0, 320.0
SIZE, SMALL_SIZE = 14.0, 13.0
# A bar, the room between two, and on a phone the chance's name above its bar.
BAR, BETWEEN, NAME = 24.0, 12.0, 20.0


def name(number: int) -> str:
    """Return what a chance is called."""
    return {1: _("First chance"), 2: _("Second chance"), 3: _("Third chance"), LATER: _("Later chances")}[
        number
    ]


def chances(found: Sequence[Chance], narrow: bool) -> Picture:
    """Return the parts of each chance in which the customer stayed, left, or nobody knows."""
    known = _colours()
    size, width = (SMALL_SIZE, NARROW_WIDTH) if narrow else (SIZE, WIDTH)
    left = 1.0 if narrow else max(scales.wide(name(chance.number), SIZE) for chance in found) + 14
    top = colours.room(known, narrow)
    marks: list[Mark] = [*colours.key(known, narrow)]
    for chance in found:
        if narrow:
            marks.append(Text(left, top + 14, name(chance.number), Ink.INK, size))
            top += NAME
        else:
            marks.append(Text(left - 14, top + 17, name(chance.number), Ink.INK, size, Anchor.END))
        marks += _bar(chance, known, left, top, width - 1 - left)
        top += BAR + BETWEEN
    return Picture(width, top, tuple(marks))


def _colours() -> tuple[Colour, ...]:
    return (
        Colour(Ink.TEAL, _("Stayed")),
        Colour(Ink.APRICOT, _("Left")),
        Colour(Ink.LINE, _("Not known"), Ink.SOFT),
    )


def _bar(chance: Chance, known: Sequence[Colour], left: float, top: float, width: float) -> Iterator[Mark]:
    for colour, cases in zip(known, (chance.stayed, chance.left, chance.unknown), strict=True):
        long = round(width * cases / chance.cases, 1)
        if cases:
            yield Box(left, top, long, BAR, colour.ink, colour.edge)
        left = round(left + long, 1)
