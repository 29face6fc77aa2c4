"""Making the phone somebody holds their own: its token is told once, in no address and no cookie."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from wellbeing import phones, site
from wellbeing.extensions import language
from wellbeing.models.base import db
from wellbeing.web import asked_again
from wellbeing.web.access import signed_in
from wellbeing.web.sign_in_form import OwnPhoneForm

bp = Blueprint("my_phone", __name__)


@bp.get("/my/phone")
@signed_in
def own_phone() -> ResponseReturnValue:
    """What an own phone is, and one button that makes this one."""
    return _page(OwnPhoneForm(formdata=None))


def _page(form: OwnPhoneForm, status: int = 200) -> ResponseReturnValue:
    return render_template("mine/phone.html", form=form, asks=not asked_again.has_shown_pin()), status


@bp.post("/my/phone")
@signed_in
def set_up() -> ResponseReturnValue:
    """This browser's token, handed over in the page; its script keeps it and goes on to My shift.

    It asks for the PIN: whoever made somebody a code can sign in as them, and must not answer as them.
    """
    token, form = request.form.get("token", ""), OwnPhoneForm()
    if not _is_mine(token):
        if not _may_answer(form):
            return _page(form, 422)
        browser = request.headers.get("User-Agent", "")
        try:
            token = phones.set_up(db.session(), current_user.id, browser, site.now())
        except phones.TooManyPhones as refused:
            flash(str(refused.sentence), "error")
            return redirect(url_for("my_phone.own_phone"))
    return render_template("mine/phone_ready.html", token=token, language=language())


def _may_answer(form: OwnPhoneForm) -> bool:
    return asked_again.has_shown_pin() or (form.validate() and asked_again.knows_pin(form, current_user.id))


def _is_mine(token: str) -> bool:
    """Tell whether a phone that is set up once more is its owner's already: then it stays what it is."""
    known = phones.phone_of(db.session().connection(), token)
    return known is not None and known.person_id == current_user.id
