"""Roles of a person: given once it was said what they mean, and taken."""

from flask import Blueprint, abort, flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import moves, people, site
from wellbeing.about_me.work import ROLES
from wellbeing.audit import Act
from wellbeing.models.accounts import Person, RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.permissions import Permission, Role
from wellbeing.reports import dates
from wellbeing.staffing import roles
from wellbeing.staffing.roles import RoleRefused
from wellbeing.web.access import requires, unit_or_404
from wellbeing.web.my_units import open_units
from wellbeing.web.noted import noted
from wellbeing.web.person_page import Sent, back, person_of, show
from wellbeing.web.roster_forms import GrantForm, RoleForm

bp = Blueprint("roles", __name__)


@bp.post("/admin/people/role")
@requires(Permission.ADMINISTER)
def give() -> ResponseReturnValue:
    """A role over a unit that I administer; first comes a page that says what follows from it."""
    form = RoleForm()
    person = person_of(form.person.data)
    form.unit.offer(open_units(Permission.ADMINISTER))
    if not form.validate():
        return show(person, Sent(role=form)), 422
    role, unit = Role(form.role.data), unit_or_404(form.unit.data, Permission.ADMINISTER)
    if not form.sure.data:
        return _what_follows(person, role, unit)
    name = person.name
    try:
        noted(Act.ROLE_GIVEN, person_id=person.id, unit_id=unit.id, role=role.value)
        roles.give(db.session(), person, role, unit)
    except RoleRefused as refused:
        db.session.rollback()
        return show(person_of(form.person.data), Sent(refused=str(refused))), 422
    flash(_("%(name)s holds the role from now on.", name=name), "success")
    return back()


def _what_follows(person: Person, role: Role, unit: Unit) -> str:
    day = moves.effective_on(db.session(), site.now())
    return render_template(
        "roster/role.html",
        person=person,
        role=role,
        label=ROLES[role],
        unit=unit,
        sentence=_own_answers(person, unit),
        day=dates.whole(day),
        has_sign_in=person.login is not None,
    )


def _own_answers(person: Person, unit: Unit) -> str:
    """Return where somebody's own answers go from the next tick on (R1)."""
    day = moves.effective_on(db.session(), site.now())
    pools = roles.pools_with(db.session(), person, unit, day)
    if not people.has_ledger(db.session(), site.now()):
        return _("The organisation is too small for team figures: nobody's answers count in any.")
    if pools.after is None:
        return _(
            "From the next tick on, %(day)s, the answers of %(name)s count in no team figure, because they "
            "can see every figure that they could be part of. What is personal stays theirs.",
            day=dates.whole(day),
            name=person.name,
        )
    if pools.before is pools.after:
        return _(
            "The answers of %(name)s go on counting with %(pool)s.", name=person.name, pool=pools.after.name
        )
    return _(
        "From the next tick on, %(day)s, the answers of %(name)s go one unit up, to %(pool)s: nobody counts "
        "in a figure that they look after.",
        day=dates.whole(day),
        name=person.name,
        pool=pools.after.name,
    )


@bp.post("/admin/people/role/take")
@requires(Permission.ADMINISTER)
def take() -> ResponseReturnValue:
    """A role taken away that reaches no further than mine."""
    form = GrantForm()
    if not form.validate():
        abort(400)
    person = person_of(form.person.data)
    grant = db.session.get(RoleGrant, form.grant.data)
    if grant is None or grant.person_id != person.id:
        abort(404)
    unit_or_404(grant.unit_id, Permission.ADMINISTER)
    try:
        noted(Act.ROLE_TAKEN, person_id=person.id, unit_id=grant.unit_id, role=grant.role.value)
        roles.take(db.session(), grant)
    except RoleRefused as refused:
        db.session.rollback()
        return show(person_of(form.person.data), Sent(refused=str(refused))), 422
    flash(_("The role is taken. It counts in the figures from the next tick on."), "success")
    return back()
