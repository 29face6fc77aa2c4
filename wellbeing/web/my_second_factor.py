"""One's own second factor: an authenticator app set up, renewed or removed, and spare codes."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta

import segno
from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import keys, second_factor, site, spare_codes
from wellbeing.models.base import db
from wellbeing.second_factor import CodeRefused
from wellbeing.web import rule_of_two, shown_again
from wellbeing.web.access import signed_in
from wellbeing.web.second_factor_forms import AgainForm, AppCodeForm, sentence

bp = Blueprint("my_second_factor", __name__)
bp.before_app_request(rule_of_two.lead_to_set_up)

# The secret of an app that has not shown its first code yet: sealed, in this browser's cookie alone.
BEGUN = "authenticator"
BEGUN_FOR = timedelta(minutes=15)


@bp.get("/my/second-factor")
@signed_in
def overview() -> ResponseReturnValue:
    """What the second factor is, what one has, and how to begin, renew or remove it."""
    return _page()


def _page(status: int = 200, **sent: AgainForm | None) -> ResponseReturnValue:
    known = second_factor.facts(db.session(), current_user.id)
    asked = shown_again.form()
    forms = {"begin": shown_again.form(new=known is None), "codes": asked, "remove": asked} | sent
    page = render_template(
        "mine/second_factor.html", known=known, forms=forms, needs=rule_of_two.needs_one(), sent=tuple(sent)
    )
    return page, status


@bp.post("/my/second-factor")
@signed_in
def begin() -> ResponseReturnValue:
    """A new secret for an authenticator app; one of before holds until the new one has shown a code."""
    known = second_factor.facts(db.session(), current_user.id)
    form = shown_again.form(new=known is None)
    if form is None or not shown_again.is_right(form):
        return _not_shown(begin=form)
    secret, until = second_factor.new_secret(), site.now() + BEGUN_FOR
    sealed = keys.sealed_secret(site.config().secrets.pin_pepper, current_user.id, secret)
    session[BEGUN] = [urlsafe_b64encode(sealed).decode(), until.isoformat()]
    return redirect(url_for("my_second_factor.app"))


def _not_shown(**sent: AgainForm | None) -> ResponseReturnValue:
    if None in sent.values():
        flash(shown_again.too_long_ago(), "error")
        return redirect(url_for("my_second_factor.overview"))
    return _page(422, **sent)


@bp.get("/my/second-factor/app")
@signed_in
def app() -> ResponseReturnValue:
    """The picture for the app, the same as text, and a field for the first code."""
    secret = _begun()
    return _app_page(secret, AppCodeForm(formdata=None)) if secret else _begin_again()


def _begun() -> bytes | None:
    """Return the secret that this browser began with for whoever is signed in; None after its time."""
    sealed, until = session.get(BEGUN, ("", None))
    if until is None or datetime.fromisoformat(until) <= site.now():
        return None
    pepper = site.config().secrets.pin_pepper
    return keys.opened_secret(pepper, current_user.id, urlsafe_b64decode(sealed))


def _app_page(secret: bytes, form: AppCodeForm, status: int = 200) -> ResponseReturnValue:
    named = current_user.person.login or current_user.name
    address = second_factor.address(secret, named, "Second Wind")
    picture = segno.make(address, error="m").svg_data_uri(scale=5, border=3)
    page = render_template(
        "mine/authenticator.html", form=form, picture=picture, text=second_factor.as_text(secret)
    )
    return page, status


def _begin_again() -> ResponseReturnValue:
    flash(_("That took more than 15 minutes. Begin again."), "error")
    return redirect(url_for("my_second_factor.overview"))


@bp.post("/my/second-factor/app")
@signed_in
def confirm() -> ResponseReturnValue:
    """The app kept, once it shows the right code; its spare codes are shown now and never again."""
    secret, form = _begun(), AppCodeForm()
    if secret is None:
        return _begin_again()
    if not form.validate():
        return _app_page(secret, form, 422)
    today = site.today(db.session())
    try:
        made = second_factor.keep(db.session(), current_user.id, secret, form.code.data or "", today)
    except CodeRefused as refused:
        form.code.errors = [sentence(refused)]
        return _app_page(secret, form, 422)
    session.pop(BEGUN)
    return render_template("mine/spare_codes.html", made=made, is_new=True)


@bp.post("/my/second-factor/codes")
@signed_in
def new_codes() -> ResponseReturnValue:
    """Ten new spare codes; those of before open nothing any more."""
    form = shown_again.form()
    if form is None or not shown_again.is_right(form):
        return _not_shown(codes=form)
    if second_factor.facts(db.session(), current_user.id) is None:
        return redirect(url_for("my_second_factor.overview"))
    made = spare_codes.make(db.session(), current_user.id)
    db.session.commit()
    return render_template("mine/spare_codes.html", made=made, is_new=False)


@bp.post("/my/second-factor/remove")
@signed_in
def remove() -> ResponseReturnValue:
    """No app any more: the password alone signs in, where the organisation lets it."""
    form = shown_again.form()
    if form is None or not shown_again.is_right(form):
        return _not_shown(remove=form)
    second_factor.remove(db.session(), current_user.id)
    db.session.commit()
    flash(_("Removed. No code is asked for when you sign in."), "success")
    return redirect(url_for("my_second_factor.overview"))
