"""Asking somebody who is signed in for what only they know, before what cannot be undone."""

from typing import Any

from flask import session
from flask_babel import gettext as _

from wellbeing import own_pin, site
from wellbeing.models.base import db
from wellbeing.sign_in import confirm
from wellbeing.tries import Refusal, SignInRefused
from wellbeing.web.diary_forms import BeginAnewForm, BeginForm

PIN_SHOWN = "pin_shown"


def knows_pin_and_password(form: BeginForm | BeginAnewForm, person_id: int) -> bool:
    """Tell whether a form is good, its PIN and its password right; if not, the fields say why. Commits."""
    if not form.validate() or not knows_pin(form, person_id):
        return False
    if form.password:
        try:
            confirm(db.session(), person_id, form.password.data or "", site.now())
        except SignInRefused as refused:
            form.password.errors = [sentence(refused)]
            return False
    remember_pin()
    return True


def knows_pin(form: Any, person_id: int) -> bool:
    """Tell whether a form's PIN is somebody's own; if not, the field says why. Commits."""
    try:
        if own_pin.is_right(db.session(), person_id, form.pin.data or "", site.now()):
            return True
        form.pin.errors = [_("This is not your PIN.")]
    except own_pin.NoPin:
        form.pin.errors = [_("You have no PIN yet. Choose one at the tablet first.")]
    except SignInRefused:
        form.pin.errors = [
            _("Too many wrong tries. Wait 15 minutes, or a day after ten of them, then try again.")
        ]
    return False


def remember_pin() -> None:
    """Note in this browser's session that whoever is signed in has shown their PIN; a sign-in forgets it."""
    session[PIN_SHOWN] = True


def has_shown_pin() -> bool:
    """Tell whether whoever is signed in has shown their PIN in this browser since then."""
    return PIN_SHOWN in session


def sentence(refused: SignInRefused) -> str:
    """Return what to tell somebody whose own password was refused."""
    if refused.reason is Refusal.LOCKED:
        return str(refused.sentence)
    return _("This is not your password.")
