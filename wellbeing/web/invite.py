"""Codes for many at once, on a sheet to print: made once, shown once, and kept nowhere."""

import segno
from flask import Blueprint, Response, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import directory, site
from wellbeing.models.accounts import CodePurpose, Person, Unit
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.staffing import inviting
from wellbeing.units import below
from wellbeing.web.access import may_reset, requires, unit_or_404, units_with
from wellbeing.web.forms import whole_number
from wellbeing.web.roster_forms import InviteForm

bp = Blueprint("invite", __name__)


@bp.get("/admin/people/invite")
@requires(Permission.ADMINISTER)
def invite() -> ResponseReturnValue:
    """Who of a unit gets codes; first the unit."""
    unit_id = whole_number(request.args.get("unit", ""))
    if unit_id is None:
        counts = directory.headcounts(db.session())
        mine = below(db.session(), units_with(Permission.ADMINISTER))
        units = [unit for unit in mine if unit.id in counts]
        return render_template("roster/invite_unit.html", units=units, counts=counts)
    unit = unit_or_404(unit_id, Permission.ADMINISTER)
    people = _reached(unit)
    form = InviteForm(formdata=None, unit=unit.id, pin=True)
    form.people.data = [person.id for person in people if person.pin_mac is None]
    return _page(unit, people, form)


def _reached(unit: Unit) -> list[Person]:
    return [person for person in directory.in_unit(db.session(), unit.id) if may_reset(person)]


def _page(unit: Unit, people: list[Person], form: InviteForm, refused: str = "") -> str:
    return render_template("roster/invite.html", unit=unit, people=people, form=form, refused=refused)


@bp.post("/admin/people/invite")
@requires(Permission.ADMINISTER)
def sheet() -> ResponseReturnValue:
    """The sheet itself."""
    form = InviteForm()
    unit = unit_or_404(form.unit.number, Permission.ADMINISTER)
    people, ticked = _reached(unit), set(form.people.data)
    chosen = [person for person in people if person.id in ticked]
    if refused := _refusal(form, chosen, ticked):
        return _page(unit, people, form, refused), 422
    purposes = [
        purpose
        for purpose, wanted in ((CodePurpose.PIN, form.pin), (CodePurpose.PASSWORD, form.password))
        if wanted.data
    ]
    name = unit.name
    made = inviting.invite(db.session(), chosen, purposes, current_user.id, site.now())
    return _sheet(name, made)


def _refusal(form: InviteForm, chosen: list[Person], ticked: set[int]) -> str:
    if not form.validate() or len(chosen) != len(ticked):
        return _("Choose the people from the list.")
    if not chosen:
        return _("Tick whom to invite.")
    if len(chosen) > inviting.MOST:
        return _("At most %(most)s people on one sheet. Tick fewer.", most=inviting.MOST)
    if not (form.pin.data or form.password.data):
        return _("Tick what the codes are for.")
    return ""


def _sheet(unit: str, made: list[inviting.Invitation]) -> Response:
    address = url_for("auth.first_time", _external=True)
    pictures = [
        segno.make(f"{address}#code={one.password_code}", error="m").svg_data_uri(scale=4, border=2)
        if one.password_code
        else ""
        for one in made
    ]
    page = render_template(
        "roster/sheet.html", unit=unit, invitations=list(zip(made, pictures, strict=True)), address=address
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer
