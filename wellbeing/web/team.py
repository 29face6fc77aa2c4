"""The mood pages of units: the same for managers, HR and the team itself."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from wellbeing import new_figures, site
from wellbeing.models.access_log import Act
from wellbeing.models.accounts import Level
from wellbeing.permissions import Permission
from wellbeing.reports import board, charts, detail, pictures, reading, svg, units
from wellbeing.reports.overview import COLUMNS
from wellbeing.reports.owners import owners
from wellbeing.reports.to_change import to_change
from wellbeing.reports.trends import TICKS, ticks_from
from wellbeing.web import overviews
from wellbeing.web.access import requires, unit_or_404, units_with
from wellbeing.web.agreed import once_agreed
from wellbeing.web.asked import Asked, Nonsense, asked, refuse_long, typed_days
from wellbeing.web.opened import log_opening

bp = Blueprint("team", __name__)

CHOICES = (13, 26, 52, 104)


@dataclass(frozen=True)
class Chart:
    """A figure twice: as a picture, for a wide screen and for a phone, and as JSON for Plotly."""

    label: str
    wide: Markup
    narrow: Markup
    figure: str


@bp.get("/team/")
@requires(Permission.READ_LEDGER)
@once_agreed
def teams() -> ResponseReturnValue:
    """The units whose figures one may read, as a tree."""
    with reading.session() as session:
        lines = units.tree(session, units_with(Permission.READ_LEDGER))
        released = new_figures.sentence(session, site.moment(session))
    if len(lines) == 1:
        return redirect(url_for("team.team_mood", unit_id=lines[0].id))
    return render_template("team/teams.html", lines=lines, released=released)


@bp.get("/team/<int(max=2147483647):unit_id>")
@requires(Permission.READ_LEDGER)
@once_agreed
def team_mood(unit_id: int) -> ResponseReturnValue:
    """A unit's mood, rough interactions and breaks, tick by tick."""
    refuse_long(request.query_string)
    unit = unit_or_404(unit_id, Permission.READ_LEDGER)
    usual = TICKS if unit.level is Level.TEAM else COLUMNS
    refused = None
    with reading.session() as session:
        try:
            page = _page(session, unit.id, asked(request.args, usual), request.args)
        except Nonsense as nonsense:
            refused = nonsense
            page = _page(session, unit.id, Asked(usual), MultiDict())
    below = page["overview"]
    told = owners(page["board"], page["detail"])
    log_opening([unit.id], Act.OPENED, told, beside=below.shown if below else ())
    template = "team/overview.html" if below else "team/team_mood.html"
    body = render_template(template, **page, refused=refused, typed=typed_days(request.args))
    return body, 400 if refused else 200


def _page(session: Session, unit_id: int, wanted: Asked, given: MultiDict[str, str]) -> dict[str, Any]:
    """Return what a unit's page is made of; raise Nonsense where there is none of what was asked for."""
    now = site.moment(session)
    found = board.board(session, unit_id, wanted.weeks, now, wanted.period)
    four_weeks = detail.four_weeks(session, found.path, now)
    above_teams = found.unit.level is not Level.TEAM
    if found.nothing_then and not above_teams:
        raise Nonsense(_("That period cannot be shown"), found.nothing_then)
    below = overviews.found(session, found, given, wanted, now) if above_teams else None
    return {
        "board": found,
        "released": "" if above_teams or not found.figures_come else new_figures.sentence(session, now),
        "overview": below,
        "kept": overviews.kept(given),
        "charts": _charts(found),
        "asked": wanted,
        "choices": _choices(ticks_from(session, None) if below else found.reach),
        "detail": four_weeks,
        "ideas": to_change(session, found, four_weeks),
        "mine": units.reached(found.path, units_with(Permission.READ_LEDGER)),
        "actions": _actions(unit_id),
    }


def _charts(found: board.Board) -> dict[str, Chart]:
    if not found.has_figures and not found.has_words:
        return {}
    weeks, notes, language = found.weeks, found.notes, str(get_locale())
    label = _("Mood by week, as a line. The table on this page has the same figures.")
    mood = Chart(
        label,
        svg.drawn(pictures.mood(weeks, notes), label),
        svg.drawn(pictures.mood(weeks, notes, narrow=True), label),
        charts.mood_by_week(weeks, language, notes),
    )
    label = _(
        "People with a rough interaction and people who took a break, by week, as bars. The table on this "
        "page has the same figures."
    )
    people = Chart(
        label,
        svg.drawn(pictures.people(weeks, notes), label),
        svg.drawn(pictures.people(weeks, notes, narrow=True), label),
        charts.people_by_week(weeks, language, notes),
    )
    return {"mood": mood, "people": people}


def _choices(reach: int) -> list[int]:
    """Offer to look further back than usual only where there is more to see than a shorter look shows."""
    return [choice for before, choice in pairwise((0, *CHOICES)) if choice <= TICKS or before < reach]


def _actions(unit_id: int) -> list[tuple[str, str]]:
    """Return what else there is to a unit, as addresses and names."""
    offered: dict[str, tuple[str, dict[str, Any]]] = {
        "monday.sheet": (_("Monday sheet"), {"unit_id": unit_id}),
        "notes.notes": (_("What we changed"), {"unit_id": unit_id}),
        "checkup_results.results": (_("Check-up"), {"unit_id": unit_id}),
        "looked.log": (_("Who looked"), {}),
        "changes.log": (_("Who changed teams"), {}),
    }
    known = current_app.view_functions
    return [(url_for(door, **given), name) for door, (name, given) in offered.items() if door in known]
