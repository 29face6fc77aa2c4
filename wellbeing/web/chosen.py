"""What somebody chose of the summaries: units of theirs, ticks that exist, an address of sane length."""

from collections.abc import Sequence

from flask import abort, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing.reports import trends, units
from wellbeing.reports.exports import Selection
from wellbeing.web.summary_form import MOST_UNITS, SummaryForm

LONGEST_QUERY = 40_000


def refuse_long_address() -> None:
    """Answer 413 for an address that no choice of units makes, and say what to do."""
    if len(request.query_string) <= LONGEST_QUERY:
        return
    title = _("This address is too large")
    sentence = _("That is too large. Choose at most %(most)s units at a time.", most=MOST_UNITS)
    page = render_template("errors/error.html", status=413, title=title, sentence=sentence)
    abort(make_response(page, 413))


def chosen(session: Session, form: SummaryForm, lines: Sequence[units.Line]) -> Selection | None:
    """Return what was chosen; None where the form says why not, and 404 for units of others."""
    if not form.validate():
        return None
    if not form.chosen <= {line.id for line in lines}:
        abort(404)
    form.refuse_unknown(trends.known(session, form.ticks))
    return None if form.errors else form.selection()


def refused(form: SummaryForm) -> ResponseReturnValue:
    """Say in a page why a file cannot be made."""
    sentence = " ".join(str(error) for errors in form.errors.values() for error in errors)
    title = _("This file cannot be made")
    return render_template("errors/error.html", status=400, title=title, sentence=sentence), 400
