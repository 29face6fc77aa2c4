"""Blocks of several units side by side, tick by tick: moods averaged, counts listed, words beside both (R7).

Words, few and most never enter an average. An average of counts would leave out every "few" and every "most",
so counts have none: their range is told. People are never added up: how many different people stand behind
several blocks is kept nowhere.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.reports import dates, words
from wellbeing.reports.trends import Week

TENTH = Decimal("0.1")
DASH = "\N{EN DASH}"

Word = MoodWord | CountWord
Words = tuple[tuple[Word, int], ...]


@dataclass(frozen=True)
class Moods:
    """The mood of several blocks.

    ``average`` is over the blocks with a figure alone, ``figures`` of them, weighted by the first number of
    their bands, in tenths. ``words`` tells in how many of the others each word stands.
    """

    average: Decimal | None
    figures: int
    words: Words


@dataclass(frozen=True)
class Counts:
    """A count of people in several blocks: the figures from the lowest up, and how often each word stands."""

    figures: tuple[int, ...]
    words: Words


@dataclass(frozen=True)
class Together:
    """One tick over several units; ``shown`` of them have a block, ``not_shown`` of them have none."""

    number: int
    opened_on: date
    closed_on: date
    mood: Moods
    rough: Counts
    breaks: Counts
    shown: int
    not_shown: int


def together(units: Iterable[Sequence[Week]]) -> tuple[Together, ...]:
    """Return what the units' ticks say side by side, oldest first; ``units`` has each unit's weeks."""
    ticks: dict[int, list[Week]] = {}
    for weeks in units:
        for week in weeks:
            ticks.setdefault(week.number, []).append(week)
    return tuple(_tick(ticks[number]) for number in sorted(ticks))


def _tick(weeks: Sequence[Week]) -> Together:
    shown = [week for week in weeks if week.shown]
    return Together(
        number=weeks[0].number,
        opened_on=weeks[0].opened_on,
        closed_on=weeks[0].closed_on,
        mood=_moods(shown),
        rough=_counts([week.rough for week in shown]),
        breaks=_counts([week.breaks for week in shown]),
        shown=len(shown),
        not_shown=len(weeks) - len(shown),
    )


def _moods(weeks: Sequence[Week]) -> Moods:
    figures = [(week.mood, week.people_floor or 0) for week in weeks if week.mood is not None]
    return Moods(_average(figures), len(figures), _spoken([week.mood_word for week in weeks], MoodWord))


def _average(figures: Sequence[tuple[Decimal, int]]) -> Decimal | None:
    if not figures:
        return None
    total = sum((value * floor for value, floor in figures), Decimal())
    return (total / sum(floor for _value, floor in figures)).quantize(TENTH, ROUND_HALF_UP)


def _counts(said: Sequence[int | CountWord | None]) -> Counts:
    figures = sorted(value for value in said if isinstance(value, int))
    return Counts(tuple(figures), _spoken(said, CountWord))


def _spoken(said: Sequence[object], order: Iterable[Word]) -> Words:
    """``order`` is how the words follow each other."""
    spoken = Counter(said)
    return tuple((word, spoken[word]) for word in order if spoken[word])


def average(found: Moods) -> str:
    """Return the average of the moods in figures as a cell has it, such as "3.4"; a dash where none is."""
    return DASH if found.average is None else dates.tenths(found.average)


def counts(found: Counts) -> str:
    """Return counts of people such as "3 to 11 people in 4 units, few in 4, most in 1"; empty without any."""
    figures = [_range(found.figures)] if found.figures else []
    return ", ".join([*figures, *_each(found.words, begins=not figures)])


def _range(figures: Sequence[int]) -> str:
    low, high = figures[0], figures[-1]
    if low == high:
        return ngettext(
            "%(people)s people in %(num)s unit",
            "%(people)s people in %(num)s units",
            len(figures),
            people=low,
        )
    return _("%(low)s to %(high)s people in %(units)s units", low=low, high=high, units=len(figures))


def beside(found: Moods) -> str:
    """Return in how many units each word stands, such as "low in 1 unit, high in 2"; empty without words."""
    return ", ".join(_each(found.words, begins=True))


def _each(spoken: Words, begins: bool) -> list[str]:
    return [_counted(word, number, begins and at == 0) for at, (word, number) in enumerate(spoken)]


def _counted(word: Word, number: int, first: bool) -> str:
    name = words.mood_word(word) if isinstance(word, MoodWord) else words.count(word)
    if not first:
        return _("%(word)s in %(number)s", word=name, number=number)
    return ngettext("%(word)s in %(num)s unit", "%(word)s in %(num)s units", number, word=name)


def sentence(found: Together) -> str:
    """Return what a tick says about the mood of several units, in one sentence that mixes nothing."""
    parts = [_figures(found.mood), beside(found.mood), hidden(found)]
    return _("Mood: %(said)s.", said="; ".join(part for part in parts if part))


def _figures(found: Moods) -> str:
    if found.average is None:
        return ""
    return ngettext(
        "%(mood)s in the one unit with a figure",
        "%(mood)s on average of the %(num)s units with a figure",
        found.figures,
        mood=dates.tenths(found.average),
    )


def hidden(found: Together) -> str:
    """Return how many units are not shown, such as "1 unit not shown"; empty where all are."""
    number = found.not_shown
    return ngettext("%(num)s unit not shown", "%(num)s units not shown", number) if number else ""
