"""A unit's check-up: the same words for its manager and its staff, and what it found out by itself."""

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import checkup_log, site
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.reports import checkup_log as log_of
from wellbeing.units import is_open
from wellbeing.web import checkup_page
from wellbeing.web.access import requires, unit_or_404
from wellbeing.web.agreed import once_agreed
from wellbeing.web.checkup_forms import AnsweredForm, AskedForm, InquiryForm, local
from wellbeing.web.forms import whole_number

bp = Blueprint("checkup_results", __name__)


@bp.get("/team/<int(max=2147483647):unit_id>/checkup")
@requires(Permission.READ_LEDGER)
@once_agreed
def results(unit_id: int) -> ResponseReturnValue:
    """What the last check-up said, in words, and how that changed."""
    return checkup_page.page(unit_id)


@bp.post("/team/<int(max=2147483647):unit_id>/checkup/asked")
@requires(Permission.WRITE_NOTE)
@once_agreed
def asked(unit_id: int) -> ResponseReturnValue:
    """Customers who were asked on a day."""
    _open_unit(unit_id)
    form = AskedForm()
    if not form.validate():
        return checkup_page.page(unit_id, asked=form), 422
    day, number, content = form.asked_on.data, form.asked.number, form.content.number
    checkup_log.customers_asked(db.session(), unit_id, day, number, content)
    return _saved(unit_id)


def _open_unit(unit_id: int) -> None:
    unit = unit_or_404(unit_id, Permission.WRITE_NOTE)
    if not is_open(db.session(), unit):
        abort(404)


def _saved(unit_id: int) -> ResponseReturnValue:
    flash(_("Saved. Everybody who opens this page sees it."), "success")
    return redirect(url_for("checkup_results.results", unit_id=unit_id, _anchor="log"))


@bp.post("/team/<int(max=2147483647):unit_id>/checkup/inquiry")
@requires(Permission.WRITE_NOTE)
@once_agreed
def inquiry(unit_id: int) -> ResponseReturnValue:
    """An inquiry that was sent from a private address."""
    _open_unit(unit_id)
    channels = log_of.channels(db.session(), site.today(db.session()))
    form = InquiryForm().offer(channels)
    if not form.validate():
        return checkup_page.page(unit_id, inquiry=form), 422
    answered = local(form.answered_at.data) if form.answered_at.data else None
    moments = (local(form.sent_at.data), answered)
    machine_first = bool(form.machine_first.data)
    checkup_log.inquiry_sent(db.session(), unit_id, form.channel.data, moments, machine_first)
    return _saved(unit_id)


@bp.post("/team/<int(max=2147483647):unit_id>/checkup/answered")
@requires(Permission.WRITE_NOTE)
@once_agreed
def answered(unit_id: int) -> ResponseReturnValue:
    """The moment at which a person answered an inquiry."""
    _open_unit(unit_id)
    form = AnsweredForm()
    number = whole_number(request.form.get("inquiry", ""))
    at = local(form.answered_at.data) if form.validate() else None
    if at is None or not checkup_log.inquiry_answered(db.session(), unit_id, number or 0, at):
        flash(
            _("Give the moment of the first answer by a person: after it was sent, and not to come."), "error"
        )
        return redirect(url_for("checkup_results.results", unit_id=unit_id, _anchor="log"))
    return _saved(unit_id)


@bp.post("/team/<int(max=2147483647):unit_id>/checkup/remove")
@requires(Permission.WRITE_NOTE)
@once_agreed
def remove(unit_id: int) -> ResponseReturnValue:
    """A line of the log that was a mistake."""
    unit_or_404(unit_id, Permission.WRITE_NOTE)
    number = whole_number(request.form.get("row", ""))
    if number is None or not checkup_log.remove(db.session(), unit_id, request.form.get("kind", ""), number):
        abort(404)
    flash(_("The line is removed."), "success")
    return redirect(url_for("checkup_results.results", unit_id=unit_id, _anchor="log"))
