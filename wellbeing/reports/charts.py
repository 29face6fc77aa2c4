"""From figures to Plotly pictures, as JSON; colours are the page's own tokens, filled in by charts.js.

What was released in words is drawn as the range it stands for, never as a figure.
"""

import json
from functools import lru_cache

import plotly.graph_objects as go
from flask_babel import gettext as _

from wellbeing.reports import count_marks, mood_marks, scales
from wellbeing.reports.changed import Changed
from wellbeing.reports.trends import Week

Weeks = tuple[Week, ...]
Notes = tuple[Changed, ...]
Names = tuple[tuple[str, str], ...]

CACHED = 128
# About how wide the plane is on a wide screen and on a phone: notes' texts must not overlap on either.
PLANE, PHONE_PLANE = 560.0, 250.0
NOTE_ROW = 19


@lru_cache(maxsize=CACHED)
def mood_by_week(weeks: Weeks, language: str, notes: Notes = ()) -> str:
    """Return the picture of mood by tick; a block never changes, so equal weeks share one picture."""
    figure = go.Figure(layout=_layout(weeks, notes))
    figure.add_traces([*mood_marks.bands(weeks), mood_marks.line(weeks), mood_marks.boxes(weeks)])
    low, high = scales.MOOD_LOW, scales.MOOD_HIGH
    figure.update_yaxes(range=[low, high], tickvals=[1, 2, 3, 4, 5], ticktext=scales.mood_names())
    figure.layout.meta["narrow"]["yaxis"] = {"ticktext": list("12345")}
    return _json(figure)


@lru_cache(maxsize=CACHED)
def people_by_week(weeks: Weeks, language: str, notes: Notes = ()) -> str:
    """Return the picture of rough interactions and breaks by tick, in people."""
    figure = go.Figure(layout=_layout(weeks, notes))
    rough, breaks = _("Had a rough interaction"), _("Took a break")
    figure.add_traces(
        count_marks.bars(rough, "rough", [(week, week.rough) for week in weeks], "var(--mood-2)")
    )
    figure.add_traces(
        count_marks.bars(breaks, "breaks", [(week, week.breaks) for week in weeks], "var(--mood-4)")
    )
    top = count_marks.tallest(weeks) * scales.HEADROOM
    figure.update_yaxes(range=[0, top], tick0=0, dtick=count_marks.step(top), tickformat="d")
    figure.update_layout(barmode="group", bargap=0.3, bargroupgap=0.12)
    names = ((rough, "var(--mood-2)"), (breaks, "var(--mood-4)"))
    wide, narrow = figure.layout, figure.layout.meta["narrow"]
    wide.shapes += _squares(names, wide.margin.t, scales.NAME_SIZE)
    wide.annotations += _names(names, wide.margin.t, scales.NAME_SIZE)
    narrow["shapes"] += _squares(names, narrow["margin"]["t"], scales.SMALL_NAME_SIZE)
    narrow["annotations"] += _names(names, narrow["margin"]["t"], scales.SMALL_NAME_SIZE)
    wide.margin.t += scales.NAMES
    narrow["margin"]["t"] += scales.NAMES
    return _json(figure)


def _json(figure: go.Figure) -> str:
    """Write a figure as it is, letters beyond ASCII included: a page is sent with every view."""
    return json.dumps(figure.to_plotly_json(), ensure_ascii=False, separators=(",", ":"))


def _layout(weeks: Weeks, notes: Notes) -> dict[str, object]:
    """``meta.narrow`` is what charts.js lays over the layout on a phone: fewer ticks, shorter labels."""
    seen = weeks[-scales.ON_A_PHONE :]
    places = scales.note_places(weeks, notes, PLANE)
    phone_places = scales.note_places(seen, notes, PHONE_PLANE)
    narrow = {
        "xaxis": _axis(seen, scales.NARROW),
        "margin": {"t": _room(phone_places)},
        "shapes": [*_gaps(weeks), *_note_lines(phone_places)],
        "annotations": [*_gap_labels(weeks), *_note_texts(phone_places)],
    }
    return {
        "template": "none",
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "margin": {"l": 24, "r": 44, "t": _room(places), "b": 34},
        "xaxis": _axis(weeks, scales.WIDE),
        "shapes": [*_gaps(weeks), *_note_lines(places)],
        "annotations": [*_gap_labels(weeks), *_note_texts(places)],
        "meta": {"narrow": narrow},
    }


