"""From figures to Plotly pictures, as JSON; colours are the page's own tokens, filled in by charts.js.

What was released in words is drawn as the range it stands for, never as a figure.
"""

from functools import lru_cache
from itertools import groupby

import plotly.graph_objects as go
from flask_babel import gettext as _

from wellbeing.reports import count_marks, dates, mood_marks
from wellbeing.reports.trends import Week

Weeks = tuple[Week, ...]

CACHED = 512
# How many ticks get a date on a wide screen and on a phone, and how many ticks a phone shows at all.
WIDE, NARROW = 9, 4
ON_A_PHONE = 13
# Room above the tallest bar for the words that stand on bars.
HEADROOM = 1.35


@lru_cache(maxsize=CACHED)
def mood_by_week(weeks: Weeks, language: str) -> str:
    """Return the picture of mood by tick; a block never changes, so equal weeks share one picture."""
    figure = go.Figure(layout=_layout(weeks))
    figure.add_traces([*mood_marks.bands(weeks), mood_marks.line(weeks), mood_marks.boxes(weeks)])
    figure.update_yaxes(range=[0.8, 5.2], tickvals=[1, 2, 3, 4, 5], ticktext=_scale())
    figure.layout.meta["narrow"]["yaxis"] = {"ticktext": list("12345")}
    figure.update_layout(shapes=_gaps(weeks), annotations=_gap_labels(weeks))
    return str(figure.to_json())


@lru_cache(maxsize=CACHED)
def people_by_week(weeks: Weeks, language: str) -> str:
    """Return the picture of rough interactions and breaks by tick, in people."""
    figure = go.Figure(layout=_layout(weeks))
    rough, breaks = _("Had a rough interaction"), _("Took a break")
    figure.add_traces(
        count_marks.bars(rough, "rough", [(week, week.rough) for week in weeks], "var(--mood-2)")
    )
    figure.add_traces(
        count_marks.bars(breaks, "breaks", [(week, week.breaks) for week in weeks], "var(--mood-4)")
    )
    top = count_marks.tallest(weeks) * HEADROOM
    figure.update_yaxes(range=[0, top], tick0=0, dtick=count_marks.step(top), tickformat="d")
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
