"""How a mood is drawn: figures as a line with its band, words as boxes over the range they stand for."""

from collections.abc import Sequence
from itertools import groupby

import plotly.graph_objects as go
from flask_babel import gettext as _

from wellbeing.models.ledger import MoodWord
from wellbeing.reports import dates, words
from wellbeing.reports.intervals import interval
from wellbeing.reports.trends import Week

MOOD_RANGES = {MoodWord.LOW: (1.0, 2.6), MoodWord.MIDDLE: (2.6, 3.4), MoodWord.HIGH: (3.4, 5.0)}
# Beyond this many ticks a word no longer fits its box; the table still has it.
LABELLED = 30


def bands(weeks: Sequence[Week]) -> list[go.Scatter]:
    """Return the intervals of the figures, one area for each stretch without a gap."""
    return [_band(run) for run in runs(weeks)]


def _band(run: Sequence[Week]) -> go.Scatter:
    shape = outline(run)
    return go.Scatter(
        x=[tick for tick, _mood in shape],
        y=[mood for _tick, mood in shape],
        fill="toself",
        fillcolor="var(--teal)",
        opacity=0.16,
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
    )


def runs(weeks: Sequence[Week]) -> list[list[Week]]:
    """Return the stretches of ticks that have figures without a gap between them."""
    return [list(run) for has, run in groupby(weeks, lambda week: week.mood is not None) if has]


def outline(run: Sequence[Week]) -> list[tuple[float, float]]:
    """Return the shape of a stretch's intervals as (tick, mood), its upper edge first.

    A single tick gets some width, or it would not be seen.
    """
    ranges = [interval(week) or (0.0, 0.0) for week in run]
    lows, highs = [round(low, 2) for low, _high in ranges], [round(high, 2) for _low, high in ranges]
    spots: list[float] = [week.number for week in run]
    if len(run) == 1:
        spots, lows, highs = [spots[0] - 0.3, spots[0] + 0.3], lows * 2, highs * 2
    return [*zip(spots, highs, strict=True), *reversed(list(zip(spots, lows, strict=True)))]


def line(weeks: Sequence[Week]) -> go.Scatter:
    """Return the figures as a line that breaks where there is none; the newest carries its number."""
    newest = weeks[-1].mood
    return go.Scatter(
        x=[week.number for week in weeks],
        y=[None if week.mood is None else float(week.mood) for week in weeks],
        mode="lines+markers+text",
        connectgaps=False,
        line={"color": "var(--teal)", "width": 3.5},
        marker={"color": "var(--teal)", "size": 9},
        text=[*[""] * (len(weeks) - 1), "" if newest is None else dates.tenths(newest)],
        textposition="middle right",
        textfont={"color": "var(--ink)", "size": 17, "weight": 700},
        cliponaxis=False,
        hovertext=[_hover(week) for week in weeks],
        hoverinfo="text",
    )


def boxes(weeks: Sequence[Week]) -> go.Bar:
    """Return the weeks in words."""
    told = [(week, week.mood_word, MOOD_RANGES[week.mood_word]) for week in weeks if week.mood_word]
    return go.Bar(
        x=[week.number for week, _word, _range in told],
        base=[low for _week, _word, (low, _high) in told],
        y=[round(high - low, 1) for _week, _word, (low, high) in told],
        width=0.72,
        marker={"color": "var(--teal-wash)", "line": {"color": "var(--teal)", "width": 1}},
        text=[words.mood_word(word) for _week, word, _range in told] if len(weeks) <= LABELLED else None,
        textposition="inside",
        constraintext="none",
        insidetextanchor="middle",
        textangle=-90,
        textfont={"color": "var(--ink)", "size": 14},
        hovertext=[_hover(week) for week, _word, _range in told],
        hoverinfo="text",
    )


def _hover(week: Week) -> str:
    days = dates.week(week.opened_on, week.closed_on)
    if week.people_floor is None:
        return _("%(days)s: not shown", days=days)
    people = words.band(week.people_floor)
    return _("%(days)s: mood %(mood)s, %(people)s people", days=days, mood=words.mood(week), people=people)
