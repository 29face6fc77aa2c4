"""The second half of a sign-in by password: the code of an authenticator app, or a spare code."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from wellbeing import second_factor, sign_in, site
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.second_factor import CodeRefused, Refusal
from wellbeing.web import half_way, unlocked
from wellbeing.web.access import public
from wellbeing.web.entering import enter
from wellbeing.web.own_path import own_path
from wellbeing.web.second_factor_forms import AppCodeForm, SpareCodeForm, sentence

bp = Blueprint("second_factor", __name__)

_STATUSES = {Refusal.WRONG: 401, Refusal.USED: 401, Refusal.LOCKED: 429}


@bp.get("/sign-in/second")
@public
def ask() -> ResponseReturnValue:
    """Ask whoever has typed their password for their second factor; it says nothing of theirs yet."""
    person = _waiting()
    if person is None:
        return _too_late()
    return _page(person, AppCodeForm(formdata=None), SpareCodeForm(formdata=None))


def _waiting() -> Person | None:
    return sign_in.waiting(db.session(), half_way.token(), site.now())


def _too_late() -> ResponseReturnValue:
    flash(_("Type your password first. There are ten minutes for the second factor."))
    return redirect(url_for("auth.sign_in"))


def _page(person: Person, form: AppCodeForm, spare: SpareCodeForm, status: int = 200) -> ResponseReturnValue:
    known = second_factor.facts(db.session(), person.id)
    page = render_template(
        "auth/second.html", form=form, spare=spare, known=known, wanted=session.get(half_way.WANTED, "")
    )
    return page, status


@bp.post("/sign-in/second")
@public
def by_app() -> ResponseReturnValue:
    """Signed in, by the code that the app shows now."""
    person, form = _waiting(), AppCodeForm()
    if person is None:
        return _too_late()
    person_id = person.id
    if not form.validate():
        return _page(person, form, SpareCodeForm(formdata=None), 422)
    try:
        second_factor.check_app(db.session(), person_id, form.code.data or "", site.now())
    except CodeRefused as refused:
        form.code.errors = [sentence(refused)]
        return _page(person, form, SpareCodeForm(formdata=None), _STATUSES[refused.reason])
    return _go_in()


def _go_in() -> ResponseReturnValue:
    """Sign in under a token of its own; what waited is worth nothing from then on."""
    token, wanted = half_way.token(), session.get(half_way.WANTED, "")
    private = unlocked.held(token)
    found = sign_in.complete(db.session(), token, site.now())
    if found is None:
        return _too_late()
    enter(found)
    if private is not None:
        unlocked.keep_open(private)
    return redirect(own_path(wanted) or url_for("auth.home"))


@bp.post("/sign-in/second/spare")
@public
def by_spare_code() -> ResponseReturnValue:
    """Signed in, by a spare code, which is used up."""
    person, form = _waiting(), SpareCodeForm()
    if person is None:
        return _too_late()
    person_id = person.id
    if not form.validate():
        return _page(person, AppCodeForm(formdata=None), form, 422)
    try:
        left = second_factor.check_spare(db.session(), person_id, form.spare.data or "", site.now())
    except CodeRefused as refused:
        form.spare.errors = [sentence(refused, is_spare=True)]
        return _page(person, AppCodeForm(formdata=None), form, _STATUSES[refused.reason])
    answer = _go_in()
    flash(_left(left), "warning")
    return answer


def _left(number: int) -> str:
    if not number:
        return _("That was your last spare code. Make new ones under “Sign-in”.")
    return ngettext(
        "You have one spare code left. Make new ones under “Sign-in”.",
        "You have %(num)s spare codes left. If your phone is lost, set up another under “Sign-in”.",
        number,
    )
