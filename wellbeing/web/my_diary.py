"""The door of one's own diary: begin it, open it, its recovery code, and beginning anew."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from wellbeing import site
from wellbeing.diary import agreements, door, opening
from wellbeing.diary.wraps import WrongSecret
from wellbeing.models.base import db
from wellbeing.tries import Refusal, SignInRefused
from wellbeing.web import asked_again, diary_begun, unlocked
from wellbeing.web.access import signed_in
from wellbeing.web.diary_forms import BeginAnewForm, BeginForm, OpenByCodeForm, OpenForm
from wellbeing.web.own_path import own_path

bp = Blueprint("my_diary", __name__)


@bp.get("/my/open")
@signed_in
def open_diary() -> ResponseReturnValue:
    """Ask for what opens the diary; whoever has none is asked whether to begin one."""
    wanted = request.args.get("next", "")
    if unlocked.private_key() is not None:
        return redirect(diary_begun.onward(wanted))
    known = door.facts(db.session(), current_user.id)
    if not known.has_diary:
        return redirect(url_for("my_diary.diary", next=own_path(wanted)))
    return _door(OpenForm(formdata=None, next=wanted), OpenByCodeForm(formdata=None, next=wanted))


def _door(by_password: OpenForm, by_code: OpenByCodeForm, status: int = 200) -> ResponseReturnValue:
    known = door.facts(db.session(), current_user.id)
    page = render_template("mine/open.html", form=by_password, code_form=by_code, known=known)
    return page, status


@bp.post("/my/open")
@signed_in
def open_by_password() -> ResponseReturnValue:
    """The diary opened by the password."""
    form = OpenForm()
    if form.validate():
        try:
            password = form.password.data or ""
            private = door.with_password(db.session(), current_user.id, password, site.now())
        except SignInRefused as refused:
            form.password.errors = [asked_again.sentence(refused)]
        else:
            unlocked.keep_open(private)
            return redirect(diary_begun.onward(form.next.data))
    return _door(form, OpenByCodeForm(formdata=None, next=form.next.data), 422)


@bp.post("/my/open/code")
@signed_in
def open_by_code() -> ResponseReturnValue:
    """The diary opened by its recovery code."""
    form = OpenByCodeForm()
    if form.validate():
        code, password = form.code.data or "", form.code_password.data or ""
        try:
            private = door.with_code(db.session(), current_user.id, code, password, site.now())
        except WrongSecret:
            form.code.errors = [_("This recovery code does not open your diary. Check each character.")]
        except SignInRefused as refused:
            field = form.code if refused.reason is Refusal.LOCKED else form.code_password
            field.errors = [asked_again.sentence(refused)]
        else:
            unlocked.keep_open(private)
            return redirect(diary_begun.onward(form.next.data))
    return _door(OpenForm(formdata=None, next=form.next.data), form, 422)


@bp.get("/my/diary")
@signed_in
def diary() -> ResponseReturnValue:
    """What a diary is and how to begin one; who has one finds what renews it."""
    return _diary(BeginForm(formdata=None, next=own_path(request.args.get("next")) or ""))


def _diary(form: BeginForm, status: int = 200) -> ResponseReturnValue:
    known = door.facts(db.session(), current_user.id)
    is_open = unlocked.private_key() is not None
    diary = opening.diary_of(db.session(), current_user.id) if known.has_diary else None
    agreed = agreements.version(diary.agreed_version) if diary else None
    page = render_template("mine/diary.html", form=form, known=known, is_open=is_open, agreed=agreed)
    return page, status


@bp.post("/my/diary")
@signed_in
def begin() -> ResponseReturnValue:
    """A new diary, for somebody who has none."""
    person_id, form = current_user.id, BeginForm()
    known = door.facts(db.session(), person_id)
    if not known.has_diary:
        if not known.password_hash:
            del form.password
        if not asked_again.knows_pin_and_password(form, person_id):
            return _diary(form, 422)
        try:
            begun = opening.begin(db.session(), person_id, _password(form))
        except IntegrityError:  # Another tap on the same button was quicker.
            db.session.rollback()
        else:
            return diary_begun.begun_page(begun, form.next.data)
    flash(_("You have a diary already."), "warning")
    return redirect(url_for("my_diary.diary"))


def _password(form: BeginForm | BeginAnewForm) -> str | None:
    return form.password.data if form.password else None


@bp.post("/my/diary/code")
@unlocked.with_open_diary
def new_code() -> ResponseReturnValue:
    """A new recovery code; the one before opens nothing any more."""
    private, found = unlocked.private_key(), opening.diary_of(db.session(), current_user.id)
    if private is None or found is None:
        abort(404)
    code = opening.new_recovery_code(found, private)
    db.session.commit()
    return diary_begun.code_page(code)


@bp.get("/my/diary/anew")
@signed_in
def anew() -> ResponseReturnValue:
    """What goes when a diary is begun anew."""
    return _anew(BeginAnewForm(formdata=None))


def _anew(form: BeginAnewForm, status: int = 200) -> ResponseReturnValue:
    known = door.facts(db.session(), current_user.id)
    if not known.has_diary:
        return redirect(url_for("my_diary.diary"))
    if not known.password_hash:
        del form.password
    return render_template("mine/anew.html", form=form), status


@bp.post("/my/diary/anew")
@signed_in
def begin_anew() -> ResponseReturnValue:
    """The old diary deleted with all that is in it, and a new one begun."""
    person_id, form = current_user.id, BeginAnewForm()
    if not door.facts(db.session(), person_id).password_hash:
        del form.password
    if not asked_again.knows_pin_and_password(form, person_id):
        return _anew(form, 422)
    server_key = site.config().secrets.server_key
    begun = door.begin_anew(db.session(), server_key, person_id, _password(form))
    return diary_begun.begun_page(begun)
