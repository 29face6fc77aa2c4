"""The floor of a unit: who needs cover now, what is known today, whom to tell, and the words to use."""

from collections import Counter

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import floor as requests_for_cover
from wellbeing import notices, site
from wellbeing.cases.listing import open_count
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.models.floor import Notice
from wellbeing.notice_draft import NoticeRefused
from wellbeing.permissions import Permission
from wellbeing.units import below, is_open
from wellbeing.web.access import requires, unit_or_404
from wellbeing.web.my_units import open_units
from wellbeing.web.notice_form import AudienceForm, CoverForm, NoticeForm
from wellbeing.web.wall import wall as wall_of

# Beyond this many open cases, the link to them only says that there are more.
MOST_CASES = 100

bp = Blueprint("floor", __name__, url_prefix="/floor")


@bp.get("/")
@requires(Permission.SEE_FLOOR)
def floors() -> ResponseReturnValue:
    """The units whose floor I look after, and where somebody needs cover; a single one opens at once."""
    units = open_units(Permission.SEE_FLOOR)
    if len(units) == 1:
        return redirect(url_for("floor.floor", unit_id=units[0].id))
    ids = {unit.id for unit in units}
    covers = requests_for_cover.wall(db.session.connection(), ids, site.now())
    waiting = Counter(cover.unit_id for cover in covers)
    running = Counter(
        notice.unit_id
        for notice in notices.of_units(db.session(), ids, site.now())
        if notice.is_running(site.now())
    )
    return render_template("floor/floors.html", units=units, waiting=waiting, running=running)


@bp.get("/<int(max=2147483647):unit_id>")
@requires(Permission.SEE_FLOOR)
def floor(unit_id: int) -> ResponseReturnValue:
    """One unit's floor, with a form for a new notice."""
    return _page(unit_or_404(unit_id, Permission.SEE_FLOOR), NoticeForm.usual())


def _page(unit: Unit, form: NoticeForm) -> str:
    open_now = is_open(db.session(), unit)
    units = {found.id for found in below(db.session(), {unit.id})}
    return render_template(
        "floor/floor.html",
        unit=unit,
        wall=wall_of(unit),
        form=form,
        open_now=open_now,
        open_cases=open_count(db.session(), units, MOST_CASES),
        most_cases=MOST_CASES,
    )


@bp.get("/<int(max=2147483647):unit_id>/wall")
@requires(Permission.SEE_FLOOR)
def wall(unit_id: int) -> ResponseReturnValue:
    """What the page shows, for its script to notice a change."""
    return jsonify(wall_of(unit_or_404(unit_id, Permission.SEE_FLOOR)))


@bp.post("/<int(max=2147483647):unit_id>/cover")
@requires(Permission.SEE_FLOOR)
def take_cover(unit_id: int) -> ResponseReturnValue:
    """A request for cover that somebody has got."""
    unit, form = unit_or_404(unit_id, Permission.SEE_FLOOR), CoverForm()
    if not form.validate():
        abort(400)
    teams = {found.id for found in below(db.session(), {unit.id})}
    if not requests_for_cover.take_cover(db.session.connection(), form.cover.number, teams):
        return _gone(unit)
    db.session.commit()
    flash(_("You've got it. It is gone from the tablets too."), "success")
    return redirect(url_for("floor.floor", unit_id=unit_id))


def _gone(unit: Unit) -> ResponseReturnValue:
    """The page as it is now, for somebody who tapped on what has gone meanwhile."""
    flash(_("That is not here any more: somebody was quicker, or its time is over."), "warning")
    return _page(unit, NoticeForm.usual()), 404


@bp.post("/<int(max=2147483647):unit_id>/told")
@requires(Permission.SEE_FLOOR)
def tell(unit_id: int) -> ResponseReturnValue:
    """A mark for somebody who was told, or one taken off again."""
    unit, form = unit_or_404(unit_id, Permission.SEE_FLOOR), AudienceForm()
    if not form.validate():
        abort(400)
    shown = {found.id for found in below(db.session(), {unit.id})} | notices.units_above(
        db.session(), unit.id
    )
    if not notices.tell(db.session(), form.audience.number, shown, form.is_told, site.now()):
        return _gone(unit)
    db.session.commit()
    return redirect(url_for("floor.floor", unit_id=unit_id))


@bp.post("/<int(max=2147483647):unit_id>/notice")
@requires(Permission.SEE_FLOOR)
def write(unit_id: int) -> ResponseReturnValue:
    """A new notice for a unit and everything below it."""
    unit, form = unit_or_404(unit_id, Permission.SEE_FLOOR), NoticeForm()
    if not is_open(db.session(), unit):
        abort(404)
    try:
        notices.write(db.session(), unit.id, form.draft(), site.now())
    except NoticeRefused as refused:
        form.say(refused)
        return _page(unit, form), 422
    flash(_("Saved. Tablets show it within a minute."), "success")
    return redirect(url_for("floor.floor", unit_id=unit_id))


@bp.get("/notice/<int(max=2147483647):notice_id>")
@requires(Permission.SEE_FLOOR)
def notice(notice_id: int) -> ResponseReturnValue:
    """One notice, to be changed or ended."""
    found = _notice_or_404(notice_id)
    return _notice_page(found, NoticeForm.of(found))


def _notice_page(found: Notice, form: NoticeForm) -> str:
    now = site.now()
    return render_template(
        "floor/notice.html",
        notice=found,
        unit=found.unit.name,
        form=form,
        has_begun=found.starts_at < now,
        is_over=found.ends_at <= now,
    )


def _notice_or_404(notice_id: int) -> Notice:
    found = db.session.get(Notice, notice_id)
    if found is None:
        abort(404)
    unit_or_404(found.unit_id, Permission.SEE_FLOOR)
    return found


@bp.post("/notice/<int(max=2147483647):notice_id>")
@requires(Permission.SEE_FLOOR)
def change(notice_id: int) -> ResponseReturnValue:
    """A notice written anew; whoever is still named stays marked as told."""
    found, form = _notice_or_404(notice_id), NoticeForm()
    unit_id = found.unit_id
    try:
        notices.change(db.session(), found, form.draft())
    except NoticeRefused as refused:
        form.say(refused)
        return _notice_page(found, form), 422
    flash(_("Saved. Tablets show it within a minute."), "success")
    return redirect(url_for("floor.floor", unit_id=unit_id))


@bp.post("/notice/<int(max=2147483647):notice_id>/end")
@requires(Permission.SEE_FLOOR)
def end(notice_id: int) -> ResponseReturnValue:
    """A notice that is over now."""
    found = _notice_or_404(notice_id)
    unit_id = found.unit_id
    notices.end(db.session(), found, site.now())
    flash(_("Ended. Tablets take it down within a minute."), "success")
    return redirect(url_for("floor.floor", unit_id=unit_id))
