"""What a diary shows, as marks: for pages of its owner's and for what they choose to share.

Whoever draws them as SVG uses ``svg.drawn_once``, which remembers nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext as _

from wellbeing.diary.findings import AfterRough, KindOfBreak, ShiftMood
from wellbeing.reports import dates, frames, scales
from wellbeing.reports.drawing import Anchor, Box, Dot, Ink, Line, Mark, Picture, Text
from wellbeing.reports.frames import Frame

WIDTH, NARROW_WIDTH, HEIGHT = 680.0, 320.0, 290.0
# How many shifts a picture shows, on a page and on a phone.
ON_A_PAGE, ON_A_PHONE = 40, 14
LEGEND, DAYS = 34.0, 46.0
ROW, BAR, VALUE = 48.0, 16.0, 44.0
# A way that several rough interactions took is drawn wider, up to a limit.
THINNEST, WIDER, WIDEST = 1.5, 1.0, 9.0


def moods(shifts: Sequence[ShiftMood], narrow: bool = False) -> Picture:
    """Return the mood of the newest shifts, each from its start to its end."""
    seen = with_mood(shifts)[-(ON_A_PHONE if narrow else ON_A_PAGE) :]
    frame = _frame(narrow, LEGEND, HEIGHT - DAYS, -0.6, max(1, len(seen)) - 0.4)
    marks = (
        *frames.grid(frame, list(enumerate(_names(narrow), start=1))),
        *_shifts(frame, seen),
        *_days(frame, seen, 3 if narrow else 6),
        *_legend(frame.left),
    )
    return Picture(_width(narrow), HEIGHT, marks)


def with_mood(shifts: Sequence[ShiftMood]) -> list[ShiftMood]:
    """Return the shifts in which there was a check-in."""
    return [shift for shift in shifts if shift.mean is not None]


def _width(narrow: bool) -> float:
    return NARROW_WIDTH if narrow else WIDTH


def _frame(narrow: bool, top: float, bottom: float, first: float, last: float) -> Frame:
    left = max(scales.wide(name, frames.SIZE) for name in _names(narrow)) + 12
    ends = (scales.MOOD_LOW, scales.MOOD_HIGH)
    return Frame(left, top, _width(narrow) - 8, bottom, first, last, *ends)


def _names(narrow: bool) -> list[str]:
    return list("12345") if narrow else scales.mood_names()


def _shifts(frame: Frame, seen: Sequence[ShiftMood]) -> Iterator[Mark]:
    """Draw a way through the means, and on it each shift: a ring at its start and a dot at its end."""
    places = [(frame.x(at), shift) for at, shift in enumerate(seen)]
    if len(seen) > 1:
        yield Line(tuple((x, frame.y(shift.mean or 0)) for x, shift in places), Ink.LINE, 4)
    whole = [(x, shift.start or 0, shift.end) for x, shift in places]
    for x, start, end in whole:
        if end is not None and end != start:
            yield Line(((x, frame.y(start)), (x, frame.y(end))), Ink.TEAL, 2.5)
    for x, start, _end in whole:
        yield Dot(x, frame.y(start), 5, Ink.TEAL)
    for x, start, _end in whole:
        yield Dot(x, frame.y(start), 2.8, Ink.CARD)
    for x, _start, end in whole:
        if end is not None:
            yield Dot(x, frame.y(end), 5, Ink.TEAL)
    for x, shift in places:
        if shift.rough:
            yield Dot(x, frame.bottom + 13, 4, Ink.ROUGH)


def _days(frame: Frame, seen: Sequence[ShiftMood], most: int) -> Iterator[Mark]:
    """Write the day below some of the shifts: the newest and, going back, every so many others."""
    step = -(-len(seen) // most) if seen else 1
    for at in range(len(seen) - 1, -1, -step):
        anchor = Anchor.END if at == len(seen) - 1 and len(seen) > 1 else Anchor.MIDDLE
        x = frame.x(at) + (8 if anchor is Anchor.END else 0)
        yield Text(x, frame.bottom + 38, dates.short(seen[at].day), size=13, anchor=anchor)


def _legend(left: float) -> Iterator[Mark]:
    names = (_("start"), _("end"), _("with a rough one"))
    x = left
    for name, ink in zip(names, (Ink.TEAL, Ink.TEAL, Ink.ROUGH), strict=True):
        yield Dot(x + 5, 13, 5 if ink is Ink.TEAL else 4, ink)
        if name == names[0]:
            yield Dot(x + 5, 13, 2.8, Ink.CARD)
        yield Text(x + 16, 18, name, size=14)
        x += 16 + scales.wide(name, 14) + 18


def after_rough(found: AfterRough, narrow: bool = False) -> Picture:
    """Return how mood went from before a rough interaction to right then and to the next check-in."""
    frame = _frame(narrow, 12, HEIGHT - 30, -0.3, 2.4)
    marks = (
        *frames.grid(frame, list(enumerate(_names(narrow), start=1))),
        *_ways(frame, found),
        *_means(frame, (found.before, found.at_event, found.after)),
        *_moments(frame),
    )
    return Picture(_width(narrow), HEIGHT, marks)


def moment_names() -> tuple[str, str, str]:
    """Return what the three moments of a rough interaction are called."""
    return _("Before"), _("Right then"), _("Next check-in")


def _ways(frame: Frame, found: AfterRough) -> Iterator[Mark]:
    steps = Counter((at, *three[at : at + 2]) for three in found.each for at in (0, 1))
    for (at, low, high), count in sorted(steps.items()):
        points = ((frame.x(at), frame.y(low)), (frame.x(at + 1), frame.y(high)))
        yield Line(points, Ink.LINE, min(THINNEST + WIDER * count, WIDEST))


def _means(frame: Frame, means: Sequence[float | None]) -> Iterator[Mark]:
    told = [(frame.x(at), frame.y(mean), mean) for at, mean in enumerate(means) if mean is not None]
    if not told:
        return
    yield Line(tuple((x, y) for x, y, _mean in told), Ink.TEAL, 3.5)
    for x, y, _mean in told:
        yield Dot(x, y, 6, Ink.TEAL)
    for x, y, mean in told:
        yield Text(x + 10, y - 9, dates.tenths(mean), Ink.INK, 17, bold=True)


def _moments(frame: Frame) -> Iterator[Mark]:
    for at, name in enumerate(moment_names()):
        yield Text(frame.x(at), frame.bottom + 22, name, size=14, anchor=Anchor.MIDDLE)


def kinds(found: Sequence[KindOfBreak], names: Mapping[str | None, str], narrow: bool = False) -> Picture:
    """Return by how much mood rose after rough interactions, without a break and by kind of break.

    ``names`` are the words of each kind; None stands for no break. Kinds below their minimum are left out.
    """
    told = [(one, one.gain) for one in found if one.gain is not None]
    low = min([0.0, *(gain for _one, gain in told)])
    high = max([1.0, *(gain for _one, gain in told)])
    frame = Frame(2, 0, _width(narrow) - VALUE, ROW * len(told), low, high, 0, 1)
    zero = frame.x(0)
    rows = [
        mark
        for row, (one, gain) in enumerate(told)
        for mark in _row(row * ROW, (zero, frame.x(gain)), one, signed(gain), names)
    ]
    return Picture(_width(narrow), max(ROW * len(told), 1.0), tuple(rows))


def _row(
    top: float, ends: tuple[float, float], one: KindOfBreak, gain: str, names: Mapping[str | None, str]
) -> Iterator[Mark]:
    """Draw one kind as a bar from zero to its gain, with its name above and its figure at the end."""
    zero, (left, right) = ends[0], sorted(ends)
    ink = Ink.SOFT if one.kind is None else Ink.BREAK
    yield Text(2, top + 17, f"{names.get(one.kind, one.kind or '')} · {one.events}×", Ink.INK, 15)
    yield Line(((zero, top + 23), (zero, top + 25 + BAR)), Ink.SOFT, 2)
    yield Box(left, top + 24, max(1.0, round(right - left, 1)), BAR, ink)
    yield Text(right + 8, top + 38, gain, Ink.INK, 16, bold=True)


def signed(points: float) -> str:
    """Return a change of mood with its sign, such as "+0.8"."""
    tenths = round(points, 1)
    sign = "+" if tenths > 0 else "−" if tenths < 0 else ""
    return sign + dates.tenths(abs(tenths))
