"""Merging units: planned by an admin, in effect at the next tick, and never a change to a figure."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import moves, site
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.moves import FEWEST_MERGED, MoveRefused
from wellbeing.permissions import Permission
from wellbeing.units import below
from wellbeing.web.access import requires, unit_or_404, units_with
from wellbeing.web.forms import MergeForm, UnitForm

bp = Blueprint("units", __name__)


@bp.get("/admin/units")
@requires(Permission.ADMINISTER)
def merging() -> ResponseReturnValue:
    """The units that can be merged, by what they stand in, and the merges that wait."""
    return _page(MergeForm(formdata=None))


def _page(form: MergeForm) -> str:
    mine = below(db.session(), units_with(Permission.ADMINISTER))
    waiting = moves.waiting_merges(db.session(), {unit.id for unit in mine})
    busy = {unit.id for into, merges in waiting for unit in (into, *(merge.unit for merge in merges))}
    return render_template(
        "admin/units.html",
        form=form,
        groups=_groups([unit for unit in mine if unit.id not in busy]),
        waiting=waiting,
        day=moves.effective_on(db.session(), site.now()),
    )


def _groups(units: list[Unit]) -> list[tuple[Unit, list[Unit]]]:
    """Return the open units by parent, where there are at least two to merge."""
    found: dict[Unit, list[Unit]] = {}
    for unit in units:
        if unit.parent is not None and unit.closed_on is None:
            found.setdefault(unit.parent, []).append(unit)
    return [(parent, children) for parent, children in found.items() if len(children) >= FEWEST_MERGED]


@bp.post("/admin/units/merge")
@requires(Permission.ADMINISTER)
def merge() -> ResponseReturnValue:
    """A new unit, into which the chosen ones go at the next tick."""
    form = MergeForm()
    if not form.validate():
        return _refused(form, " ".join(str(error) for errors in form.errors.values() for error in errors))
    chosen = [unit_or_404(unit, Permission.ADMINISTER) for unit in form.units.data]
    try:
        made = moves.plan_merge(db.session(), chosen, form.name.data or "", site.now())
    except MoveRefused as refused:
        db.session.rollback()
        return _refused(form, str(refused))
    flash(_("%(unit)s is planned. Until the tick nothing changes.", unit=made.name), "success")
    return redirect(url_for("units.merging"))


def _refused(form: MergeForm, why: str) -> ResponseReturnValue:
    """The page again, with the ticks and the name as they were sent."""
    flash(why, "error")
    return _page(form), 400


@bp.post("/admin/units/cancel-merge")
@requires(Permission.ADMINISTER)
def cancel_merge() -> ResponseReturnValue:
    """A merge taken back before its tick."""
    form = UnitForm()
    if not form.validate():
        abort(400)
    into = unit_or_404(form.unit.number, Permission.ADMINISTER)
    name = into.name
    if moves.cancel_merge(db.session(), into):
        flash(_("The merge is taken back, and %(unit)s is gone again.", unit=name), "success")
    else:
        flash(_("No merge waits for %(unit)s any more; the unit stays.", unit=name))
    return redirect(url_for("units.merging"))
