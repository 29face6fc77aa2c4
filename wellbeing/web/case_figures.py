"""Figures about cases: how long customers wait, whether a threat helps, and what keeps coming back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from markupsafe import Markup

from wellbeing import lists, site
from wellbeing.case_figures import chance_pictures, periods, sentences, share_pictures, time_pictures, words
from wellbeing.case_figures.colours import Colour
from wellbeing.case_figures.figures import Figures, figures
from wellbeing.case_figures.reading import Teams
from wellbeing.case_figures.time_pictures import Row, Times
from wellbeing.content import policies
from wellbeing.extensions import language
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.base import db
from wellbeing.models.lists import ListName
from wellbeing.permissions import Permission
from wellbeing.reports import svg
from wellbeing.reports.drawing import Ink, Picture
from wellbeing.units import below, open_ones
from wellbeing.web.access import may, requires, unit_or_404, units_with
from wellbeing.web.asked import refuse_long

bp = Blueprint("case_figures", __name__, url_prefix="/cases/figures")

HEIGHTS = (Level.ORGANISATION, Level.SITE, Level.TEAM)
Names = Mapping[str, Any]


@dataclass(frozen=True)
class Drawing:
    """A picture for a wide screen and for a phone."""

    wide: Markup
    narrow: Markup


@bp.get("/")
@requires(Permission.HANDLE_CASES)
def mine() -> ResponseReturnValue:
    """The figures of the highest unit whose cases I handle."""
    units = below(db.session(), units_with(Permission.HANDLE_CASES))
    highest = min(units, key=lambda unit: HEIGHTS.index(unit.level))
    return redirect(url_for("case_figures.of_unit", unit_id=highest.id))


@bp.get("/<int(max=2147483647):unit_id>")
@requires(Permission.HANDLE_CASES)
def of_unit(unit_id: int) -> ResponseReturnValue:
    """How the cases of a unit and those below it go, over some weeks."""
    refuse_long(request.query_string)
    unit = unit_or_404(unit_id, Permission.HANDLE_CASES)
    weeks = periods.snapped(request.args.get("weeks"))
    units = {found.id: found for found in below(db.session(), {unit.id})}
    channels = lists.words(db.session(), ListName.CHANNEL)
    found = figures(db.session(), Teams(units.keys(), site.zone()), weeks, site.now(), list(channels))
    return render_template(
        "cases/figures.html",
        unit=unit,
        path=_path(unit),
        children=open_ones(db.session(), unit.children),
        units=units,
        figures=found,
        weeks=weeks,
        choices=periods.CHOICES,
        channels=channels,
        causes=lists.words(db.session(), ListName.CAUSE),
        sentences=sentences,
        words=words,
        no_scores=policies.policy(
            db.session(), policies.NO_PERFECT_SCORES, site.today(db.session()), language()
        ),
        chance_name=chance_pictures.name,
        drawings=_drawings(found, channels),
    )


def _path(unit: Unit) -> list[Unit]:
    """Return the units above one that I may open as well, the highest first."""
    above: list[Unit] = []
    while (unit := unit.parent) is not None and may(Permission.HANDLE_CASES, unit):  # type: ignore[assignment]
        above.insert(0, unit)
    return above


def _drawings(found: Figures, names: Names) -> dict[str, Drawing]:
    drawn: dict[str, Drawing] = {}
    if any(channel.waiting.median for channel in found.channels):
        rows = [Row(_name(names, one.key), (Times(one.waiting),)) for one in found.channels]
        label = _("Time to first attention by channel. The table beside it has the same figures.")
        drawn["waits"] = _drawing(label, lambda narrow: time_pictures.times(rows, narrow))
    if any(pair.threatened.median for pair in found.pairs):
        drawn["parity"] = _parity(found, names)
    if found.cases_of_year:
        label = _("The share of cases with a threat by four weeks. The table beside it has the same figures.")
        drawn["threats"] = _drawing(label, lambda narrow: share_pictures.shares(found.threats, narrow))
        label = _(
            "Cases by who made the first move, by four weeks. The table beside it has the same figures."
        )
        drawn["first_moves"] = _drawing(
            label, lambda narrow: share_pictures.first_moves(found.first_moves, narrow)
        )
    if found.chances:
        label = _("How first, second and third chances ended. The table beside it has the same figures.")
        drawn["chances"] = _drawing(label, lambda narrow: chance_pictures.chances(found.chances, narrow))
    return drawn


def _parity(found: Figures, names: Names) -> Drawing:
    rows = [
        Row(_name(names, pair.channel), (Times(pair.threatened, Ink.APRICOT, ring=True), Times(pair.calm)))
        for pair in found.pairs
        if pair.threatened.median
    ]
    known = Colour(Ink.APRICOT, _("With a threat")), Colour(Ink.TEAL, _("Without"))
    label = _(
        "Time to first attention with and without a threat, by channel. The table beside it has the same "
        "figures."
    )
    return _drawing(label, lambda narrow: time_pictures.times(rows, narrow, known))


def _name(names: Names, key: str) -> str:
    return str(names.get(key, key))


def _drawing(label: str, draw: Callable[[bool], Picture]) -> Drawing:
    return Drawing(svg.drawn(draw(False), label), svg.drawn(draw(True), label))
