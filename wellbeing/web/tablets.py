"""Tablets of my teams: enrol one with a code or its QR picture, revoke one."""

import segno
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import site, tablets
from wellbeing.models.accounts import Level, Tablet, Unit
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.units import below, opening
from wellbeing.web.access import requires, unit_or_404, units_with
from wellbeing.web.forms import UnitForm

bp = Blueprint("tablets", __name__)


@bp.get("/tablets/")
@requires(Permission.ENROL_TABLET)
def tablets_of_my_teams() -> ResponseReturnValue:
    """The tablets of the teams I manage."""
    teams = _taking_tablets(below(db.session(), units_with(Permission.ENROL_TABLET)))
    found = tablets.of_units(db.session(), {team.id for team in teams})
    return render_template("tablets/tablets.html", teams=teams, tablets=found)


def _taking_tablets(units: list[Unit]) -> list[Unit]:
    """Return the teams among some units that are open by now and still."""
    planned = opening(db.session())
    return [
        unit
        for unit in units
        if unit.level is Level.TEAM and unit.closed_on is None and unit.id not in planned
    ]


@bp.post("/tablets/code")
@requires(Permission.ENROL_TABLET)
def enrolment_code() -> ResponseReturnValue:
    """A fresh code that enrols one tablet; it is shown once, and no address ever holds it."""
    form = UnitForm()
    if not form.validate():
        abort(400)
    team = unit_or_404(form.unit.number, Permission.ENROL_TABLET)
    if not _taking_tablets([team]):
        abort(404)
    name = team.name
    code = tablets.make_code(db.session(), team.id, site.now())
    address = f"{request.url_root}counter#code={code}"
    picture = segno.make(address, error="m").svg_data_uri(scale=6, border=2)
    return render_template("tablets/code.html", team=name, code=code, picture=picture)


@bp.post("/tablets/<int(max=2147483647):tablet_id>/revoke")
@requires(Permission.ENROL_TABLET)
def revoke(tablet_id: int) -> ResponseReturnValue:
    """A tablet that speaks no more."""
    tablet = db.session.get(Tablet, tablet_id)
    if tablet is None:
        abort(404)
    unit_or_404(tablet.unit_id, Permission.ENROL_TABLET)
    tablets.revoke(db.session(), tablet_id, site.now())
    flash(_("The tablet is revoked. It shows nothing from now on."))
    return redirect(url_for("tablets.tablets_of_my_teams"))
