"""A unit's pictures as marks: the same that Plotly draws later, for a page's first moment, for paper and PDF.

What was released in words is drawn as the range it stands for, never as a figure. A block never changes, so
that equal ticks share one picture.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from flask_babel import get_locale
from flask_babel import gettext as _

from wellbeing.models.ledger import CountWord
from wellbeing.reports import count_marks, dates, frames, mood_marks, scales, words
from wellbeing.reports.changed import Changed
from wellbeing.reports.drawing import Anchor, Area, Box, Dot, Ink, Line, Mark, Picture, Text
from wellbeing.reports.frames import Frame
from wellbeing.reports.trends import Week

CACHED = 512
WIDTH, NARROW_WIDTH, HEIGHT, PEOPLE_HEIGHT = 720.0, 320.0, 340.0, 280.0
SMALL_WIDTH, SMALL_HEIGHT = 240.0, 90.0
# Room below the plane for days, beside it for the newest figure.
DAYS, NEWEST = 34.0, 46.0
# How much of a tick's width its box and each of its bars take.
BOX, BAR, BETWEEN = 0.72, 0.3, 0.06
# A word that is turned beside another one needs this many pixels.
WORD_ROOM = 15.0


@dataclass(frozen=True)
class Size:
    """How large a picture is, and how much room it leaves beside its plane.

    Pictures of one width and one room beside their planes show each tick exactly below each other.
    """

    width: float
    height: float
    left: float
    right: float = NEWEST


def mood(
    weeks: Sequence[Week], notes: Sequence[Changed] = (), narrow: bool = False, size: Size | None = None
) -> Picture:
    """Return mood by tick, for a page or for a phone (the newest quarter), with the notes of those ticks."""
    return _mood(tuple(weeks), tuple(notes), narrow, size, str(get_locale()))


def people(
    weeks: Sequence[Week], notes: Sequence[Changed] = (), narrow: bool = False, size: Size | None = None
) -> Picture:
    """Return rough interactions and breaks by tick, in people."""
    return _people(tuple(weeks), tuple(notes), narrow, size, str(get_locale()))


def left_of_both() -> float:
    """Return the room that the names of moods need before a plane; figures of people need less."""
    return _left(scales.mood_names())


def _left(names: Sequence[str]) -> float:
    return max(scales.wide(name, frames.SIZE) for name in names) + 10


def small(weeks: Sequence[Week]) -> Picture:
    """Return mood by tick as one of many pictures on a page: no axis but the first day and the last."""
    return _small(tuple(weeks), str(get_locale()))


@lru_cache(maxsize=CACHED)
def _mood(
    weeks: tuple[Week, ...], notes: tuple[Changed, ...], narrow: bool, size: Size | None, _language: str
) -> Picture:
    seen = weeks[-scales.ON_A_PHONE :] if narrow else weeks
    names = list("12345") if narrow else scales.mood_names()
    on = size or Size(NARROW_WIDTH if narrow else WIDTH, HEIGHT, _left(names))
    places = scales.note_places(seen, scales.numbered(weeks, notes), on.width - on.left - on.right)
    top = 10 + scales.note_room(places)
    frame = _mood_frame(seen, on.left, top, on.width - on.right, on.height - DAYS)
    marks = (
        *frames.gaps(frame, seen),
        *frames.grid(frame, list(enumerate(names, start=1))),
        *_moods(frame, seen, len(seen) <= mood_marks.LABELLED),
        *frames.gap_words(frame, seen),
        *frames.days(frame, seen, scales.NARROW if narrow else scales.WIDE),
        *frames.note_lines(frame, places),
        *_newest(frame, seen, 17),
    )
    return Picture(on.width, on.height, marks)


def _mood_frame(weeks: Sequence[Week], left: float, top: float, right: float, bottom: float) -> Frame:
    return Frame(left, top, right, bottom, *scales.ends(weeks), scales.MOOD_LOW, scales.MOOD_HIGH)


def _moods(frame: Frame, weeks: Sequence[Week], with_words: bool, size: float = 1.0) -> Iterator[Mark]:
    """Draw figures as a line over its band, and words as boxes over the range they stand for."""
    for run in mood_marks.runs(weeks):
        shape = tuple((frame.x(tick), frame.y(mood)) for tick, mood in mood_marks.outline(run))
        yield Area(shape, Ink.TEAL, 0.16)
    yield from _boxes(frame, weeks, with_words)
    for run in mood_marks.runs(weeks):
        points = tuple((frame.x(week.number), frame.y(float(week.mood or 0))) for week in run)
        yield Line(points, Ink.TEAL, 3.5 * size)
    for week in weeks:
        if week.mood is not None:
            yield Dot(frame.x(week.number), frame.y(float(week.mood)), 4.5 * size, Ink.TEAL)


def _boxes(frame: Frame, weeks: Sequence[Week], with_words: bool) -> Iterator[Mark]:
    wide = round(frame.tick_width * BOX, 1)
    for week in weeks:
        if week.mood_word is None:
            continue
        low, high = mood_marks.MOOD_RANGES[week.mood_word]
        top, bottom = frame.y(high), frame.y(low)
        left = round(frame.x(week.number) - wide / 2, 1)
        yield Box(left, top, wide, round(bottom - top, 1), Ink.TEAL_WASH, edge=Ink.TEAL)
        if with_words:
            at, word = frame.x(week.number) + 5, words.mood_word(week.mood_word)
            yield Text(at, (top + bottom) / 2, word, Ink.INK, 14, Anchor.MIDDLE, turned=True)


def _newest(frame: Frame, weeks: Sequence[Week], size: float) -> Iterator[Mark]:
    """Write the newest figure beside its point."""
    newest = weeks[-1].mood
    if newest is not None:
        at, level = frame.x(weeks[-1].number) + 9, frame.y(float(newest)) + size / 3
        yield Text(at, level, dates.tenths(newest), Ink.INK, size, bold=True)


@lru_cache(maxsize=CACHED)
def _people(
    weeks: tuple[Week, ...], notes: tuple[Changed, ...], narrow: bool, size: Size | None, _language: str
) -> Picture:
    seen = weeks[-scales.ON_A_PHONE :] if narrow else weeks
    highest = count_marks.tallest(seen) * scales.HEADROOM
    step = count_marks.step(highest)
    lines = [(float(figure), str(figure)) for figure in range(0, int(highest) + 1, step)]
    left = scales.wide(lines[-1][1], frames.SIZE) + 14
    on = size or Size(NARROW_WIDTH if narrow else WIDTH, PEOPLE_HEIGHT, left, 12)
    places = scales.note_places(seen, scales.numbered(weeks, notes), on.width - on.left - on.right)
    top = scales.NAMES + (scales.NAME_ROW if narrow else 0) + scales.note_room(places)
    frame = Frame(on.left, top, on.width - on.right, on.height - DAYS, *scales.ends(seen), 0, highest)
    marks = (
        *frames.gaps(frame, seen),
        *frames.grid(frame, lines),
        *_bars(frame, [(week, week.rough) for week in seen], Ink.ROUGH, -1),
        *_bars(frame, [(week, week.breaks) for week in seen], Ink.BREAK, 1),
        *frames.gap_words(frame, seen),
        *frames.days(frame, seen, scales.NARROW if narrow else scales.WIDE),
        *frames.note_lines(frame, places),
        *_names(frame.left, narrow),
    )
    return Picture(on.width, on.height, marks)


def _bars(frame: Frame, told: count_marks.Told, ink: Ink, side: int) -> Iterator[Mark]:
    """Draw what is certain as a full bar, and what few or most may add to it hatched."""
    wide = round(frame.tick_width * BAR, 1)
    aside = side * frame.tick_width * (BAR + BETWEEN) / 2
    shown = [(week, count) for week, count in told if count is not None]
    bars = [(round(frame.x(week.number) + aside - wide / 2, 1), week, count) for week, count in shown]
    for left, week, count in bars:
        sure = frame.y(count_marks.drawn(count, week.people_floor)[0])
        if sure < frame.bottom:
            yield Box(left, sure, wide, round(frame.bottom - sure, 1), ink)
    for word in CountWord:
        yield from _ranges(
            frame, [(left, week) for left, week, count in bars if count == word], wide, ink, word
        )


def _ranges(
    frame: Frame, bars: Sequence[tuple[float, Week]], wide: float, ink: Ink, word: CountWord
) -> Iterator[Mark]:
    """Draw ranges hatched: few ends at two people, most is open at its upper end."""
    spans = [(left, count_marks.drawn(word, week.people_floor)) for left, week in bars]
    places = [(left, frame.y(high), frame.y(low)) for left, (low, high) in spans]
    edge = ink if word is CountWord.FEW else None
    for left, top, bottom in places:
        yield Box(left, top, wide, round(bottom - top, 1), ink, edge, hatched=True)
    if word is CountWord.MOST:
        for left, top, bottom in places:
            for x in (left, round(left + wide, 1)):
                yield Line(((x, bottom), (x, top)), ink)
    if _has_room(frame, [top for _left, top, _bottom in places], words.count(word)):
        for left, top, _bottom in places:
            yield Text(round(left + wide / 2 + 4.5, 1), top - 6, words.count(word), size=13, turned=True)


def _has_room(frame: Frame, tops: Sequence[float], word: str) -> bool:
    """Tell whether a word has room beside others on bars and within the plane, below what stands above it."""
    highest = min(tops, default=frame.bottom) - 6 - scales.wide(word, 13)
    return frame.tick_width * (BAR + BETWEEN) >= WORD_ROOM and highest >= frame.top


def _names(left: float, narrow: bool) -> Iterator[Mark]:
    """Say which colour is which."""
    names = (_("Had a rough interaction"), _("Took a break"))
    size = scales.SMALL_NAME_SIZE if narrow else scales.NAME_SIZE
    spots = scales.name_spots(names, size, below=narrow)
    for (x, y), ink, name in zip(spots, (Ink.ROUGH, Ink.BREAK), names, strict=True):
        yield Box(left + x, 4 + y, 14, 14, ink)
        yield Text(left + x + 20, 16 + y, name, size=size)


@lru_cache(maxsize=CACHED)
def _small(weeks: tuple[Week, ...], _language: str) -> Picture:
    if not weeks:
        return Picture(SMALL_WIDTH, SMALL_HEIGHT, ())
    frame = _mood_frame(weeks, 4, 4, SMALL_WIDTH - 34, SMALL_HEIGHT - 20)
    below = SMALL_HEIGHT - 4
    marks = (
        *frames.gaps(frame, weeks),
        Line(((frame.left, frame.y(3)), (frame.right, frame.y(3))), Ink.LINE),
        *_moods(frame, weeks, False, 0.6),
        Text(frame.left, below, scales.short(weeks[0]), size=12),
        Text(frame.right, below, scales.short(weeks[-1]), size=12, anchor=Anchor.END),
        *_newest(frame, weeks, 14),
    )
    return Picture(SMALL_WIDTH, SMALL_HEIGHT, marks)
