"""Moods of many units side by side: cells with a colour class, each with its figure or word as text."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from flask_babel import gettext as _
from markupsafe import Markup

from wellbeing.models.ledger import MoodWord
from wellbeing.reports import dates, pictures, svg, words
from wellbeing.reports.intervals import limits
from wellbeing.reports.trends import Week

CACHED = 4096
# The last mood of each colour but the highest; the words low, middle and high part at two of the same steps.
STEPS = (Decimal("2.0"), Decimal("2.6"), Decimal("3.3"), Decimal("3.9"))


@dataclass(frozen=True)
class Cell:
    """One tick of one unit: the text that is seen, and what is said instead where a sign stands for words.

    ``look`` names the colour: figures from "heat-1" to "heat-5", words "word-low" to "word-high", "gap" where
    nothing was released, and "none" where the unit had no figure yet or was closed already.
    """

    text: str
    said: str
    look: str


@dataclass(frozen=True)
class Strip:
    """What was released of one unit: as cells, as the same cells of a table row, and as a small picture."""

    cells: tuple[Cell, ...]
    row: Markup
    picture: Markup


@dataclass(frozen=True)
class Column:
    """One tick above the cells; ``year`` is told where it begins."""

    day: str
    year: str


@lru_cache
def columns(ticks: tuple[Week, ...], language: str) -> tuple[Column, ...]:
    """Return the heads of some ticks, oldest first."""
    years = [tick.opened_on.year for tick in ticks]
    return tuple(
        Column(dates.short(tick.opened_on), "" if at and years[at - 1] == years[at] else str(years[at]))
        for at, tick in enumerate(ticks)
    )


@lru_cache(maxsize=CACHED)
def strip(weeks: tuple[Week, ...], language: str) -> Strip:
    """Return what a unit's ticks look like; a block never changes, so equal ticks share one strip."""
    cells = tuple(cell(week) for week in weeks)
    if not any(week.shown for week in weeks):
        return Strip(cells, row_of(cells), Markup())
    label = _("Mood week by week, newest: %(mood)s", mood=words.mood(weeks[-1]))
    return Strip(cells, row_of(cells), svg.drawn(pictures.small(weeks), label))


def cell(week: Week) -> Cell:
    """Return how a tick is drawn and said."""
    if week.mood_word is not None:
        return Cell(words.mood_word(week.mood_word), "", f"word-{week.mood_word}")
    if week.mood is None or week.people_floor is None:
        return Cell("–", words.mood(week), "gap")
    lowest, highest = limits(week.people_floor)
    sign = "≤" if week.mood <= lowest else "≥" if week.mood >= highest else ""
    return Cell(sign + dates.tenths(week.mood), words.mood(week) if sign else "", f"heat-{step(week.mood)}")


def row_of(cells: Sequence[Cell]) -> Markup:
    """Return cells as those of a table row; a sign is hidden from those who are told its words."""
    return Markup("").join(_td(cell) for cell in cells)


def _td(cell: Cell) -> Markup:
    if not cell.said:
        return Markup('<td class="{}">{}</td>').format(cell.look, cell.text)
    sign = Markup('<span aria-hidden="true">{}</span>').format(cell.text) if cell.text else ""
    said = Markup('<span class="visually-hidden">{}</span>').format(cell.said)
    return Markup('<td class="{}">{}{}</td>').format(cell.look, sign, said)


def step(mood: Decimal) -> int:
    """Return a mood's colour, from 1 (brown, low) to 5 (teal, high)."""
    return 1 + sum(mood > last for last in STEPS)


def empty(reason: str) -> Cell:
    """Return the cell of a tick at which a unit could have no figure; ``reason`` is for screen readers."""
    return Cell("", reason, "none")


@lru_cache
def legend(language: str) -> tuple[Cell, ...]:
    """Return one cell for each colour, with what it stands for."""
    lows = ["", *(dates.tenths(last + Decimal("0.1")) for last in STEPS)]
    highs = [dates.tenths(last) for last in STEPS]
    ranges = [
        _("up to %(mood)s", mood=highs[0]),
        *(_("%(low)s to %(high)s", low=lows[at], high=highs[at]) for at in (1, 2, 3)),
        _("%(mood)s or more", mood=lows[-1]),
    ]
    figures = [Cell(text, "", f"heat-{at}") for at, text in enumerate(ranges, start=1)]
    in_words = [Cell(words.mood_word(word), "", f"word-{word}") for word in MoodWord]
    return *figures, *in_words, Cell("–", words.count(None), "gap")
