"""What a picture shows of its axes: which ticks get a date, where nothing was shown, where a note stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask_babel import gettext as _

from wellbeing.reports import dates
from wellbeing.reports.changed import Changed
from wellbeing.reports.trends import Week

# How many ticks get a date on a wide screen and on a phone, and how many ticks a phone shows at all.
WIDE, NARROW = 9, 4
ON_A_PHONE = 13
# Room above the tallest bar for the words that stand on bars.
HEADROOM = 1.35
# An axis of moods reaches this far, so that a point at an end of the scale is drawn whole.
MOOD_LOW, MOOD_HIGH = 0.8, 5.2
# The letters of our typeface are this wide, as a share of their size.
LETTER = 0.54
NOTE_SIZE = 13.0
# Above the plane stand the names of the two colours, on a phone smaller.
NAMES = 30.0
NAME_SIZE, SMALL_NAME_SIZE = 14.0, 13.0
LONGEST_NOTE, SHORTEST_NOTE = 34, 8
NOTE_ROWS = 3


@dataclass(frozen=True)
class NotePlace:
    """Where a note is drawn: ``x`` in ticks, ``row`` from the bottom up; without a text only as a line.

    A note near the right edge has its text to the left of its line.
    """

    x: float
    row: int = 0
    text: str = ""
    before: bool = False


def labelled(weeks: Sequence[Week], most: int) -> list[Week]:
    """Return the ticks that get a date: the newest and, going back, every so many others."""
    step = -(-len(weeks) // most)
    return list(reversed(weeks[::-step]))


def ends(weeks: Sequence[Week]) -> tuple[float, float]:
    """Return where the axis of some ticks begins and ends, in ticks."""
    return weeks[0].number - 0.6, weeks[-1].number + 0.6


def hidden_runs(weeks: Sequence[Week]) -> list[tuple[float, float]]:
    """Return from where to where nothing was shown, in ticks."""
    stretches = [list(run) for shown, run in groupby(weeks, lambda week: week.shown) if not shown]
    return [(run[0].number - 0.5, run[-1].number + 0.5) for run in stretches]


def mood_names() -> list[str]:
    """Return what the moods from 1 to 5 are called on an axis."""
    names = (_("Very bad"), _("Bad"), _("OK"), _("Good"), _("Very good"))
    return [f"{name} {mood}" for mood, name in enumerate(names, start=1)]


def wide(text: str, size: float) -> float:
    """Return about how wide a text is, in the unit of its size."""
    return len(text) * LETTER * size


def name_spots(names: Sequence[str], size: float) -> list[float]:
    """Return how far from the left the squares of some names stand, so that the names have room."""
    spots = [0.0]
    for name in names[:-1]:
        spots.append(round(spots[-1] + 20 + wide(name, size) + 14, 1))
    return spots


def note_places(weeks: Sequence[Week], notes: Sequence[Changed], width: float) -> list[NotePlace]:
    """Return where the notes of some ticks stand on an axis ``width`` pixels wide, from left to right.

    A text stands above the line of any note to its right that it would meet. One that finds no room in any
    row is left out: its line stands there all the same.
    """
    first, last = ends(weeks)
    scale = width / (last - first)
    taken: list[_Taken] = []
    places = []
    spots = sorted(_spots(weeks, notes), reverse=True)
    lines = [(x - first) * scale for x, _text in spots]
    for (x, text), at in zip(spots, lines, strict=True):
        if width - at < wide("x" * SHORTEST_NOTE, NOTE_SIZE):
            place, took = _before(x, at, text, lines)
        else:
            place, took = _after(x, at, text, taken, width)
        places.append(place)
        taken.append(took)
    return places[::-1]


def _spots(weeks: Sequence[Week], notes: Sequence[Changed]) -> list[tuple[float, str]]:
    """Return where the days of notes lie, in ticks; those before or after all ticks are left out."""
    spots = []
    for note in notes:
        for week in weeks:
            if week.opened_on <= note.day < week.closed_on:
                share = (note.day - week.opened_on).days / (week.closed_on - week.opened_on).days
                spots.append((week.number - 0.5 + share, note.text))
    return spots


@dataclass(frozen=True)
class _Taken:
    """What a note takes of the room above the plane, in pixels: its line up to its row, its text in it."""

    line: float
    row: int
    text: float


def _before(x: float, at: float, text: str, lines: Sequence[float]) -> tuple[NotePlace, _Taken]:
    """Place a text to the left of its line, above the lines that it runs over."""
    gap = wide("x", NOTE_SIZE)
    words = shortened(text, min(LONGEST_NOTE, int((at - gap) / gap)))
    begins = at - gap - wide(words, NOTE_SIZE)
    row = min(sum(begins < line < at for line in lines), NOTE_ROWS - 1)
    return NotePlace(x, row, words, before=True), _Taken(at, row, begins)


def _after(x: float, at: float, text: str, taken: list[_Taken], width: float) -> tuple[NotePlace, _Taken]:
    """Place a text to the right of its line, in the first row that has room for it."""
    gap = wide("x", NOTE_SIZE)
    for row in range(NOTE_ROWS):
        letters = min(LONGEST_NOTE, int((_end(taken, row, width) - at - 2 * gap) / gap))
        if letters >= min(len(text), SHORTEST_NOTE):
            return NotePlace(x, row, shortened(text, letters)), _Taken(at, row, at)
    return NotePlace(x), _Taken(at, 0, at)


def _end(taken: Sequence[_Taken], row: int, width: float) -> float:
    """Return how far to the right a row is free, as seen from the left."""
    blocks = [one.text if one.row == row else one.line for one in taken if one.row >= row]
    return min(blocks, default=width)


def shortened(text: str, letters: int) -> str:
    """Return a text cut to so many letters, an ellipsis included."""
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def short(week: Week) -> str:
    """Return what stands below a tick on an axis: the day on which it began."""
    return dates.short(week.opened_on)
