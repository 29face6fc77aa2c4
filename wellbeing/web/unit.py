"""One unit: its name, what is planned for it, and what each change means for its figures, said first."""

from collections.abc import Mapping
from datetime import date

import sqlalchemy as sa
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import closings, directory, moves, site, tablets, unit_making, unit_moves
from wellbeing.audit import Act
from wellbeing.directory import Headcount
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.base import db
from wellbeing.models.changes import UnitMerge
from wellbeing.moves import MoveRefused
from wellbeing.permissions import Permission
from wellbeing.reports import reading, unit_facts
from wellbeing.unit_making import INSIDE, UnitRefused
from wellbeing.units import below, opening
from wellbeing.web import unit_words
from wellbeing.web.access import requires, unit_or_404, units_with
from wellbeing.web.forms import UnitForm
from wellbeing.web.noted import noted

bp = Blueprint("unit", __name__, url_prefix="/admin/units/<int(max=2147483647):unit_id>")

NOBODY = Headcount(0, 0)


@bp.get("")
@requires(Permission.ADMINISTER)
def one(unit_id: int) -> ResponseReturnValue:
    """What there is of a unit, and everything that can be done with it."""
    return _page(_unit(unit_id), {})


def _unit(unit_id: int) -> Unit:
    return unit_or_404(unit_id, Permission.ADMINISTER)


def _page(unit: Unit, refused: Mapping[str, str], typed: str = "") -> str:
    session, day = db.session(), moves.effective_on(db.session(), site.now())
    people = directory.headcounts(session).get(unit.id, NOBODY).people
    with reading.session() as figures:
        released = unit_facts.released(figures, unit.id)
    goes_to, closes = _planned(unit)
    return render_template(
        "admin/unit.html",
        unit=unit,
        refused=refused,
        typed=typed,
        people=people,
        tablets=sum(not tablet.revoked_on for tablet in tablets.of_units(session, {unit.id})),
        released=released,
        goes_to=goes_to,
        closes=closes,
        opens=opening(session).get(unit.id),
        inside=INSIDE.get(unit.level),
        kept_name=unit_making.named_by_a_block(session, unit),
        sites=_sites(unit),
        in_the_way=closings.in_the_way(session, unit),
        moving=unit_words.moving(unit.name, unit.parent.name if unit.parent else "", released, people, day),
        closing=unit_words.closing(unit.name, released, day),
    )


def _planned(unit: Unit) -> tuple[UnitMerge | None, date | None]:
    """Return the move or merge that waits for a unit, and the day on which it is going to close."""
    query = sa.select(UnitMerge).where(UnitMerge.unit_id == unit.id, ~UnitMerge.done)
    closes = [closing.takes_effect_on for closing in closings.waiting(db.session(), {unit.id})]
    return db.session.scalar(query), closes[0] if closes else None


def _sites(unit: Unit) -> list[Unit]:
    """Return the sites that a team can go to, of those that are mine."""
    if unit.level is not Level.TEAM:
        return []
    mine = {found.id for found in below(db.session(), units_with(Permission.ADMINISTER))}
    return [found for found in unit_moves.sites_for(db.session(), unit) if found.id in mine]


@bp.post("/add")
@requires(Permission.ADMINISTER)
def add(unit_id: int) -> ResponseReturnValue:
    """A new site, or a new team of a site; nobody is in it yet."""
    parent, typed = _unit(unit_id), request.form.get("name", "")
    try:
        made = unit_making.make(db.session(), parent, typed)
    except UnitRefused as refused:
        return _again(unit_id, "add", refused, typed)
    name, number = made.name, made.id
    noted(Act.UNIT_CREATED, unit_id=number, unit=name, parent=parent.name)
    db.session.commit()
    flash(_("%(unit)s is made. Nobody is in it yet.", unit=name), "success")
    return redirect(url_for("unit.one", unit_id=number))


