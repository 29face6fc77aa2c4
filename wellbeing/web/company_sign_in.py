"""Signing in through the company: there, back, and once the question whether it is really you."""

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from wellbeing import clock, site
from wellbeing.company import identities, roles
from wellbeing.company.claims import Identity
from wellbeing.company.identities import Known, TakenAlready
from wellbeing.company.refusals import CompanyRefusal, Reason
from wellbeing.company.round_trip import SECONDS
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.storage import writing
from wellbeing.web import company_door, company_link
from wellbeing.web.access import public
from wellbeing.web.entering import enter
from wellbeing.web.forms import BaseForm
from wellbeing.web.own_path import own_path

bp = Blueprint("company_sign_in", __name__)

# Whom an e-mail address names, until they have said that it is them.
ASKED = "company_you"


@bp.app_context_processor
def for_templates() -> dict[str, object]:
    """Give the sign-in page and one's own the company's name."""
    return {"company_name": company_door.company_name}


@bp.get("/sign-in/company")
@public
def begin() -> ResponseReturnValue:
    """On to the provider."""
    return company_door.go(own_path(request.args.get("next")))


@bp.get("/sign-in/company/back")
@public
def back() -> ResponseReturnValue:
    """Back from the provider, with a code or an excuse; the address leads on at once to one without them."""
    kept = company_door.given()
    person_id = kept.get("person")
    try:
        identity = company_door.came_back(kept)
        with writing():
            if person_id is not None:
                return company_link.linked(person_id, identity)
            return _come_in(identity, kept.get("next"))
    except CompanyRefusal as refused:
        return company_door.refuse(refused, person_id if current_user.is_authenticated else None)


def _come_in(identity: Identity, wanted: str | None) -> ResponseReturnValue:
    found = identities.known(db.session(), identity)
    mapped = roles.mapped_by(db.session(), identity.groups)
    if found is None:
        raise CompanyRefusal(Reason.UNKNOWN)
    if found.is_linked:
        return _enter(found.person_id, mapped, wanted)
    return _ask(found, identity, mapped, wanted)


def _enter(person_id: int, mapped: frozenset[int], wanted: str | None) -> ResponseReturnValue:
    entered = identities.enter(db.session(), person_id, mapped, site.now())
    if entered is None:
        raise CompanyRefusal(Reason.UNKNOWN)
    enter(entered)
    return redirect(own_path(wanted) or url_for("auth.home"))


def _ask(found: Known, identity: Identity, mapped: frozenset[int], wanted: str | None) -> ResponseReturnValue:
    """Show somebody by name whose account their e-mail address names, before it becomes theirs.

    People choose their sign-in names: somebody could have taken a colleague's address for theirs, and would
    get the colleague's roles.
    """
    session[ASKED] = {
        "person": found.person_id,
        "subject": identity.subject,
        "mapped": sorted(mapped),
        "next": wanted,
        "at": int(clock.now().timestamp()),
    }
    db.session.rollback()
    return redirect(url_for("company_sign_in.you"))


@bp.get("/sign-in/company/you")
@public
def you() -> ResponseReturnValue:
    """Whether the account that one's e-mail address names is one's own."""
    company_door.provider()
    asked = session.get(ASKED)
    person = db.session.get(Person, asked["person"]) if asked else None
    if person is None or not person.active:
        return company_door.refuse(CompanyRefusal(Reason.OVER))
    return render_template("company/you.html", person=person, form=BaseForm(formdata=None))


@bp.post("/sign-in/company/you")
@public
def it_is_me() -> ResponseReturnValue:
    """It is: linked from now on, and signed in."""
    issuer = company_door.provider().company.issuer
    asked = session.pop(ASKED, None)
    if asked is None or clock.now().timestamp() - asked["at"] > SECONDS:
        return company_door.refuse(CompanyRefusal(Reason.OVER))
    if request.form.get("me") != "yes":
        return redirect(url_for("company_sign_in.unknown"))
    try:
        identities.link(db.session(), asked["person"], issuer, asked["subject"], site.today(db.session()))
        return _enter(asked["person"], frozenset(asked["mapped"]), asked["next"])
    except (TakenAlready, CompanyRefusal):
        db.session.rollback()
        return company_door.refuse(CompanyRefusal(Reason.UNKNOWN))


@bp.get("/sign-in/company/unknown")
@public
def unknown() -> ResponseReturnValue:
    """What to do where nobody here is known under it: the same page, whoever has an account or had one."""
    if company_door.company_name() is None:
        abort(404)
    return render_template("company/unknown.html")
