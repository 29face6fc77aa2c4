"""“Ask someone to contact me”: sends what is ticked to whom an admin appointed, and to nobody else."""

from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from wellbeing import appointed, asking, site
from wellbeing.models.asking import ReaderOf
from wellbeing.models.base import db
from wellbeing.web.access import signed_in
from wellbeing.web.asking_form import ContactForm

bp = Blueprint("contact", __name__)


@bp.get("/help/contact")
@signed_in
def form() -> ResponseReturnValue:
    """Who reads it, what they see and by when; the form, and what I asked before."""
    return _page(ContactForm(formdata=None))


def _page(shown: ContactForm) -> str:
    return render_template(
        "asking/contact.html",
        form=shown,
        readers=appointed.readers(db.session(), ReaderOf.CONTACT),
        mine=asking.own(db.session(), current_user.id),
        answer_by=asking.answer_by,
        today=_today(),
    )


def _today() -> date:
    return site.today(db.session())


@bp.post("/help/contact")
@signed_in
def send() -> ResponseReturnValue:
    """A request for contact, with what was ticked and nothing else."""
    if not appointed.readers(db.session(), ReaderOf.CONTACT):
        abort(404)
    sent = ContactForm()
    if not sent.validate():
        return _page(sent), 422
    ticked = asking.of(db.session(), current_user.id, **sent.data)
    try:
        asking.ask(db.session.connection(), current_user.id, ticked, _today())
    except asking.NothingToGoBy:
        sent.name.errors = [_l("Tick your name, or how to reach you: otherwise nobody can answer.")]
        return _page(sent), 422
    db.session.commit()
    flash(_("Sent. Nobody else was told."), "success")
    return redirect(url_for("contact.form"))


@bp.post("/help/contact/<int(max=2147483647):request_id>/take-back")
@signed_in
def take_back(request_id: int) -> ResponseReturnValue:
    """A request of mine that nobody has answered yet, deleted."""
    if not asking.take_back(db.session(), request_id, current_user.id):
        abort(404)
    flash(_("Taken back, and deleted."), "success")
    return redirect(url_for("contact.form"))


@bp.get("/asked")
@signed_in
def asked() -> ResponseReturnValue:
    """What waits for its readers, and what they answered in the last thirty days."""
    _check_reads()
    return render_template(
        "asking/asked.html",
        requests=asking.every(db.session()),
        answer_by=asking.answer_by,
        today=_today(),
    )


def _check_reads() -> None:
    if ReaderOf.CONTACT not in appointed.reads(db.session(), current_user.id):
        abort(404)


@bp.post("/asked/<int(max=2147483647):request_id>/answered")
@signed_in
def answered(request_id: int) -> ResponseReturnValue:
    """A request that one of its readers has answered."""
    _check_reads()
    if not asking.answer(db.session(), request_id, _today()):
        abort(404)
    flash(_("Marked as answered. It is deleted in thirty days."), "success")
    return redirect(url_for("contact.asked"))
