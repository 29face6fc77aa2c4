"""What a picture shows of its axes: which ticks get a date, where nothing was shown, where a note stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
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
# A note is a number in a ring; so much room has each of them, sideways and upwards.
NOTE_SIZE, NOTE_RING, NOTE_ROOM = 12.5, 9.5, 22.0
# Above the plane stand the names of the two colours; on a phone smaller, one below the other.
NAMES, NAME_ROW = 30.0, 20.0
NAME_SIZE, SMALL_NAME_SIZE = 14.0, 13.0
NOTE_ROWS = 4


@dataclass(frozen=True)
class NotePlace:
    """Where a note is drawn: ``x`` in ticks, ``row`` of its number from the bottom up."""

    x: float
    number: int
    row: int = 0


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


def name_spots(names: Sequence[str], size: float, below: bool) -> list[tuple[float, float]]:
    """Return where the squares of some names stand, beside each other or, on a phone, below each other."""
    spots = [(0.0, 0.0)]
    for name in names[:-1]:
        left, top = spots[-1]
        beside = (round(left + 20 + wide(name, size) + 14, 1), 0.0)
        spots.append((0.0, top + NAME_ROW) if below else beside)
    return spots


def numbered(weeks: Sequence[Week], notes: Sequence[Changed]) -> list[tuple[int, Changed]]:
    """Return the notes of the days of some ticks with their numbers, oldest first."""
    within = [note for note in notes if _spot(weeks, note.day) is not None]
    return list(enumerate(sorted(within, key=lambda note: note.day), start=1))


def _spot(weeks: Sequence[Week], day: date) -> float | None:
    """Return where a day lies, in ticks; none before or after all ticks."""
    for week in weeks:
        if week.opened_on <= day < week.closed_on:
            return week.number - 0.5 + (day - week.opened_on).days / (week.closed_on - week.opened_on).days
    return None


def note_places(weeks: Sequence[Week], notes: Sequence[tuple[int, Changed]], width: float) -> list[NotePlace]:
    """Return where the notes of some ticks stand on an axis ``width`` pixels wide, from left to right.

    Of numbers that would touch, the later stands above the earlier; where no row is free, it stands in that
    whose newest number is farthest.
    """
    first, last = ends(weeks)
    newest = [float("-inf")] * NOTE_ROWS
    places = []
    for number, note in notes:
        x = _spot(weeks, note.day)
        if x is None:
            continue
        at = (x - first) / (last - first) * width
        free = [row for row, taken in enumerate(newest) if at - taken >= NOTE_ROOM]
        row = free[0] if free else newest.index(min(newest))
        newest[row] = at
        places.append(NotePlace(x, number, row))
    return places


def note_room(places: Sequence[NotePlace]) -> float:
    """Return how much room the numbers of notes need above the plane."""
    return max((place.row + 1 for place in places), default=0) * NOTE_ROOM


def short(week: Week) -> str:
    """Return what stands below a tick on an axis: the day on which it began."""
    return dates.short(week.opened_on)
