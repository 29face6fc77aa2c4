"""Mood before and after a dated change: four ticks on each side, compared as honestly as so few allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from flask_babel import gettext as _

from wellbeing.reports import dates, words
from wellbeing.reports.intervals import VOTE_SD
from wellbeing.reports.trends import Week
from wellbeing.student_t import quantile

TICKS, FEWEST = 4, 3


@dataclass(frozen=True)
class Difference:
    """How much higher mood was after a change (lower if negative), with its 95 % interval, all in points.

    ``before`` and ``after`` are how many figures stand behind it.
    """

    estimate: float
    low: float
    high: float
    before: int
    after: int

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out no difference, in the tenths that people read."""
        return round(self.low, 1) > 0 or round(self.high, 1) < 0


@dataclass(frozen=True)
class _Side:
    mean: float
    variance: float
    figures: int


def sides(weeks: Sequence[Week], day: date) -> tuple[tuple[Week, ...], tuple[Week, ...]]:
    """Return the four ticks that ended on or before a day, and the four that began on it or later.

    The tick that the day falls into belongs to neither. ``weeks`` are oldest first; ticks not shown count
    as ticks, so that no older one takes their place.
    """
    before = tuple(week for week in weeks if week.closed_on <= day)[-TICKS:]
    after = tuple(week for week in weeks if week.opened_on >= day)[:TICKS]
    return before, after


def difference(before: Sequence[Week], after: Sequence[Week]) -> Difference | None:
    """Return the difference between two groups of ticks; None with fewer than three figures in either.

    A figure m_i of at least w_i people varies by s2 / w_i around its group's mean, which is weighted by w_i:
        mean = sum(w m) / sum(w);  s2 = max(sum(w (m - mean)^2) / (k - 1), .83^2);  v = s2 / sum(w)
        mean_after - mean_before +- t(.975, df) * sqrt(v_after + v_before)
        df = (v_after + v_before)^2 / (v_after^2 / (k_after - 1) + v_before^2 / (k_before - 1))
    This is Welch's interval (Welch 1947, Biometrika 34) with the mean and the variance of figures of unequal
    weight; .83 is how far one person's mood strays (see intervals), so that weeks which agree by chance do
    not look surer than their people allow. Weeks that hang together would need a wider one still.
    """
    one, other = _side(before), _side(after)
    if one is None or other is None:
        return None
    both = one.variance + other.variance
    freedom = both**2 / sum(side.variance**2 / (side.figures - 1) for side in (one, other))
    half, estimate = quantile(freedom) * sqrt(both), other.mean - one.mean
    return Difference(estimate, estimate - half, estimate + half, one.figures, other.figures)


def _side(weeks: Sequence[Week]) -> _Side | None:
    figures = [(float(week.mood), week.people_floor) for week in weeks if week.mood and week.people_floor]
    if len(figures) < FEWEST:
        return None
    weight = sum(people for _mood, people in figures)
    mean = sum(people * mood for mood, people in figures) / weight
    spread = sum(people * (mood - mean) ** 2 for mood, people in figures) / (len(figures) - 1)
    return _Side(mean, max(spread, VOTE_SD**2) / weight, len(figures))


def said(weeks: Sequence[Week], day: date) -> tuple[str, ...]:
    """Return what the figures of some ticks say about a change on a day, in sentences."""
    before, after = sides(weeks, day)
    found = difference(before, after)
    if found is None:
        return _too_early(before, after), *_in_words(before, after)
    return _result(found, before, after), *_in_words(before, after), _not_proof()


def _too_early(before: Sequence[Week], after: Sequence[Week]) -> str:
    by_week = _by_week(before, after)
    counts = {"fewest": words.number(FEWEST), "before": _figures(before), "after": _figures(after)}
    if by_week:
        return _(
            "Not enough weeks yet: comparing needs %(fewest)s with a figure on each side. "
            "There are %(before)s before and %(after)s after.",
            **counts,
        )
    return _(
        "Not enough figures yet: comparing needs %(fewest)s on each side. "
        "There are %(before)s before and %(after)s after.",
        **counts,
    )


def _figures(weeks: Sequence[Week]) -> str:
    return str(sum(week.mood is not None for week in weeks))


def _by_week(*groups: Sequence[Week]) -> bool:
    return all(week.weeks == 1 for group in groups for week in group)


def _result(found: Difference, before: Sequence[Week], after: Sequence[Week]) -> str:
    if not found.clear:
        return _("No clear difference yet.")
    ends = sorted((abs(found.low), abs(found.high)))
    values = {"points": dates.tenths(abs(found.estimate)), "likely": words.likely(*ends)}
    if _by_week(before, after):
        if found.estimate > 0:
            return _(
                "Mood was about %(points)s higher in the four weeks after (likely %(likely)s).", **values
            )
        return _("Mood was about %(points)s lower in the four weeks after (likely %(likely)s).", **values)
    if found.estimate > 0:
        return _("Mood was about %(points)s higher in the four figures after (likely %(likely)s).", **values)
    return _("Mood was about %(points)s lower in the four figures after (likely %(likely)s).", **values)


def _in_words(before: Sequence[Week], after: Sequence[Week]) -> tuple[str, ...]:
    """Return the weeks that have a word instead of a figure: they are no part of the comparison."""
    one, other = _listed(before), _listed(after)
    found = []
    if one:
        found.append(_("In words before: %(words)s.", words=one))
    if other:
        found.append(_("In words after: %(words)s.", words=other))
    return tuple(found)


def _listed(weeks: Sequence[Week]) -> str:
    return ", ".join(words.mood_word(week.mood_word) for week in weeks if week.mood_word is not None)


def _not_proof() -> str:
    return _("Other things change too: this is a comparison, not proof.")
