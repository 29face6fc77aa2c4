"""The front door: signing in and out, a first password, the language."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user, login_user, logout_user

from wellbeing import sign_in as signing
from wellbeing import site
from wellbeing.codes import CodeRefused
from wellbeing.extensions import LANGUAGES, login
from wellbeing.models.base import db
from wellbeing.passwords import PasswordRefused
from wellbeing.web import checkup_reminder, navigation
from wellbeing.web.access import public, signed_in
from wellbeing.web.forms import CodeForm, FirstTimeForm, SignInForm

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
    """The first page: the menu's first for people who are signed in, a welcome for others."""
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
    except signing.SignInRefused as refused:
        form.password.errors = [refused.sentence]
        return render_template("auth/sign_in.html", form=form), _STATUSES[refused.reason]
    return _enter(found, form.next.data)


_STATUSES = {signing.Refusal.WRONG: 401, signing.Refusal.LOCKED: 429}


def _enter(found: signing.SignedIn, wanted: str = "") -> ResponseReturnValue:
    """Begin a fresh session, so that no cookie from before the sign-in is worth anything."""
    chosen = session.get("language") or found.person.language
    session.clear()
    if chosen:
        session["language"] = chosen
    login_user(found)
    checkup_reminder.remember(found.person.id)
    return redirect(wanted if is_own_path(wanted) else url_for("auth.home"))


def is_own_path(wanted: str | None) -> bool:
    """Tell whether an address is a path of this site, which a browser cannot read as another's."""
    if not wanted or not wanted.startswith("/") or wanted[1:2] in ("/", "\\") or not wanted.isprintable():
        return False
    parts = urlsplit(wanted)
    return not parts.scheme and not parts.netloc


@bp.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """Sign this browser out."""
    signing.sign_out(db.session(), current_user.token)
    return _leave(_("You are signed out."))


@bp.post("/sign-out-everywhere")
@signed_in
def sign_out_everywhere() -> ResponseReturnValue:
    """Sign every browser of this person out."""
    signing.sign_out_everywhere(db.session(), current_user.id)
    return _leave(_("You are signed out here and everywhere else."))


def _leave(sentence: str) -> ResponseReturnValue:
    chosen = session.get("language")
    logout_user()
    session.clear()
    if chosen:
        session["language"] = chosen
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
        if not form.validate():
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
        return _enter(found)
    return _choosing(form, chooser, 422)


def _choosing(form: FirstTimeForm, chooser: signing.Chooser, status: int = 200) -> ResponseReturnValue:
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
    return redirect(wanted if is_own_path(wanted) else url_for("auth.home"))
