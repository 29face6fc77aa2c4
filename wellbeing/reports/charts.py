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
# About how wide the plane is on a wide screen and on a phone: notes' numbers must not overlap on either.
PLANE, PHONE_PLANE = 560.0, 250.0


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
    wide.shapes += _squares(names, wide.margin.t, narrow=False)
    wide.annotations += _names(names, wide.margin.t, narrow=False)
    narrow["shapes"] += _squares(names, narrow["margin"]["t"], narrow=True)
    narrow["annotations"] += _names(names, narrow["margin"]["t"], narrow=True)
    wide.margin.t += scales.NAMES
    narrow["margin"]["t"] += scales.NAMES + scales.NAME_ROW
    return _json(figure)


def _json(figure: go.Figure) -> str:
    """Write a figure as it is, letters beyond ASCII included: a page is sent with every view."""
    return json.dumps(figure.to_plotly_json(), ensure_ascii=False, separators=(",", ":"))


def _layout(weeks: Weeks, notes: Notes) -> dict[str, object]:
    """``meta.narrow`` is what charts.js lays over the layout on a phone: fewer ticks, shorter labels."""
    seen = weeks[-scales.ON_A_PHONE :]
    told = scales.numbered(weeks, notes)
    places = scales.note_places(weeks, told, PLANE)
    phone_places = scales.note_places(seen, told, PHONE_PLANE)
    narrow = {
        "xaxis": _axis(seen, scales.NARROW),
        "margin": {"t": 12 + scales.note_room(phone_places)},
        "shapes": [*_gaps(weeks), *_note_marks(seen, phone_places)],
        "annotations": [*_gap_labels(weeks), *_note_numbers(seen, phone_places)],
    }
    return {
        "template": "none",
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": False,
        "margin": {"l": 24, "r": 44, "t": 12 + scales.note_room(places), "b": 34},
        "xaxis": _axis(weeks, scales.WIDE),
        "shapes": [*_gaps(weeks), *_note_marks(weeks, places)],
        "annotations": [*_gap_labels(weeks), *_note_numbers(weeks, places)],
        "meta": {"narrow": narrow},
    }


def _axis(weeks: Weeks, most: int) -> dict[str, object]:
    labelled = scales.labelled(weeks, most)
    return {
        "range": list(scales.ends(weeks)),
        "tickvals": [week.number for week in labelled],
        "ticktext": [scales.short(week) for week in labelled],
    }


def _gaps(weeks: Weeks) -> list[dict[str, object]]:
    """Shade the ticks at which nothing was shown, so that a gap is not taken for a zero."""
    across = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
    look = {"fillcolor": "var(--line)", "opacity": 0.4, "line": {"width": 0}}
    return [{**across, **look, "x0": start, "x1": end} for start, end in scales.hidden_runs(weeks)]


def _gap_labels(weeks: Weeks) -> list[dict[str, object]]:
    look = {"yref": "paper", "y": 0.5, "textangle": -90, "showarrow": False, "text": _("not shown")}
    font = {"color": "var(--soft)", "size": 13}
    return [{**look, "x": (start + end) / 2, "font": font} for start, end in scales.hidden_runs(weeks)]


def _squares(names: Names, above: float, narrow: bool) -> tuple[dict[str, object], ...]:
    """Draw the colour of each name, so many pixels above the plane, as the page's own picture has it."""
    look = {"type": "rect", "xref": "paper", "yref": "paper", "xsizemode": "pixel", "ysizemode": "pixel"}
    place = {"xanchor": 0, "yanchor": 1, "line": {"width": 0}}
    return tuple(
        {**look, **place, "x0": x, "x1": x + 14, "y0": up, "y1": up + 14, "fillcolor": colour}
        for (x, up), (_name, colour) in zip(_spots(names, above, narrow), names, strict=True)
    )


def _names(names: Names, above: float, narrow: bool) -> tuple[dict[str, object], ...]:
    size = scales.SMALL_NAME_SIZE if narrow else scales.NAME_SIZE
    look = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "middle"}
    common = {**look, "showarrow": False, "font": {"color": "var(--soft)", "size": size}}
    return tuple(
        {**common, "text": name, "xshift": x + 18, "yshift": up + 7}
        for (x, up), (name, _colour) in zip(_spots(names, above, narrow), names, strict=True)
    )


def _spots(names: Names, above: float, narrow: bool) -> list[tuple[float, float]]:
    """Return where the names stand: from the plane's left, and up from its top."""
    size = scales.SMALL_NAME_SIZE if narrow else scales.NAME_SIZE
    spots = scales.name_spots([name for name, _colour in names], size, below=narrow)
    return [(x, above + spots[-1][1] - down) for x, down in spots]


def _note_marks(weeks: Weeks, places: list[scales.NotePlace]) -> list[dict[str, object]]:
    """Draw each note over the height of the plane and on up to a ring, which no edge of the plane cuts."""
    line = {"type": "line", "yref": "paper", "line": {"color": "var(--apricot-deep)", "width": 3}}
    up = {**line, "ysizemode": "pixel", "yanchor": 1, "y0": 0}
    pixels = {"xsizemode": "pixel", "ysizemode": "pixel", "xref": "paper", "yref": "paper", "yanchor": 1}
    look = {"fillcolor": "var(--card)", "line": {"color": "var(--apricot-deep)", "width": 2}}
    ring = {"type": "circle", **pixels, **look, "x0": 1 - scales.NOTE_RING, "x1": scales.NOTE_RING - 1}
    rings = [
        {
            **ring,
            "xanchor": _share(weeks, place),
            "y0": _above(place) + 1 - scales.NOTE_RING,
            "y1": _above(place) + scales.NOTE_RING - 1,
        }
        for place in places
    ]
    lines = [{**line, "x0": place.x, "x1": place.x, "y0": 0, "y1": 1} for place in places]
    ups = [{**up, "x0": place.x, "x1": place.x, "y1": _above(place)} for place in places]
    return [*lines, *ups, *rings]


def _share(weeks: Weeks, place: scales.NotePlace) -> float:
    """Return how far across the plane a note is, from 0 to 1."""
    first, last = scales.ends(weeks)
    return round((place.x - first) / (last - first), 4)


def _above(place: scales.NotePlace) -> float:
    """Return how many pixels above the plane the middle of a note's ring is."""
    return (place.row + 0.5) * scales.NOTE_ROOM


def _note_numbers(weeks: Weeks, places: list[scales.NotePlace]) -> list[dict[str, object]]:
    """Write the numbers of what was changed into their rings; what it was stands below the picture."""
    look = {"xref": "paper", "yref": "paper", "y": 1, "xanchor": "center", "yanchor": "middle"}
    font = {"color": "var(--ink)", "size": scales.NOTE_SIZE, "weight": 700}
    common = {**look, "showarrow": False, "borderpad": 0, "font": font}
    return [
        {**common, "x": _share(weeks, place), "yshift": _above(place), "text": str(place.number)}
        for place in places
    ]
