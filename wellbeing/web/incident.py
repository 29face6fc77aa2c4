"""Incident reports: written, printed or sent by the person alone; apart from all that the counter takes."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import appointed, incidents, site
from wellbeing.models.asking import IncidentReport, ReaderOf
from wellbeing.models.base import db
from wellbeing.web.access import public, signed_in
from wellbeing.web.asking_form import IncidentForm

bp = Blueprint("incident", __name__)


@bp.get("/incident")
@signed_in
def form() -> ResponseReturnValue:
    """The form; what is typed stays in the page until it is sent."""
    return _page(IncidentForm(formdata=None, data={"happened_on": site.today(db.session())}))


def _page(shown: IncidentForm) -> str:
    readers = appointed.readers(db.session(), ReaderOf.INCIDENT)
    return render_template("incident/form.html", form=shown, readers=readers, me=current_user.person)


@bp.post("/incident")
@signed_in
def send() -> ResponseReturnValue:
    """A report that its author sends to its readers."""
    if not appointed.readers(db.session(), ReaderOf.INCIDENT):
        abort(404)
    sent = IncidentForm()
    if not sent.validate():
        return _page(sent), 422
    report = incidents.send(db.session(), current_user.person, sent.told(), site.now())
    flash(_("Sent. You can read and print it here until one of its readers deletes it."), "success")
    return redirect(url_for("incident.report", report_id=report.id))


@bp.get("/incident/paper")
@public
def blank() -> ResponseReturnValue:
    """An empty form to print, for whoever has no sign-in of their own."""
    return render_template("incident/blank.html", form=IncidentForm(formdata=None))


@bp.get("/incidents")
@signed_in
def every() -> ResponseReturnValue:
    """What I sent and, for its readers, what everybody sent."""
    everything = incidents.every(db.session()) if _reads() else None
    mine = incidents.own(db.session(), current_user.id)
    return render_template("incident/list.html", mine=mine, everything=everything)


def _reads() -> bool:
    return ReaderOf.INCIDENT in appointed.reads(db.session(), current_user.id)


@bp.get("/incidents/<int(max=2147483647):report_id>")
@signed_in
def report(report_id: int) -> ResponseReturnValue:
    """One report, as a form on paper."""
    found = _report_or_404(report_id)
    return render_template(
        "incident/report.html",
        report=found,
        kinds=incidents.kinds_of(found),
        mine=found.person_id == current_user.id,
        reads=_reads(),
    )


def _report_or_404(report_id: int) -> IncidentReport:
    """Return a report of mine, or one that I read; for me no other exists."""
    found = db.session.get(IncidentReport, report_id)
    if found is None or not (found.person_id == current_user.id or _reads()):
        abort(404)
    return found


@bp.post("/incidents/<int(max=2147483647):report_id>/read")
@signed_in
def read(report_id: int) -> ResponseReturnValue:
    """A report that one of its readers has read; its author sees the day."""
    found = _report_or_404(report_id)
    if not _reads():
        abort(404)
    incidents.mark_read(db.session(), found, site.today(db.session()))
    flash(_("Marked as read. Whoever sent it can see that."), "success")
    return redirect(url_for("incident.report", report_id=report_id))


@bp.post("/incidents/<int(max=2147483647):report_id>/delete")
@signed_in
def delete(report_id: int) -> ResponseReturnValue:
    """A report that is in the site's own records by now, or that its author takes back unread."""
    found = _report_or_404(report_id)
    if found.read_on is None and found.person_id != current_user.id:
        abort(404)
    if found.read_on is not None and not _reads():
        abort(404)
    incidents.delete(db.session(), found)
    flash(_("Deleted for good."), "success")
    return redirect(url_for("incident.every"))
