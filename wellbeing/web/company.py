"""Company sign-in for the organisation's admins: is it there, does it answer, which group brings what."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from wellbeing import site
from wellbeing.audit import Act
from wellbeing.company import roles
from wellbeing.company.refusals import CompanyRefusal, Detail
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.models.company import CompanyIdentity, RoleMapping
from wellbeing.permissions import Permission, Role
from wellbeing.units import below, open_ones, read_tree
from wellbeing.web import company_door
from wellbeing.web.access import everywhere_or_404, requires
from wellbeing.web.company_forms import ROLES, MappingForm, UnmapForm
from wellbeing.web.noted import noted

bp = Blueprint("company", __name__)

DETAILS = {
    Detail.NO_ANSWER: _l("It does not answer, or not within three seconds."),
    Detail.TOO_LARGE: _l("It answers more than a megabyte."),
    Detail.NO_JSON: _l("What it answers is no JSON. Is OIDC_ISSUER the right address?"),
    Detail.STATUS: _l(
        "It does not describe itself there. Is OIDC_ISSUER the right address? Redirects are not followed. "
        "It answered:"
    ),
    Detail.OTHER_NAME: _l("It calls itself otherwise than OIDC_ISSUER: write it exactly as it does."),
    Detail.ELSEWHERE: _l(
        "One of its addresses is on a host that neither OIDC_ISSUER nor OIDC_HOSTS names, or is not https:"
    ),
    Detail.NO_KEY: _l("It shows no key with which a signature could be checked."),
}


@bp.get("/admin/company-sign-in")
@requires(Permission.ADMINISTER)
def company() -> ResponseReturnValue:
    """What is set, and which groups bring which roles."""
    everywhere_or_404(Permission.ADMINISTER)
    return _page(_form(MappingForm(formdata=None)))


def _form(form: MappingForm) -> MappingForm:
    root = read_tree(db.session()).root()
    form.unit.choices = [
        (unit.id, "\u2003" * _depth(unit) + unit.name)
        for unit in open_ones(db.session(), below(db.session(), [root.id]))
    ]
    return form


def _depth(unit: Unit) -> int:
    return 0 if unit.parent is None else 1 + _depth(unit.parent)


def _page(form: MappingForm, status: int = 200) -> ResponseReturnValue:
    return render_template(
        "company/admin.html",
        form=form,
        company=site.config().company,
        back=company_door.back_address(),
        mappings=roles.all_mappings(db.session()),
        roles=ROLES,
        connected=db.session.query(CompanyIdentity).count(),
    ), status


@bp.post("/admin/company-sign-in/check")
@requires(Permission.ADMINISTER)
def check() -> ResponseReturnValue:
    """Whether the provider answers as one, asked just now."""
    everywhere_or_404(Permission.ADMINISTER)
    asked = company_door.provider()
    db.session.rollback()
    asked.forget()
    try:
        asked.described()
        keys = asked.keys()
    except CompanyRefusal as refused:
        flash(f"{DETAILS[Detail(refused.detail)]} {refused.fact}".strip(), "error")
    else:
        flash(_("It answers as it should. Signing keys: %(number)s.", number=len(keys)), "success")
    return redirect(url_for("company.company"))


@bp.post("/admin/company-sign-in/map")
@requires(Permission.ADMINISTER)
def add() -> ResponseReturnValue:
    """One more group that brings a role, from each person's next company sign-in on."""
    everywhere_or_404(Permission.ADMINISTER)
    form = _form(MappingForm())
    if not form.validate():
        return _page(form, 422)
    unit = next((unit for unit in _open_units() if unit.id == form.unit.data), None)
    if unit is None:
        form.unit.errors = [_("Choose a unit from the list.")]
        return _page(form, 422)
    noted(Act.GROUP_MAPPED, unit_id=unit.id, role=form.role.data, group=form.group.data)
    try:
        roles.add(db.session(), form.group.data or "", Role(form.role.data), unit.id)
    except roles.MappedAlready:
        form.group.errors = [_("This group brings this role over this unit already.")]
    except roles.TooMany:
        db.session.rollback()
        form.group.errors = [_("There are 200 already. Remove one first.")]
    else:
        flash(_("Saved. It holds from each person's next company sign-in on."), "success")
        return redirect(url_for("company.company"))
    return _page(_form(form), 422)


def _open_units() -> list[Unit]:
    return open_ones(db.session(), read_tree(db.session()).units)


@bp.post("/admin/company-sign-in/unmap")
@requires(Permission.ADMINISTER)
def remove() -> ResponseReturnValue:
    """A group that brings a role no more."""
    everywhere_or_404(Permission.ADMINISTER)
    form = UnmapForm()
    found = db.session.get(RoleMapping, form.mapping.number) if form.validate() else None
    if found is None:
        abort(404)
    noted(Act.GROUP_UNMAPPED, unit_id=found.unit_id, role=found.role.value, group=found.group_name)
    roles.remove(db.session(), found, current_user.id, site.now())
    flash(_("Removed. Whoever held the role by this group alone has lost it."), "success")
    return redirect(url_for("company.company"))
