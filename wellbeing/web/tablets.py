"""Tablets of my teams: enrol one with a code or its QR picture, rename one, revoke one."""

import segno
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import site, tablets
from wellbeing.audit import Act
from wellbeing.models.accounts import Level, Tablet
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.units import is_open
from wellbeing.web.access import requires, unit_or_404
from wellbeing.web.forms import UnitForm
from wellbeing.web.my_units import open_teams
from wellbeing.web.noted import noted

bp = Blueprint("tablets", __name__)


@bp.get("/tablets/")
@requires(Permission.ENROL_TABLET)
def tablets_of_my_teams() -> ResponseReturnValue:
    """The tablets of the teams I manage."""
    return _page()


def _page(refused: Tablet | None = None) -> str:
    teams = open_teams(Permission.ENROL_TABLET)
    found = tablets.of_units(db.session(), {team.id for team in teams})
    return render_template(
        "tablets/tablets.html",
        teams=teams,
        in_use=[tablet for tablet in found if tablet.revoked_on is None],
        revoked=[tablet for tablet in found if tablet.revoked_on],
        today=site.today(db.session()),
        longest=tablets.LONGEST_NAME,
        refused=refused,
    )


@bp.post("/tablets/code")
@requires(Permission.ENROL_TABLET)
def enrolment_code() -> ResponseReturnValue:
    """A fresh code that enrols one tablet; it is shown once, and no address ever holds it."""
    form = UnitForm()
    if not form.validate():
        abort(400)
    team = unit_or_404(form.unit.number, Permission.ENROL_TABLET)
    if team.level is not Level.TEAM or not is_open(db.session(), team):
        abort(404)
    name = team.name
    noted(Act.TABLET_CODE_MADE, unit_id=team.id)
    code = tablets.make_code(db.session(), team.id, site.now())
    address = f"{request.url_root}counter#code={code}"
    picture = segno.make(address, error="m").svg_data_uri(scale=6, border=2)
    return render_template("tablets/code.html", team=name, code=code, picture=picture)


@bp.post("/tablets/<int(max=2147483647):tablet_id>/name")
@requires(Permission.ENROL_TABLET)
def rename(tablet_id: int) -> ResponseReturnValue:
    """Another name for a tablet."""
    tablet = _tablet_or_404(tablet_id)
    if tablet.revoked_on:
        abort(404)
    noted(Act.TABLET_RENAMED, unit_id=tablet.unit_id)
    try:
        tablets.rename(db.session(), tablet, request.form.get("name", ""))
    except tablets.NameRefused:
        db.session.rollback()
        return _page(refused=tablet), 422
    flash(_("Saved. The tablet has its new name."), "success")
    return redirect(url_for("tablets.tablets_of_my_teams", _anchor=f"tablet-{tablet_id}"))


@bp.post("/tablets/<int(max=2147483647):tablet_id>/revoke")
@requires(Permission.ENROL_TABLET)
def revoke(tablet_id: int) -> ResponseReturnValue:
    """A tablet that speaks no more."""
    tablet = _tablet_or_404(tablet_id)
    if tablet.revoked_on is None:
        noted(Act.TABLET_REVOKED, unit_id=tablet.unit_id)
    tablets.revoke(db.session(), tablet_id, site.now())
    flash(_("The tablet is revoked. From now on it can neither read nor send anything."))
    return redirect(url_for("tablets.tablets_of_my_teams"))


def _tablet_or_404(tablet_id: int) -> Tablet:
    tablet = db.session.get(Tablet, tablet_id)
    if tablet is None:
        abort(404)
    unit_or_404(tablet.unit_id, Permission.ENROL_TABLET)
    return tablet
