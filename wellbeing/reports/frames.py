"""The plane of a picture: where ticks and figures lie on it, and what every picture of ticks has."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from wellbeing.reports import scales
from wellbeing.reports.drawing import Anchor, Area, Dot, Ink, Line, Mark, Text
from wellbeing.reports.trends import Week

SIZE = 14.0


@dataclass(frozen=True)
class Frame:
    """A plane: ticks from ``first`` to ``last`` across it, figures from ``low`` to ``high`` up it."""

    left: float
    top: float
    right: float
    bottom: float
    first: float
    last: float
    low: float
    high: float

    def x(self, tick: float) -> float:
        """Return how far from the left a tick is."""
        share = (tick - self.first) / (self.last - self.first)
        return round(self.left + share * (self.right - self.left), 1)

    def y(self, figure: float) -> float:
        """Return how far from the top a figure is."""
        share = (figure - self.low) / (self.high - self.low)
        return round(self.bottom - share * (self.bottom - self.top), 1)

    @property
    def tick_width(self) -> float:
        """How wide one tick is."""
        return (self.right - self.left) / (self.last - self.first)


def gaps(frame: Frame, weeks: Sequence[Week]) -> Iterator[Mark]:
    """Shade the ticks at which nothing was shown, so that a gap is not taken for a zero."""
    for start, end in scales.hidden_runs(weeks):
        left, right = frame.x(start), frame.x(end)
        corners = ((left, frame.top), (right, frame.top), (right, frame.bottom), (left, frame.bottom))
        yield Area(corners, Ink.LINE, 0.4)


def gap_words(frame: Frame, weeks: Sequence[Week]) -> Iterator[Mark]:
    """Say on every gap that nothing was shown there."""
    middle = (frame.top + frame.bottom) / 2
    for start, end in scales.hidden_runs(weeks):
        at = frame.x((start + end) / 2) + SIZE / 3
        yield Text(at, middle, _("not shown"), size=13, anchor=Anchor.MIDDLE, turned=True)


def grid(frame: Frame, figures: Sequence[tuple[float, str]]) -> Iterator[Mark]:
    """Draw a line across at each figure, with its label before it."""
    for figure, _label in figures:
        y = frame.y(figure)
        yield Line(((frame.left, y), (frame.right, y)), Ink.LINE)
    for figure, label in figures:
        yield Text(frame.left - 6, frame.y(figure) + 4.5, label, size=SIZE, anchor=Anchor.END)


def days(frame: Frame, weeks: Sequence[Week], most: int) -> Iterator[Mark]:
    """Write the days on which ticks began below some of them."""
    for week in scales.labelled(weeks, most):
        at = frame.x(week.number)
        yield Text(at, frame.bottom + 20, scales.short(week), size=SIZE, anchor=Anchor.MIDDLE)


def note_lines(frame: Frame, places: Sequence[scales.NotePlace]) -> Iterator[Mark]:
    """Draw each note as a line with its number in a ring at the top; numbers come last, over every line."""
    tops = [frame.top - (place.row + 0.5) * scales.NOTE_ROOM for place in places]
    for place, top in zip(places, tops, strict=True):
        at = frame.x(place.x)
        yield Line(((at, top), (at, frame.bottom)), Ink.APRICOT, 3)
    for place, top in zip(places, tops, strict=True):
        at = frame.x(place.x)
        yield Dot(at, top, scales.NOTE_RING, Ink.APRICOT)
        yield Dot(at, top, scales.NOTE_RING - 2, Ink.CARD)
        size = scales.NOTE_SIZE
        yield Text(at, top + size / 3, str(place.number), Ink.INK, size, Anchor.MIDDLE, bold=True)
