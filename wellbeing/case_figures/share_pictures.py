"""Shares and counts by four weeks as pictures."""

from collections.abc import Iterator, Sequence
from math import ceil

from flask_babel import format_percent
from flask_babel import gettext as _

from wellbeing.case_figures import colours
from wellbeing.case_figures.colours import Colour
from wellbeing.case_figures.trends import QUARTER, Stretch, Trend
from wellbeing.reports import dates, frames
from wellbeing.reports.drawing import Anchor, Box, Dot, Ink, Line, Mark, Picture, Text
from wellbeing.reports.frames import Frame

WIDTH, NARROW_WIDTH, HEIGHT = 720.0, 320.0, 240.0
LEFT, DAYS, BAR = 52.0, 34.0, 0.62
SMALL_SIZE = 13.0
STEPS = (0.05, 0.1, 0.2, 0.25)
COUNTS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)
MOST_TICKS = 5


def shares(trend: Trend, narrow: bool) -> Picture:
    """Return a share by four weeks with its intervals, and the shares of the two newest quarters as lines."""
    found = [stretch.share for stretch in trend.stretches]
    highest = max((estimate.high for estimate in found if estimate), default=1.0)
    step = next((step for step in STEPS if highest / step <= MOST_TICKS), STEPS[-1])
    top = min(1.0, ceil(highest / step - 1e-9) * step)
    frame = _frame(trend.stretches, top, 14.0, narrow)
    ticks = [place * step for place in range(round(top / step) + 1)]
    marks: list[Mark] = [*frames.grid(frame, [(tick, format_percent(tick)) for tick in ticks])]
    for place, estimate in enumerate(found):
        if estimate:
            x = frame.x(place)
            marks.append(Line(((x, frame.y(estimate.low)), (x, frame.y(estimate.high))), Ink.SOFT, 2))
    marks += _quarters(frame, trend)
    marks += [
        Dot(frame.x(place), frame.y(estimate.value), 5, Ink.TEAL)
        for place, estimate in enumerate(found)
        if estimate
    ]
    return Picture(*_size(narrow), (*marks, *_days(frame, trend.stretches, narrow)))


def _frame(stretches: Sequence[Stretch], top: float, above: float, narrow: bool) -> Frame:
    width, height = _size(narrow)
    return Frame(LEFT, above, width - 14, height - DAYS, -0.6, len(stretches) - 0.4, 0, top)


def _size(narrow: bool) -> tuple[float, float]:
    return NARROW_WIDTH if narrow else WIDTH, HEIGHT


def _quarters(frame: Frame, trend: Trend) -> Iterator[Mark]:
    """Draw the share of each of the two newest quarters across its stretches."""
    end = len(trend.stretches) - 0.5
    for quarter, last in ((trend.before, end - QUARTER), (trend.newest, end)):
        if quarter.share:
            y = frame.y(quarter.share.value)
            yield Line(((frame.x(last - QUARTER + 0.1), y), (frame.x(last - 0.1), y)), Ink.APRICOT, 4)


def _days(frame: Frame, stretches: Sequence[Stretch], narrow: bool) -> Iterator[Mark]:
    """Write the days on which some stretches began, the newest among them."""
    step = 4 if narrow else 2
    for place in range(len(stretches) - 1, -1, -step):
        day = dates.short(stretches[place].starts_on)
        yield Text(frame.x(place), frame.bottom + 20, day, size=SMALL_SIZE, anchor=Anchor.MIDDLE)


def first_moves(trend: Trend, narrow: bool) -> Picture:
    """Return the cases of each four weeks as bars: below those of our first move, above the customers'."""
    known = (
        Colour(Ink.TEAL, _("We made the first move")),
        Colour(Ink.TEAL_WASH, _("The customer did"), Ink.TEAL),
    )
    most = max(stretch.of for stretch in trend.stretches)
    step = next((step for step in COUNTS if most / step <= MOST_TICKS), COUNTS[-1])
    top = max(step, ceil(most / step) * step)
    frame = _frame(trend.stretches, top, 14 + colours.room(known, narrow), narrow)
    marks = (
        *colours.key(known, narrow),
        *frames.grid(frame, [(tick, dates.thousands(tick)) for tick in range(0, top + 1, step)]),
        *_bars(frame, trend.stretches),
        *_days(frame, trend.stretches, narrow),
    )
    return Picture(*_size(narrow), marks)


def _bars(frame: Frame, stretches: Sequence[Stretch]) -> Iterator[Mark]:
    for place, stretch in enumerate(stretches):
        for low, high, ink in ((stretch.some, stretch.of, Ink.TEAL_WASH), (0, stretch.some, Ink.TEAL)):
            if high > low:
                left, right = frame.x(place - BAR / 2), frame.x(place + BAR / 2)
                height = round(frame.y(low) - frame.y(high), 1)
                yield Box(left, frame.y(high), round(right - left, 1), height, ink, Ink.TEAL)
