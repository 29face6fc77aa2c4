"""One's own company sign-in: connected by whoever shows the password again, and ended at will."""

from flask import Blueprint, flash, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import clock, site
from wellbeing import sign_in as signing
from wellbeing.company import identities
from wellbeing.company.identities import OnlyWayIn
from wellbeing.company.round_trip import SECONDS
from wellbeing.models.base import db
from wellbeing.tries import SignInRefused
from wellbeing.web import asked_again, company_door
from wellbeing.web.access import signed_in
from wellbeing.web.company_forms import ConnectForm

bp = Blueprint("my_company", __name__)

# When whoever is signed in showed the password again, in seconds since 1970.
SHOWN = "company_shown"


@bp.get("/my/sign-in/company")
@signed_in
def overview() -> ResponseReturnValue:
    """Whether one is connected, and how to be."""
    company_door.provider()
    return _page(ConnectForm(formdata=None))


def _page(form: ConnectForm, status: int = 200) -> ResponseReturnValue:
    mine = identities.of_person(db.session(), current_user.id, company_door.provider().company.issuer)
    return render_template(
        "company/mine.html",
        form=form,
        linked=mine,
        has_password=current_user.person.password_hash is not None,
        has_shown=_has_shown(),
    ), status


def _has_shown() -> bool:
    return 0 <= clock.now().timestamp() - session.get(SHOWN, 0) <= SECONDS


@bp.post("/my/sign-in/company")
@signed_in
def show() -> ResponseReturnValue:
    """The password again, or else a sign-in of just now: a browser that was left alone links nobody."""
    company_door.provider()
    form = ConnectForm()
    if current_user.person.password_hash is None:
        if not signing.is_fresh(db.session(), current_user.token, site.now()):
            flash(_("You signed in more than 15 minutes ago. Sign in again, then connect."), "error")
            return redirect(url_for("my_company.overview"))
    elif not _knows_password(form):
        return _page(form, 422)
    session[SHOWN] = int(clock.now().timestamp())
    return redirect(url_for("my_company.overview"))


def _knows_password(form: ConnectForm) -> bool:
    if not form.validate():
        return False
    try:
        signing.confirm(db.session(), current_user.id, form.password.data or "", site.now())
    except SignInRefused as refused:
        form.password.errors = [asked_again.sentence(refused)]
        return False
    return True


@bp.get("/my/sign-in/company/go")
@signed_in
def go() -> ResponseReturnValue:
    """On to the provider, to be connected."""
    company_door.provider()
    if not _has_shown():
        return redirect(url_for("my_company.overview"))
    session.pop(SHOWN)
    return company_door.go(None, current_user.id)


@bp.post("/my/sign-in/company/end")
@signed_in
def end() -> ResponseReturnValue:
    """Connected no more, and without the roles that groups brought."""
    issuer = company_door.provider().company.issuer
    try:
        gone = identities.unlink(db.session(), current_user.id, issuer, site.now())
    except OnlyWayIn:
        db.session.rollback()
        flash(_("This is your only way to sign in: choose a password or add a passkey first."), "error")
    else:
        if gone:
            flash(_("Disconnected. Roles that groups of the company brought are gone with it."), "success")
    return redirect(url_for("my_company.overview"))
