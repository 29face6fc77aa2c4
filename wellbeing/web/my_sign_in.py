"""One's own sign-in: another password, own phones, the second factor, and where one is signed in."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import browsers, phones, second_factor, sign_in, site
from wellbeing.diary import door, password
from wellbeing.models.base import db
from wellbeing.passwords import PasswordRefused
from wellbeing.tries import SignInRefused
from wellbeing.web import asked_again, unlocked
from wellbeing.web.access import signed_in
from wellbeing.web.sign_in_form import BrowserForm, FirstPasswordForm, PasswordForm, PhoneForm

bp = Blueprint("my_sign_in", __name__)


@bp.get("/my/sign-in")
@signed_in
def overview() -> ResponseReturnValue:
    """What one signs in with, and the phones that are one's own."""
    return _page(_form_of_mine(formdata=None))


def _form_of_mine(**how: None) -> FirstPasswordForm:
    """Return the form for another password, or for a first one of somebody who signs in without."""
    has_one = door.facts(db.session(), current_user.id).password_hash
    return PasswordForm(**how) if has_one else FirstPasswordForm(**how)


def _page(form: FirstPasswordForm, status: int = 200) -> ResponseReturnValue:
    known = door.facts(db.session(), current_user.id)
    page = render_template(
        "mine/sign_in.html",
        form=form,
        known=known,
        is_fresh=sign_in.is_fresh(db.session(), current_user.token, site.now()),
        phones=phones.of_person(db.session(), current_user.id),
        second=second_factor.facts(db.session(), current_user.id),
        browsers=browsers.of_person(db.session(), current_user.id, current_user.token, site.now()),
    )
    return page, status


@bp.post("/my/sign-in/password")
@signed_in
def change_password() -> ResponseReturnValue:
    """Another password; the diary opens with it as well, and other browsers are signed out."""
    form = _form_of_mine()
    if not isinstance(form, PasswordForm):
        return _first_password(form)
    if form.validate():
        typed, private = (form.password.data or "", form.new_password.data or ""), unlocked.private_key()
        try:
            password.change(db.session(), current_user, *typed, site.now(), private)
        except SignInRefused as refused:
            form.password.errors = [asked_again.sentence(refused)]
        except PasswordRefused as refused:
            form.new_password.errors = [refused.sentence]
        else:
            if form.phones.data:
                phones.remove_all(db.session(), current_user.id)
                db.session.commit()
            flash(_("Your password is changed. Other browsers are signed out."), "success")
            return redirect(url_for("my_sign_in.overview"))
    return _page(form, 422)


def _first_password(form: FirstPasswordForm) -> ResponseReturnValue:
    """A password beside a passkey, for somebody who has just shown who they are."""
    if not sign_in.is_fresh(db.session(), current_user.token, site.now()):
        flash(_("You signed in more than 15 minutes ago. Sign in again, then choose a password."), "error")
        return redirect(url_for("my_sign_in.overview"))
    if form.validate():
        try:
            password.add(db.session(), current_user, form.new_password.data or "", unlocked.private_key())
        except password.DiaryClosed:
            form.new_password.errors = [_("Open your diary first, so that the password opens it, too.")]
        except PasswordRefused as refused:
            form.new_password.errors = [refused.sentence]
        except SignInRefused:
            form.new_password.errors = [_("This was not saved. Load the page again, then try once more.")]
        else:
            flash(_("You have a password now. It signs you in beside what you had before."), "success")
            return redirect(url_for("my_sign_in.overview"))
    return _page(form, 422)


@bp.post("/my/sign-in/phone")
@signed_in
def remove_phone() -> ResponseReturnValue:
    """One of my own phones, whose taps are refused from now on."""
    form = PhoneForm()
    if not form.validate() or not phones.remove(db.session(), current_user.id, form.phone.number):
        abort(404)
    flash(_("Removed. What is tapped there is no longer taken."), "success")
    return redirect(url_for("my_sign_in.overview"))


@bp.post("/my/sign-in/browser")
@signed_in
def end_browser() -> ResponseReturnValue:
    """One browser signed out; this one, too, if it is named."""
    form = BrowserForm()
    if not form.validate() or not browsers.end(db.session(), current_user.id, form.browser.data or ""):
        abort(404)
    flash(_("Signed out there."), "success")
    return redirect(url_for("my_sign_in.overview"))


@bp.post("/my/sign-in/others")
@signed_in
def end_others() -> ResponseReturnValue:
    """Every other browser signed out."""
    browsers.end_others(db.session(), current_user.id, current_user.token)
    flash(_("You are signed in here alone."), "success")
    return redirect(url_for("my_sign_in.overview"))
