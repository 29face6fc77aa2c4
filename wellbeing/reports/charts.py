"""From figures to Plotly pictures, as JSON; colours are the page's own tokens, filled in by charts.js.

What was released in words is drawn as the range it stands for, never as a figure.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

import plotly.graph_objects as go
from flask_babel import gettext as _

from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.reports import dates, words
from wellbeing.reports.intervals import interval
from wellbeing.reports.trends import Week

Weeks = tuple[Week, ...]

CACHED = 512
MOOD_RANGES = {MoodWord.LOW: (1.0, 2.6), MoodWord.MIDDLE: (2.6, 3.4), MoodWord.HIGH: (3.4, 5.0)}
# Beyond this many ticks a word no longer fits its bar; the table still has it.
LABELLED = 30
# The last band is open: its range is drawn this far beyond its start.
OPEN_END = 8
# How many ticks get a date on a wide screen and on a phone, and how many ticks a phone shows at all.
WIDE, NARROW = 9, 4
ON_A_PHONE = 13
# Room above the tallest bar for the words that stand on bars.
HEADROOM = 1.35


@lru_cache(maxsize=CACHED)
def mood_by_week(weeks: Weeks, language: str) -> str:
    """Return the picture of mood by tick; a block never changes, so equal weeks share one picture."""
    figure = go.Figure(layout=_layout(weeks))
    figure.add_traces([*_bands(weeks), _mood_line(weeks), _mood_words(weeks)])
    figure.update_yaxes(range=[0.8, 5.2], tickvals=[1, 2, 3, 4, 5], ticktext=_scale())
    figure.layout.meta["narrow"]["yaxis"] = {"ticktext": list("12345")}
    figure.update_layout(shapes=_gaps(weeks), annotations=_gap_labels(weeks))
    return str(figure.to_json())


@lru_cache(maxsize=CACHED)
def people_by_week(weeks: Weeks, language: str) -> str:
    """Return the picture of rough interactions and breaks by tick, in people."""
    figure = go.Figure(layout=_layout(weeks))
    rough, breaks = _("Had a rough interaction"), _("Took a break")
    figure.add_traces(_bars(rough, "rough", [(week, week.rough) for week in weeks], "var(--mood-2)"))
    figure.add_traces(_bars(breaks, "breaks", [(week, week.breaks) for week in weeks], "var(--mood-4)"))
    figure.update_yaxes(range=[0, _tallest(weeks) * HEADROOM], tickformat="d", nticks=6)
    figure.update_layout(barmode="group", bargap=0.3, bargroupgap=0.12, showlegend=True)
    figure.update_layout(legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"})
    figure.update_layout(shapes=_gaps(weeks), annotations=_gap_labels(weeks))
    return str(figure.to_json())


def _layout(weeks: Weeks) -> dict[str, object]:
    """``meta.narrow`` is what charts.js lays over the layout on a phone: fewer ticks, shorter labels."""
    return {
        "template": "none",
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "margin": {"l": 24, "r": 44, "t": 12, "b": 34},
        "xaxis": _axis(weeks, WIDE),
        "meta": {"narrow": {"xaxis": _axis(weeks[-ON_A_PHONE:], NARROW)}},
    }


def _axis(weeks: Weeks, most: int) -> dict[str, object]:
    """Label the newest tick and, going back, every so many others."""
    step = -(-len(weeks) // most)
    labelled = list(reversed(weeks[::-step]))
    return {
        "range": [weeks[0].number - 0.6, weeks[-1].number + 0.6],
        "tickvals": [week.number for week in labelled],
        "ticktext": [dates.short(week.opened_on) for week in labelled],
    }


def _scale() -> list[str]:
    names = (_("Very bad"), _("Bad"), _("OK"), _("Good"), _("Very good"))
    return [f"{name} {mood}" for mood, name in enumerate(names, start=1)]


def _runs(weeks: Weeks) -> list[list[Week]]:
    """Return the stretches of ticks that have figures without a gap between them."""
    return [list(run) for has, run in groupby(weeks, lambda week: week.mood is not None) if has]


def _bands(weeks: Weeks) -> list[go.Scatter]:
    return [_band(run) for run in _runs(weeks)]


def _band(run: Sequence[Week]) -> go.Scatter:
    """Draw the intervals of a stretch as one area; a single tick gets some width, or it would not be seen."""
    ranges = [interval(week) or (0.0, 0.0) for week in run]
    lows, highs = [low for low, _high in ranges], [high for _low, high in ranges]
    spots: list[float] = [week.number for week in run]
    if len(run) == 1:
        spots, lows, highs = [spots[0] - 0.3, spots[0] + 0.3], lows * 2, highs * 2
    return go.Scatter(
        x=[*spots, *reversed(spots)],
        y=[*(round(high, 2) for high in highs), *(round(low, 2) for low in reversed(lows))],
        fill="toself",
        fillcolor="var(--teal)",
        opacity=0.16,
        line={"width": 0},
        mode="lines",
        hoverinfo="skip",
    )


def _mood_line(weeks: Weeks) -> go.Scatter:
    last = len(weeks) - 1
    return go.Scatter(
        x=[week.number for week in weeks],
        y=[None if week.mood is None else float(week.mood) for week in weeks],
        mode="lines+markers+text",
        connectgaps=False,
        line={"color": "var(--teal)", "width": 3.5},
        marker={"color": "var(--teal)", "size": 9},
        text=[
            words.mood(week) if at == last and week.mood is not None else "" for at, week in enumerate(weeks)
        ],
        textposition="middle right",
        textfont={"color": "var(--ink)", "size": 17, "weight": 700},
        cliponaxis=False,
        hovertext=[_mood_hover(week) for week in weeks],
        hoverinfo="text",
    )


def _mood_hover(week: Week) -> str:
    days = dates.week(week.opened_on, week.closed_on)
    if week.people_floor is None:
        return _("%(days)s: not shown", days=days)
    people = words.band(week.people_floor)
    return _("%(days)s: mood %(mood)s, %(people)s people", days=days, mood=words.mood(week), people=people)


def _mood_words(weeks: Weeks) -> go.Bar:
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
        hovertext=[_mood_hover(week) for week, _word, _range in told],
        hoverinfo="text",
    )


def _bars(
    name: str, group: str, told: Sequence[tuple[Week, int | CountWord | None]], colour: str
) -> list[go.Bar]:
    """Draw what is certain as a full bar, and what few or most may add to it as a hatched one."""
    shown = [(week, count, *_range(count, week.people_floor)) for week, count in told if count is not None]
    sure = [low for _week, _count, low, _high in shown]
    common = {
        "x": [week.number for week, *_rest in shown],
        "offsetgroup": group,
        "legendgroup": group,
        "hovertext": [_count_hover(name, week, count) for week, count, *_rest in shown],
        "hoverinfo": "text",
    }
    labels = [words.count(count) if isinstance(count, CountWord) else "" for _week, count, *_rest in shown]
    certain = go.Bar(**common, name=name, y=sure, marker={"color": colour, "cornerradius": 3})
    possible = go.Bar(
        **common,
        showlegend=False,
        base=sure,
        y=[high - low for _week, _count, low, high in shown],
        marker=_hatched(colour),
        text=labels if len(shown) <= LABELLED else None,
        textposition="outside",
        constraintext="none",
        textangle=-90,
        textfont={"color": "var(--soft)", "size": 13},
        cliponaxis=False,
    )
    return [certain, possible]


def _tallest(weeks: Weeks) -> int:
    told = [(count, week.people_floor) for week in weeks for count in (week.rough, week.breaks)]
    return max((_range(count, floor)[1] for count, floor in told if count is not None), default=1)


def _hatched(colour: str) -> dict[str, object]:
    pattern = {"shape": "/", "fgcolor": colour, "bgcolor": "var(--card)", "size": 6, "solidity": 0.35}
    return {"color": colour, "pattern": pattern, "line": {"color": colour, "width": 1}}


def _range(count: int | CountWord, people_floor: int | None) -> tuple[int, int]:
    """Return the fewest and the most people that a released count can stand for (rule R5)."""
    floor = people_floor or 0
    if count == CountWord.FEW:
        return 0, 2
    if count == CountWord.MOST:
        return floor - 2, words.BAND_TOPS.get(floor, floor + OPEN_END)
    return int(count), int(count)


def _count_hover(name: str, week: Week, count: int | CountWord) -> str:
    days = dates.week(week.opened_on, week.closed_on)
    return _("%(days)s: %(name)s: %(count)s", days=days, name=name, count=words.count(count))


def _hidden_runs(weeks: Weeks) -> list[tuple[float, float]]:
    stretches = [list(run) for shown, run in groupby(weeks, lambda week: week.shown) if not shown]
    return [(run[0].number - 0.5, run[-1].number + 0.5) for run in stretches]


def _gaps(weeks: Weeks) -> list[dict[str, object]]:
    """Shade the ticks at which nothing was shown, so that a gap is not taken for a zero."""
    across = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    look = {"fillcolor": "var(--line)", "opacity": 0.4, "line": {"width": 0}}
    return [{**across, **look, "x0": start, "x1": end} for start, end in _hidden_runs(weeks)]


def _gap_labels(weeks: Weeks) -> list[dict[str, object]]:
    look = {"yref": "paper", "y": 0.5, "textangle": -90, "showarrow": False, "text": _("not shown")}
    font = {"color": "var(--soft)", "size": 13}
    return [{**look, "x": (start + end) / 2, "font": font} for start, end in _hidden_runs(weeks)]