def _axis(weeks: Weeks, most: int) -> dict[str, object]:
    labelled = scales.labelled(weeks, most)
    return {
        "range": list(scales.ends(weeks)),
        "tickvals": [week.number for week in labelled],
        "ticktext": [scales.short(week) for week in labelled],
    }


def _room(places: list[scales.NotePlace]) -> int:
    return 12 + NOTE_ROW * max((place.row + 1 for place in places if place.text), default=0)


def _gaps(weeks: Weeks) -> list[dict[str, object]]:
    """Shade the ticks at which nothing was shown, so that a gap is not taken for a zero."""
    across = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    look = {"fillcolor": "var(--line)", "opacity": 0.4, "line": {"width": 0}}
    return [{**across, **look, "x0": start, "x1": end} for start, end in scales.hidden_runs(weeks)]


def _gap_labels(weeks: Weeks) -> list[dict[str, object]]:
    look = {"yref": "paper", "y": 0.5, "textangle": -90, "showarrow": False, "text": _("not shown")}
    font = {"color": "var(--soft)", "size": 13}
    return [{**look, "x": (start + end) / 2, "font": font} for start, end in scales.hidden_runs(weeks)]


def _squares(names: Names, above: float, size: float) -> tuple[dict[str, object], ...]:
    """Draw the colour of each name, so many pixels above the plane, as the page's own picture has it."""
    look = {"type": "rect", "xref": "paper", "yref": "paper", "xsizemode": "pixel", "ysizemode": "pixel"}
    place = {"xanchor": 0, "yanchor": 1, "y0": above, "y1": above + 14, "line": {"width": 0}}
    spots = scales.name_spots([name for name, _colour in names], size)
    return tuple(
        {**look, **place, "x0": x, "x1": x + 14, "fillcolor": colour}
        for x, (_name, colour) in zip(spots, names, strict=True)
    )


def _names(names: Names, above: float, size: float) -> tuple[dict[str, object], ...]:
    look = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "middle"}
    common = {**look, "showarrow": False, "yshift": above + 7, "font": {"color": "var(--soft)", "size": size}}
    spots = scales.name_spots([name for name, _colour in names], size)
    return tuple(
        {**common, "text": name, "xshift": x + 18} for x, (name, _colour) in zip(spots, names, strict=True)
    )


def _note_lines(places: list[scales.NotePlace]) -> list[dict[str, object]]:
    """Draw each note over the height of the plane, and on up to its text."""
    look = {"type": "line", "yref": "paper", "line": {"color": "var(--apricot-deep)", "width": 3}}
    up = {**look, "ysizemode": "pixel", "yanchor": 1, "y0": 0}
    return [
        *({**look, "x0": place.x, "x1": place.x, "y0": 0, "y1": 1} for place in places),
        *(
            {**up, "x0": place.x, "x1": place.x, "y1": place.row * NOTE_ROW + 14}
            for place in places
            if place.text
        ),
    ]


def _note_texts(places: list[scales.NotePlace]) -> list[dict[str, object]]:
    """Write what was changed above the plane; Plotly reads markup in a text, so that none is left in it."""
    look = {"yref": "paper", "y": 1, "yanchor": "bottom", "showarrow": False, "borderpad": 0}
    font = {"color": "var(--soft)", "size": scales.NOTE_SIZE}
    return [
        {
            **look,
            "font": font,
            "x": place.x,
            "xanchor": "right" if place.before else "left",
            "text": place.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
            "xshift": -5 if place.before else 5,
            "yshift": place.row * NOTE_ROW,
        }
        for place in places
        if place.text
    ]
