"""Summaries: whole blocks of chosen units and weeks, to look at and to take away."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing.extensions import LANGUAGES
from wellbeing.permissions import Permission
from wellbeing.reports import exports, reading, trends, units
from wellbeing.web.access import requires, units_with
from wellbeing.web.summary_form import SummaryForm, summary_form

bp = Blueprint("hr", __name__)

LONGEST_QUERY = 40_000
PREVIEWED = 30
# Older ticks than these are not in the lists, but an address may still name them.
LISTED_TICKS = 260


@bp.get("/summaries")
@requires(Permission.EXPORT)
def summaries() -> ResponseReturnValue:
    """Choose units and weeks, look at their blocks, take them away."""
    _refuse_long_address()
    with reading.session() as session:
        lines = units.tree(session, units_with(Permission.EXPORT))
        ticks = trends.ticks_of(session, LISTED_TICKS)
        form = summary_form(request.args, lines, ticks)
        selection = _checked(session, form, lines) if ticks else None
        preview = exports.preview(session, selection, PREVIEWED) if selection else None
    found = {"form": form, "lines": lines, "ticks": ticks, "preview": preview, "file": _address(selection)}
    return render_template("hr/summaries.html", **found), 400 if form.errors else 200


@bp.get("/summaries.csv")
@requires(Permission.EXPORT)
def summaries_csv() -> ResponseReturnValue:
    """The chosen blocks as a file; its address names the language too, so that its bytes follow from it."""
    _refuse_long_address()
    with reading.session() as session:
        lines = units.tree(session, units_with(Permission.EXPORT))
        form = SummaryForm(formdata=request.args)
        selection = _checked(session, form, lines)
    if selection is None:
        return _refused(form)
    asked = request.args.get("lang", "en")
    with force_locale(asked if asked in LANGUAGES else "en"):
        pieces = exports.csv_pieces(reading.session, selection)
    headers = {"Content-Disposition": f'attachment; filename="{selection.file_name}"'}
    return Response(stream_with_context(pieces), mimetype="text/csv", headers=headers)


def _refuse_long_address() -> None:
    if len(request.query_string) > LONGEST_QUERY:
        abort(413)


def _checked(session: Session, form: SummaryForm, lines: Sequence[units.Line]) -> exports.Selection | None:
    """Return what was chosen; None where the form says why not, and 404 for units of others."""
    if not form.validate():
        return None
    if not form.chosen <= {line.id for line in lines}:
        abort(404)
    form.refuse_unknown(trends.known(session, form.ticks))
    return None if form.errors else form.selection()


def _address(selection: exports.Selection | None) -> str:
    if selection is None:
        return ""
    period: dict[str, Any] = {"from": selection.first, "to": selection.last}
    return url_for("hr.summaries_csv", unit=selection.units, **period, lang=str(get_locale()))


def _refused(form: SummaryForm) -> ResponseReturnValue:
    sentence = " ".join(str(error) for errors in form.errors.values() for error in errors)
    title = _("This file cannot be made")
    return render_template("errors/error.html", status=400, title=title, sentence=sentence), 400
