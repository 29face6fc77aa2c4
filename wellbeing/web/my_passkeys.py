"""One's own passkeys: added from a page of one's own or with a one-time code, named, removed."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.datastructures import MultiDict

from wellbeing import passkey_answers, passkeys, site
from wellbeing import sign_in as signing
from wellbeing.codes import CodeRefused
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryKey
from wellbeing.web import asked_again, passkey_asking, unlocked
from wellbeing.web.access import public, signed_in
from wellbeing.web.entering import tell_of_passkeys
from wellbeing.web.first_time_form import FirstTimeForm
from wellbeing.web.passkey_asking import Answered, Said, text_in
from wellbeing.web.passkey_forms import NameForm, PasskeyForm, RenameForm

bp = Blueprint("my_passkeys", __name__)
passkey_asking.answer_in_json(bp)


@bp.app_context_processor
def for_templates() -> dict[str, object]:
    """Give the pages that include something about passkeys what they need to know."""
    return {"my_passkeys": mine}


def mine() -> dict[str, Any]:
    """Return the signed-in person's passkeys, and what can be done about them in this browser now."""
    return {
        "all": passkeys.of_person(db.session(), current_user.id),
        "form": NameForm(formdata=None, name=_("My phone")),
        "is_fresh": signing.is_fresh(db.session(), current_user.token, site.now()),
        "has_diary": db.session.get(DiaryKey, current_user.id) is not None,
        "is_open": unlocked.private_key() is not None,
    }


@bp.post("/my/passkeys/new")
@signed_in
def ask() -> ResponseReturnValue:
    """What a browser needs to make a passkey of mine."""
    _refuse_stale()
    _name(passkey_asking.body_of_request())
    return jsonify(_to_make(current_user.person))


def _refuse_stale() -> None:
    """Whoever finds a browser that somebody left must not give themselves a way in for good."""
    if not signing.is_fresh(db.session(), current_user.token, site.now()):
        raise Said(_("You signed in more than 15 minutes ago. Sign in again, then add the passkey."), 403)


def _name(body: Mapping[str, Any]) -> str:
    form = NameForm(MultiDict({"name": text_in(body, "name")}))
    if not form.validate():
        raise Said(str(form.name.errors[0]))
    return str(form.name.data)


def _to_make(person: Person) -> dict[str, Any]:
    party, challenge = passkey_asking.given()
    try:
        return passkeys.to_make(db.session(), party, person, challenge)
    except passkeys.TooMany:
        raise Said(_("You have ten passkeys. Remove one first.")) from None


@bp.post("/my/passkeys/add")
@signed_in
def add() -> ResponseReturnValue:
    """A new passkey of mine; where the diary is open and the passkey can, it opens that too."""
    told = passkey_asking.answered()
    _refuse_stale()
    opens = _keep(told, current_user.id, unlocked.private_key())
    db.session.commit()
    flash(
        _("Your passkey is added. It signs you in, and opens your diary.") if opens else _added(), "success"
    )
    return jsonify(go=passkey_asking.my_page(), again=unlocked.private_key() is not None and not opens)


def _added() -> str:
    return _("Your passkey is added. It signs you in from now on.")


def _keep(told: Answered, person_id: int, private: bytes | None = None) -> bool:
    """Keep a new passkey, and tell whether it opens a diary that is open here."""
    name, made = _name(told.body), passkey_answers.made(told.party, told.challenge, told.answer)
    try:
        passkey = passkeys.add(db.session(), person_id, name, made, site.today(db.session()))
    except passkeys.KnownAlready:
        raise Said(_("This passkey is here already."), 409) from None
    if private is None or made.secret is None:
        return False
    passkeys.let_open(passkey, made.secret, private)
    return True


@bp.post("/first-time/passkey/ask")
@public
def ask_first() -> ResponseReturnValue:
    """What a browser needs to make a passkey in place of a password, for somebody who holds a code."""
    body = passkey_asking.body_of_request()
    chooser = _chooser(body)
    _name(body)
    return jsonify(_to_make(db.session.get_one(Person, chooser.id)))


def _chooser(body: Mapping[str, Any]) -> signing.Chooser:
    try:
        chooser = signing.whose_code(db.session(), text_in(body, "code"), site.now())
    except CodeRefused as refused:
        raise Said(str(refused.sentence)) from None
    form = FirstTimeForm(MultiDict({name: text_in(body, name) for name in ("login", "pin")}))
    if not (chooser.login or form.login.validate(form, [FirstTimeForm.validate_login])):
        raise Said(str(form.login.errors[0]))
    if chooser.shows_pin and not asked_again.knows_pin(form, chooser.id):
        raise Said(str(form.pin.errors[0]))
    return chooser


@bp.post("/first-time/passkey")
@public
def first() -> ResponseReturnValue:
    """Signed in for the first time, by a passkey in place of a password."""
    told = passkey_asking.answered()
    chooser = _chooser(told.body)
    try:
        signing.use_code(db.session(), told.text("code"), told.text("login"), site.now())
    except signing.LoginTaken:
        raise Said(_("Somebody else has this sign-in name. Choose another.")) from None
    _keep(told, chooser.id)
    entered = passkey_asking.go_in(chooser.id)
    if chooser.shows_pin:
        asked_again.remember_pin()
    flash(_added(), "success")
    tell_of_passkeys(chooser.id, just_made=1)
    return jsonify(go=_onward(chooser, entered))


def _onward(chooser: signing.Chooser, entered: signing.SignedIn) -> str:
    """Return what comes next: whether a diary is wanted, and for staff the setting up of their phone."""
    to_phone = chooser.is_first and not entered.grants
    onward = request.script_root + "/my/phone" if to_phone else url_for("auth.home")
    may_begin = chooser.has_pin and not chooser.has_diary
    return url_for("my_diary.diary", next=onward) if may_begin else onward


@bp.post("/my/passkeys/name")
@signed_in
def rename() -> ResponseReturnValue:
    """Another name for one of my passkeys."""
    form = RenameForm()
    if not form.validate():
        return render_template("passkeys/name.html", form=form), 422
    if not passkeys.rename(db.session(), current_user.id, form.passkey.number, form.name.data or ""):
        abort(404)
    flash(_("Saved."), "success")
    return redirect(passkey_asking.my_page())


@bp.post("/my/passkeys/remove")
@signed_in
def remove() -> ResponseReturnValue:
    """One of my passkeys opens nothing any more."""
    form = PasskeyForm()
    if not form.validate():
        abort(400)
    try:
        gone = passkeys.remove(db.session(), current_user.id, form.passkey.number)
    except passkeys.OnlyWayIn:
        db.session.rollback()
        flash(_("This is your only way to sign in: add another passkey first."), "error")
        return redirect(passkey_asking.my_page())
    if not gone:
        abort(404)
    flash(_("The passkey is removed here. Your device may still list it: delete it there, too."), "success")
    return redirect(passkey_asking.my_page())
