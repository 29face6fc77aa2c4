"""Blocks of several units side by side, tick by tick: averages of figures, and the words beside them (R7).

Words, few and most never enter an average, and people are never added up: how many different people stand
behind several blocks is kept nowhere.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.reports import dates, words
from wellbeing.reports.trends import Week

TENTH = Decimal("0.1")

Word = MoodWord | CountWord
Said = Decimal | int | MoodWord | CountWord | None


@dataclass(frozen=True)
class Share:
    """One question over several blocks.

    ``average`` is over the blocks with a figure alone, ``figures`` of them, weighted by the first number of
    their bands, in tenths. ``words`` tells in how many of the others each word stands.
    """

    average: Decimal | None
    figures: int
    words: tuple[tuple[Word, int], ...]


@dataclass(frozen=True)
class Together:
    """One tick over several units; ``shown`` of them have a block, ``not_shown`` of them have none."""

    number: int
    opened_on: date
    closed_on: date
    mood: Share
    rough: Share
    breaks: Share
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
        mood=_share(shown, tuple(MoodWord), lambda week: week.mood_word or week.mood),
        rough=_share(shown, tuple(CountWord), lambda week: week.rough),
        breaks=_share(shown, tuple(CountWord), lambda week: week.breaks),
        shown=len(shown),
        not_shown=len(weeks) - len(shown),
    )


def _share(weeks: Sequence[Week], order: Sequence[Word], said: Callable[[Week], Said]) -> Share:
    """``order`` is how the words follow each other."""
    values = [(said(week), week.people_floor or 0) for week in weeks]
    figures = [(Decimal(value), floor) for value, floor in values if isinstance(value, Decimal | int)]
    spoken = Counter(value for value, _floor in values if isinstance(value, MoodWord | CountWord))
    counted = tuple((word, spoken[word]) for word in order if spoken[word])
    return Share(_average(figures), len(figures), counted)


def _average(figures: Sequence[tuple[Decimal, int]]) -> Decimal | None:
    if not figures:
        return None
    total = sum((value * floor for value, floor in figures), Decimal())
    return (total / sum(floor for _value, floor in figures)).quantize(TENTH, ROUND_HALF_UP)


def average(share: Share) -> str:
    """Return the average of the figures as a cell has it, such as "3.4"; a dash where none is a figure."""
    return "\N{EN DASH}" if share.average is None else dates.tenths(share.average)


def beside(share: Share) -> str:
    """Return in how many units each word stands, such as "low in 1 unit, high in 2"; empty without words."""
    counted = [_counted(word, number, first=at == 0) for at, (word, number) in enumerate(share.words)]
    return ", ".join(counted)


def _counted(word: Word, number: int, first: bool) -> str:
    name = words.mood_word(word) if isinstance(word, MoodWord) else words.count(word)
    if not first:
        return _("%(word)s in %(number)s", word=name, number=number)
    return ngettext("%(word)s in %(num)s unit", "%(word)s in %(num)s units", number, word=name)


def sentence(found: Together) -> str:
    """Return what a tick says about the mood of several units, in one sentence that mixes nothing."""
    parts = [_figures(found.mood), beside(found.mood), hidden(found)]
    return _("Mood: %(said)s.", said="; ".join(part for part in parts if part))


def _figures(share: Share) -> str:
    if share.average is None:
        return ""
    return ngettext(
        "%(mood)s in the one unit with a figure",
        "%(mood)s on average of the %(num)s units with a figure",
        share.figures,
        mood=dates.tenths(share.average),
    )


def hidden(found: Together) -> str:
    """Return how many units are not shown, such as "1 unit not shown"; empty where all are."""
    number = found.not_shown
    return ngettext("%(num)s unit not shown", "%(num)s units not shown", number) if number else ""
