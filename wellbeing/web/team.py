"""The mood pages of units: the same for managers, HR and the team itself."""

import re

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from wellbeing import site
from wellbeing.models.access_log import Act
from wellbeing.permissions import Permission
from wellbeing.reports import board, charts, detail, reading, units
from wellbeing.reports.trends import TICKS
from wellbeing.web.access import requires, unit_or_404, units_with
from wellbeing.web.opened import log_opening

bp = Blueprint("team", __name__)

MOST_WEEKS = 156
CHOICES = (13, 26, 52, 104)


@bp.get("/team/")
@requires(Permission.READ_LEDGER)
def teams() -> ResponseReturnValue:
    """The units whose figures one may read, as a tree."""
    with reading.session() as session:
        lines = units.tree(session, units_with(Permission.READ_LEDGER))
    if len(lines) == 1:
        return redirect(url_for("team.team_mood", unit_id=lines[0].id))
    return render_template("team/teams.html", lines=lines)


@bp.get("/team/<int(max=2147483647):unit_id>")
@requires(Permission.READ_LEDGER)
def team_mood(unit_id: int) -> ResponseReturnValue:
    """A unit's mood, rough interactions and breaks, tick by tick."""
    unit = unit_or_404(unit_id, Permission.READ_LEDGER)
    weeks = weeks_asked(request.args.getlist("weeks"))
    if weeks is None:
        return _bad_weeks()
    log_opening([unit.id], Act.OPENED)
    with reading.session() as session:
        now = site.moment(session)
        found = board.board(session, unit.id, weeks, now)
        four_weeks = detail.four_weeks(session, found.path, now)
        mine = {line.id for line in units.tree(session, units_with(Permission.READ_LEDGER))}
    return render_template(
        "team/team_mood.html",
        board=found,
        charts=_pictures(found),
        asked=weeks,
        choices=_choices(found, weeks),
        detail=four_weeks,
        mine=mine,
    )


def _pictures(found: board.Board) -> dict[str, str]:
    if not found.has_figures and not found.has_words:
        return {}
    language = str(get_locale())
    return {
        "mood": charts.mood_by_week(found.weeks, language),
        "people": charts.people_by_week(found.weeks, language),
    }


def _choices(found: board.Board, asked: int) -> list[int]:
    """Offer to look further back only where there is more to see."""
    full = len(found.weeks) == asked
    return [choice for choice in CHOICES if full or choice <= max(asked, TICKS)]


def weeks_asked(given: list[str]) -> int | None:
    """Return how many ticks an address asks for, 26 where it does not say; None where it makes no sense."""
    if not given:
        return TICKS
    if len(given) > 1 or not re.fullmatch("[0-9]{1,3}", given[0]):
        return None
    weeks = int(given[0])
    return weeks if 1 <= weeks <= MOST_WEEKS else None


def _bad_weeks() -> ResponseReturnValue:
    sentence = _("The number of weeks has to be a whole number from 1 to %(most)s.", most=MOST_WEEKS)
    title = _("That many weeks cannot be shown")
    return render_template("errors/error.html", status=400, title=title, sentence=sentence), 400
