"""The front door: signing in and out, a first password, the language."""

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from wellbeing import phones, site
from wellbeing import sign_in as signing
from wellbeing.codes import CodeRefused
from wellbeing.diary import opening
from wellbeing.extensions import LANGUAGES, login
from wellbeing.models.base import db
from wellbeing.passwords import PasswordRefused
from wellbeing.tries import Refusal, SignInRefused
from wellbeing.web import agreed, asked_again, diary_begun, half_way, navigation, unlocked
from wellbeing.web.access import public, signed_in
from wellbeing.web.entering import enter, leave, tell_of_passkeys
from wellbeing.web.first_time_form import CodeForm, FirstTimeForm
from wellbeing.web.forms import SignInForm
from wellbeing.web.own_path import own_path

bp = Blueprint("auth", __name__)

login.login_view = "auth.sign_in"
login.login_message = _l("Sign in to open this page.")
login.localize_callback = str
# Nothing about the network or the browser is kept, not even as a hash.
login.session_protection = None


@login.user_loader
def load(token: str) -> signing.SignedIn | None:
    """Return who sits at a browser, by the token in its cookie."""
    return signing.signed_in(db.session(), token, site.now())


@bp.app_context_processor
def menu_for_templates() -> dict[str, object]:
    """Give every template the main menu, and the pages about oneself."""
    return {"menu": navigation.menu, "own_pages": navigation.own_pages}


@bp.get("/")
@public
def home() -> ResponseReturnValue:
    """The first page: the menu's first for people who are signed in, a welcome for others.

    For whoever runs the organisation it is the set-up, as long as figures wait for it.
    """
    if agreed.awaits_me():
        return redirect(url_for("setup.setup"))
    pages = navigation.menu()
    if pages:
        return redirect(pages[0].url)
    return render_template("auth/home.html")


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Sign-in name and password."""
    form = SignInForm(next=request.args.get("next", ""))
    if not form.validate_on_submit():
        return render_template("auth/sign_in.html", form=form), 422 if form.is_submitted() else 200
    try:
        found = signing.sign_in(db.session(), form.login.data, form.password.data, site.now())
    except SignInRefused as refused:
        form.password.errors = [refused.sentence]
        return render_template("auth/sign_in.html", form=form), _STATUSES[refused.reason]
    if not found.complete:
        half_way.begin(found, form.password.data or "", form.next.data)
        return redirect(url_for("second_factor.ask"))
    enter(found)
    unlocked.open_at_sign_in(form.password.data or "")
    return redirect(own_path(form.next.data) or url_for("auth.home"))


_STATUSES = {Refusal.WRONG: 401, Refusal.LOCKED: 429}


@bp.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """Sign this browser out."""
    signing.sign_out(db.session(), current_user.token)
    return _leave(_("You are signed out."))


@bp.post("/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    """Sign every browser of this person out, and if they like refuse their own phones."""
    if request.form.get("phones"):
        phones.remove_all(db.session(), current_user.id)
    signing.sign_out_everywhere(db.session(), current_user.id)
    return _leave(_("You are signed out here and everywhere else."))


def _leave(sentence: str) -> ResponseReturnValue:
    leave()
    flash(sentence)
    return redirect(url_for("auth.home"))


@bp.route("/first-time", methods=["GET", "POST"])
@public
def first_time() -> ResponseReturnValue:
    """A one-time code, for somebody who has no password or forgot it."""
    form = CodeForm()
    if not form.validate_on_submit():
        return render_template("auth/first_time.html", form=form), 422 if form.is_submitted() else 200
    try:
        chooser = signing.whose_code(db.session(), form.code.data, site.now())
    except CodeRefused as refused:
        return _code_refused(form, refused)
    return _choosing(FirstTimeForm(formdata=None, code=form.code.data, login=chooser.login or ""), chooser)


@bp.post("/first-time/password")
@public
def first_password() -> ResponseReturnValue:
    """The password that a code allows to choose."""
    form = FirstTimeForm()
    db_session = db.session()
    try:
        chooser = signing.whose_code(db_session, form.code.data or "", site.now())
        if not _is_good(form, chooser):
            return _choosing(form, chooser, 422)
        found = signing.choose_password(
            db_session, form.code.data, form.login.data, form.password.data, site.now()
        )
    except CodeRefused as refused:
        return _code_refused(CodeForm(formdata=None), refused)
    except PasswordRefused as refused:
        form.password.errors = [refused.sentence]
    except signing.LoginTaken:
        form.login.errors = [_("Somebody else has this sign-in name. Choose another.")]
    else:
        return _begin(found, form, chooser)
    return _choosing(form, chooser, 422)


def _leave_out(form: FirstTimeForm, chooser: signing.Chooser) -> None:
    """Ask for the PIN of those who are here for the first time and have one, and whether they want a diary.

    Whoever had a password before begins a diary on its own page: here the question would tell whoever made
    the code that they have none yet.
    """
    if not chooser.shows_pin:
        form.leave_out_pin()
    if not chooser.shows_pin or chooser.has_diary:
        form.leave_out_diary()


def _is_good(form: FirstTimeForm, chooser: signing.Chooser) -> bool:
    """Tell whether the form is good, and whoever has a PIN knows it: somebody else made the code."""
    _leave_out(form, chooser)
    return form.validate() and (form.pin is None or asked_again.knows_pin(form, chooser.id))


def _begin(found: signing.SignedIn, form: FirstTimeForm, chooser: signing.Chooser) -> ResponseReturnValue:
    """Go in with the new password: to a new diary's recovery code, and staff to setting up their phone."""
    enter(found)
    to_phone = chooser.is_first and not found.grants
    wanted = request.script_root + "/my/phone" if to_phone else url_for("auth.home")
    if not chooser.is_first:
        # The same for everybody: nobody who made the code learns from it what there is.
        flash(_("Your new password is saved."), "success")
        flash(_("If you had an own phone, set it up anew. A diary asks for its recovery code once."))
    tell_of_passkeys(found.id)
    if form.pin is not None:
        asked_again.remember_pin()
    if not form.wants_diary:
        return redirect(wanted)
    begun = opening.begin(db.session(), found.id, form.password.data)
    return diary_begun.begun_page(begun, wanted)


def _choosing(form: FirstTimeForm, chooser: signing.Chooser, status: int = 200) -> ResponseReturnValue:
    _leave_out(form, chooser)
    return render_template("auth/first_password.html", form=form, chooser=chooser), status


def _code_refused(form: CodeForm, refused: CodeRefused) -> ResponseReturnValue:
    form.code.errors = [refused.sentence]
    return render_template("auth/first_time.html", form=form), 422


@bp.post("/language")
@public
def choose_language() -> ResponseReturnValue:
    """The language to speak from now on."""
    chosen, wanted = request.form.get("language"), request.form.get("next", "")
    if chosen not in LANGUAGES:
        abort(400)
    session["language"] = chosen
    return redirect(own_path(wanted) or url_for("auth.home"))
