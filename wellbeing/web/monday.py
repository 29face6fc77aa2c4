"""The Monday sheet of a unit, as a page to print and as a PDF; staff open the very same."""

from flask import Blueprint, Response, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from wellbeing import site
from wellbeing.models.access_log import Act
from wellbeing.permissions import Permission
from wellbeing.reports import monday, pdf_monday, reading, svg
from wellbeing.reports.drawing import Picture
from wellbeing.reports.monday import Sheet
from wellbeing.web.access import requires, unit_or_404
from wellbeing.web.agreed import once_agreed
from wellbeing.web.opened import log_opening

bp = Blueprint("monday", __name__)


@bp.app_template_filter("picture")
def picture(marks: Picture, label: str) -> Markup:
    """Write a picture as SVG, said as ``label`` by a screen reader."""
    return svg.drawn(marks, label)


@bp.get("/team/<int(max=2147483647):unit_id>/monday")
@requires(Permission.READ_LEDGER)
@once_agreed
def sheet(unit_id: int) -> ResponseReturnValue:
    """One page for the ten-minute talk."""
    return render_template("monday/sheet.html", sheet=_sheet(unit_id), unit_id=unit_id)


@bp.get("/team/<int(max=2147483647):unit_id>/monday.pdf")
@requires(Permission.READ_LEDGER)
@once_agreed
def pdf(unit_id: int) -> ResponseReturnValue:
    """The same page as a PDF; its name holds the unit's number, because not every letter suits a file."""
    answer = Response(pdf_monday.monday_pdf(_sheet(unit_id)), mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename=f"monday-sheet-{unit_id}.pdf")
    return answer


def _sheet(unit_id: int) -> Sheet:
    unit_or_404(unit_id, Permission.READ_LEDGER)
    with reading.session() as session:
        found = monday.sheet(session, unit_id, site.moment(session))
    log_opening([unit_id], Act.MONDAY_SHEET, found.owners)
    return found
