"""Waits as a picture: a dot for each median, a line for its interval, on an axis from minutes to weeks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, isinf, log

from flask_babel import gettext as _

from wellbeing.case_figures import colours, words
from wellbeing.case_figures.colours import Colour
from wellbeing.case_figures.medians import Waiting
from wellbeing.reports import scales
from wellbeing.reports.drawing import Anchor, Dot, Ink, Line, Mark, Picture, Text

WIDTH, NARROW_WIDTH = 560.0, 320.0
SIZE, SMALL_SIZE = 14.0, 13.0
TOP, BELOW, RIGHT = 10.0, 30.0, 30.0
# A line of marks, and on a phone the name of its channel above it.
LINE, NAME, BETWEEN = 28.0, 22.0, 8.0
DOT = 6.0
# How far apart two names on the axis are at least.
APART = 10.0
# The times that an axis can begin with, end with and name between, in minutes.
AXIS = (
    1,
    5,
    15,
    60,
    4 * 60,
    8 * 60,
    24 * 60,
    3 * 24 * 60,
    7 * 24 * 60,
    28 * 24 * 60,
    84 * 24 * 60,
    365 * 24 * 60,
)
FEWEST_TICKS = 3


@dataclass(frozen=True)
class Times:
    """One line of marks: a group's waits, its colour, and whether its dot is a ring."""

    waiting: Waiting
    ink: Ink = Ink.TEAL
    ring: bool = False


@dataclass(frozen=True)
class Row:
    """A channel's name and its lines of marks."""

    name: str
    lines: tuple[Times, ...]


@dataclass(frozen=True)
class _Plane:
    left: float
    right: float
    ticks: tuple[int, ...]

    @cached_property
    def _span(self) -> float:
        return log(self.ticks[-1] / self.ticks[0])

    def x(self, minutes: float) -> float:
        """Return how far from the left a time is; what lies beyond an end stands at it."""
        inside = min(max(minutes, self.ticks[0]), self.ticks[-1])
        return round(self.left + log(inside / self.ticks[0]) / self._span * (self.right - self.left), 1)


def times(rows: Sequence[Row], narrow: bool, names: Sequence[Colour] = ()) -> Picture:
    """Return the waits of channels, one below the other; ``names`` say which colour is which."""
    name_size = SMALL_SIZE if narrow else SIZE
    left = 8.0 if narrow else max(scales.wide(row.name, name_size) for row in rows) + 14
    width = NARROW_WIDTH if narrow else WIDTH
    plane = _Plane(left, width - RIGHT, _ticks(rows))
    above = NAME if narrow else 0.0
    tops = [TOP + (colours.room(names, narrow) if names else 0)]
    for row in rows:
        tops.append(tops[-1] + above + LINE * len(row.lines) + BETWEEN)
    bottom = tops.pop()
    marks = (
        *(colours.key(names, narrow) if names else ()),
        *_axis(plane, tops[0], bottom),
        *(mark for row, top in zip(rows, tops, strict=True) for mark in _row(plane, row, top, narrow)),
    )
    return Picture(width, bottom + BELOW, marks)


def _ticks(rows: Sequence[Row]) -> tuple[int, ...]:
    """Return the times that the axis names: all marks lie between its first and its last."""
    found = [line.waiting.median for row in rows for line in row.lines if line.waiting.median]
    ends = [end for median in found for end in (median.low, median.value, median.high) if not isinf(end)]
    low, high = min(ends, default=1.0), max(ends, default=0.0)
    first = max((place for place, tick in enumerate(AXIS) if tick <= low), default=0)
    last = min((place for place, tick in enumerate(AXIS) if tick >= high), default=len(AXIS) - 1)
    first = min(first, len(AXIS) - FEWEST_TICKS)
    return AXIS[first : max(last + 1, first + FEWEST_TICKS)]


def _axis(plane: _Plane, top: float, bottom: float) -> Iterator[Mark]:
    for tick in plane.ticks:
        x = plane.x(tick)
        yield Line(((x, top - 6), (x, bottom)), Ink.LINE)
    free = 0.0
    for tick in plane.ticks:
        name, x = _tick(tick), plane.x(tick)
        half = scales.wide(name, SMALL_SIZE) / 2
        at = max(x, half)
        if at - half >= free:  # A name for which there is no room is left out; its line stays.
            yield Text(round(at, 1), bottom + 20, name, size=SMALL_SIZE, anchor=Anchor.MIDDLE)
            free = at + half + APART


def _tick(minutes: int) -> str:
    if minutes == words.DAY:
        return _("1 day")
    return words.time(minutes)


def _row(plane: _Plane, row: Row, top: float, narrow: bool) -> Iterator[Mark]:
    first = top + (NAME if narrow else 0)
    if narrow:
        yield Text(plane.left, top + 15, row.name, Ink.INK, SMALL_SIZE)
    else:
        middle = first + LINE * len(row.lines) / 2 + SIZE / 3
        yield Text(plane.left - 14, round(middle, 1), row.name, Ink.INK, SIZE, Anchor.END)
    for place, line in enumerate(row.lines):
        yield from _line(plane, line, first + LINE * (place + 0.5))


def _line(plane: _Plane, line: Times, y: float) -> Iterator[Mark]:
    median = line.waiting.median
    if median is None:
        yield Text(plane.left + 6, y + 4, _("too few to say"), size=SMALL_SIZE)
        return
    end = plane.right + 10 if isinf(median.high) else plane.x(median.high)
    yield Line(((plane.x(median.low), y), (end, y)), line.ink, 4)
    if isinf(median.high):  # An arrow: nobody knows how far it goes on.
        yield Line(((end - 6, y - 6), (end + 2, y), (end - 6, y + 6)), line.ink, 3)
    if median.value < inf:
        x = plane.x(median.value)
        yield Dot(x, y, DOT + 1, line.ink)
        if line.ring:
            yield Dot(x, y, DOT - 2, Ink.CARD)
