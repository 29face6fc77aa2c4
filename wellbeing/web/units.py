"""The tree of units and what is planned in it; merging, in effect at the next tick, changes no figure."""

from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import closings, directory, moves, site
from wellbeing.audit import Act
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.models.changes import UnitMerge
from wellbeing.moves import FEWEST_MERGED, MoveRefused
from wellbeing.permissions import Permission
from wellbeing.unit_making import INSIDE
from wellbeing.units import below, opening
from wellbeing.web.access import requires, unit_or_404, units_with
from wellbeing.web.forms import MergeForm, UnitForm
from wellbeing.web.noted import noted

bp = Blueprint("units", __name__)


@bp.get("/admin/units")
@requires(Permission.ADMINISTER)
def units() -> ResponseReturnValue:
    """The tree, what waits for the tick, and what can be merged, by what it stands in."""
    return _page(MergeForm(formdata=None))


def _page(form: MergeForm) -> str:
    mine = below(db.session(), units_with(Permission.ADMINISTER))
    ids = {unit.id for unit in mine}
    waiting, closes = moves.waiting_merges(db.session(), ids), closings.waiting(db.session(), ids)
    busy = {unit.id for into, merges in waiting for unit in (into, *(merge.unit for merge in merges))}
    busy |= {closing.unit_id for closing in closes}
    return render_template(
        "admin/units.html",
        form=form,
        units=mine,
        counts=directory.headcounts(db.session()),
        inside=INSIDE,
        opens=opening(db.session()),
        closes={closing.unit_id: closing.takes_effect_on for closing in closes},
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
    _note_merge(chosen, form.name.data or "")
    try:
        made = moves.plan_merge(db.session(), chosen, form.name.data or "", site.now())
    except MoveRefused as refused:
        db.session.rollback()
        return _refused(form, str(refused))
    flash(_("%(unit)s is planned. Until the tick nothing changes.", unit=made.name), "success")
    return redirect(url_for("units.units"))


def _note_merge(units: Sequence[Unit], name: str) -> None:
    day = moves.effective_on(db.session(), site.now()).isoformat()
    for unit in {unit.id: unit for unit in units}.values():
        noted(Act.UNITS_MERGED, unit_id=unit.id, into=" ".join(name.split()), day=day)


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
    for merge in _waiting_for(into):
        noted(Act.UNIT_CHANGE_CANCELLED, unit_id=merge.unit_id)
    if moves.cancel_merge(db.session(), into):
        flash(_("The merge is taken back, and %(unit)s is gone again.", unit=name), "success")
    else:
        flash(_("No merge waits for %(unit)s any more; the unit stays.", unit=name))
    return redirect(url_for("units.units"))


def _waiting_for(into: Unit) -> list[UnitMerge]:
    waiting = moves.waiting_merges(db.session(), {into.id})
    return [merge for _into, merges in waiting for merge in merges]
