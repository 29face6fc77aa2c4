"""Asking whoever is signed in to show once more who they are, before their ways in change."""

from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import sign_in, site
from wellbeing.models.accounts import SignInMethod
from wellbeing.models.base import db
from wellbeing.tries import SignInRefused
from wellbeing.web import asked_again
from wellbeing.web.second_factor_forms import AgainForm


def form(*, new: bool = False) -> AgainForm | None:
    """Return a form that asks for the password, or for none of whoever signed in just now without it.

    A `new` way in may also be begun by whoever has just typed it. None for somebody who has no password, and
    signed in too long ago.
    """
    person = current_user.person
    found = AgainForm()
    if sign_in.is_fresh(db.session(), current_user.token, site.now()) and (
        new or current_user.method is not SignInMethod.PASSWORD
    ):
        found.leave_out_password()
        return found
    return found if person.password_hash else None


def is_right(asked: AgainForm) -> bool:
    """Tell whether a form is good and its password, if asked for, right; if not, it says why. Commits."""
    if not asked.validate():
        return False
    if asked.password:
        try:
            sign_in.confirm(db.session(), current_user.id, asked.password.data or "", site.now())
        except SignInRefused as refused:
            asked.password.errors = [asked_again.sentence(refused)]
            return False
    return True


def too_long_ago() -> str:
    """Return what to tell somebody who has to sign in again first."""
    return _("You signed in more than 15 minutes ago. Sign in again first.")
