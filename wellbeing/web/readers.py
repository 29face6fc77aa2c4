"""Whom people can turn to: the contact at work, and whom an admin appoints to read what is sent by name."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import AnyOf

from wellbeing import appointed, help_contact, site
from wellbeing.audit import Act
from wellbeing.models.accounts import Person
from wellbeing.models.asking import ReaderOf
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.web.access import everywhere_or_404, requires
from wellbeing.web.forms import BaseForm, record_id
from wellbeing.web.noted import noted

bp = Blueprint("readers", __name__)

TITLES = {
    ReaderOf.CONTACT: _l("Requests to be contacted"),
    ReaderOf.INCIDENT: _l("Incident reports"),
}


class ReaderForm(BaseForm):
    """Names somebody, and what they are to read."""

    subject = StringField(validators=[AnyOf([subject.value for subject in ReaderOf])])
    person = record_id()


@bp.get("/admin/readers")
@requires(Permission.ADMINISTER)
def readers() -> ResponseReturnValue:
    """Who reads what, and what that means."""
    everywhere_or_404(Permission.ADMINISTER)
    return _page()


def _page(refused: str = "", typed: str | None = None) -> str:
    return render_template(
        "admin/readers.html",
        titles=TITLES,
        readers={subject: appointed.readers(db.session(), subject) for subject in ReaderOf},
        candidates=appointed.candidates(db.session()),
        refused=refused,
        contact=site.settings().help_contact if typed is None else typed,
    )


@bp.post("/admin/readers/help-contact")
@requires(Permission.ADMINISTER)
def name_contact() -> ResponseReturnValue:
    """Whom staff can turn to here, named anew."""
    everywhere_or_404(Permission.ADMINISTER)
    typed = request.form.get("contact", "")
    noted(Act.HELP_CONTACT_CHANGED)
    try:
        help_contact.change(db.session(), typed)
    except help_contact.ContactRefused as refused:
        db.session.rollback()
        return _page(str(refused), typed), 422
    flash(_("Saved. Tablets show it within a minute."), "success")
    return redirect(url_for("readers.readers"))


@bp.post("/admin/readers/appoint")
@requires(Permission.ADMINISTER)
def appoint() -> ResponseReturnValue:
    """Somebody more who reads it."""
    subject, person = _named()
    if subject not in appointed.reads(db.session(), person.id):
        noted(Act.READER_APPOINTED, person_id=person.id, subject=subject.value)
    try:
        appointed.appoint(db.session(), subject, person)
    except appointed.CannotRead:
        abort(404)
    flash(_("Appointed. The form names them from now on."), "success")
    return redirect(url_for("readers.readers"))


def _named() -> tuple[ReaderOf, Person]:
    everywhere_or_404(Permission.ADMINISTER)
    form = ReaderForm()
    if not form.validate():
        abort(400)
    person = db.session.get(Person, form.person.number)
    if person is None:
        abort(404)
    return ReaderOf(form.subject.data), person


@bp.post("/admin/readers/dismiss")
@requires(Permission.ADMINISTER)
def dismiss() -> ResponseReturnValue:
    """Somebody less who reads it."""
    subject, person = _named()
    if subject in appointed.reads(db.session(), person.id):
        noted(Act.READER_REMOVED, person_id=person.id, subject=subject.value)
    try:
        appointed.dismiss(db.session(), subject, person.id)
    except appointed.StillWaiting:
        db.session.rollback()
        return _page(_("What somebody sent waits here. Appoint another reader first.")), 422
    flash(_("They read it no more."), "success")
    return redirect(url_for("readers.readers"))