def _again(unit_id: int, act: str, refused: Exception, typed: str = "") -> ResponseReturnValue:
    """The page again, with why not beside the form that was sent, and what was typed in it."""
    db.session.rollback()
    return _page(_unit(unit_id), {act: str(refused)}, typed), 422


@bp.post("/rename")
@requires(Permission.ADMINISTER)
def rename(unit_id: int) -> ResponseReturnValue:
    """Another name, while no released figure holds the old one."""
    unit, typed = _unit(unit_id), request.form.get("name", "")
    noted(Act.UNIT_RENAMED, unit_id=unit.id, was=unit.name, name=" ".join(typed.split()))
    try:
        unit_making.rename(db.session(), unit, typed)
    except UnitRefused as refused:
        return _again(unit_id, "rename", refused, typed)
    flash(_("Saved. It is called %(unit)s from now on.", unit=unit.name), "success")
    return redirect(url_for("unit.one", unit_id=unit_id))


@bp.post("/move")
@requires(Permission.ADMINISTER)
def move(unit_id: int) -> ResponseReturnValue:
    """A team that goes to another site at the next tick."""
    unit, form = _unit(unit_id), UnitForm()
    if not form.validate():
        return _again(unit_id, "move", MoveRefused(_("Choose a site from the list.")))
    to = unit_or_404(form.unit.number, Permission.ADMINISTER)
    origin = unit_moves.stands_in(db.session(), unit).name
    day = moves.effective_on(db.session(), site.now()).isoformat()
    noted(Act.UNIT_MOVED, unit_id=unit.id, unit=unit.name, origin=origin, parent=to.name, day=day)
    try:
        unit_moves.plan(db.session(), unit, to, site.now())
    except MoveRefused as refused:
        return _again(unit_id, "move", refused)
    flash(_("Planned. Until the tick nothing changes, and it can be taken back."), "success")
    return redirect(url_for("unit.one", unit_id=unit_id))


@bp.post("/close")
@requires(Permission.ADMINISTER)
def close(unit_id: int) -> ResponseReturnValue:
    """An empty unit that closes at the next tick."""
    unit = _unit(unit_id)
    day = moves.effective_on(db.session(), site.now()).isoformat()
    noted(Act.UNIT_CLOSED, unit_id=unit.id, unit=unit.name, day=day)
    try:
        closings.plan(db.session(), unit, site.now())
    except MoveRefused as refused:
        return _again(unit_id, "close", refused)
    flash(_("Planned. Until the tick nothing changes, and it can be taken back."), "success")
    return redirect(url_for("unit.one", unit_id=unit_id))


@bp.post("/stay")
@requires(Permission.ADMINISTER)
def stay(unit_id: int) -> ResponseReturnValue:
    """What was planned for a unit, taken back before its tick."""
    unit = _unit(unit_id)
    goes_to, closes = _planned(unit)
    if goes_to is None and closes is None:
        abort(404)
    name = unit.name
    noted(Act.UNIT_CHANGE_CANCELLED, unit_id=unit.id, unit=name)
    if goes_to is None:
        closings.cancel(db.session(), unit)
    else:
        moves.cancel_merge(db.session(), goes_to.into_unit)
    flash(_("Taken back. %(unit)s stays as it is.", unit=name), "success")
    return redirect(url_for("unit.one", unit_id=unit_id))


@bp.post("/remove")
@requires(Permission.ADMINISTER)
def remove(unit_id: int) -> ResponseReturnValue:
    """A unit that was made by mistake, gone again while nothing refers to it."""
    unit = _unit(unit_id)
    name = unit.name
    noted(Act.UNIT_REMOVED, unit_id=unit.parent_id, unit=name)
    try:
        unit_making.remove(db.session(), unit)
    except UnitRefused as refused:
        return _again(unit_id, "remove", refused)
    flash(_("%(unit)s is gone again.", unit=name), "success")
    return redirect(url_for("units.units"))
