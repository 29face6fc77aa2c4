"""The wall of a unit: good moments, the team's pledge, the idea box; for those who work there, by choice."""

from collections import Counter

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import site
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.talk import ideas, pledges, posts
from wellbeing.talk.pledges import Standing
from wellbeing.talk.posts import Kind, TalkRefused
from wellbeing.units import is_open
from wellbeing.web.access import may, requires, unit_or_404
from wellbeing.web.forms import whole_number
from wellbeing.web.my_units import open_units
from wellbeing.web.talk_form import SAY, PledgeForm, SaidForm
from wellbeing.web.talk_page import Typed, answer_form, page, unit_ids

bp = Blueprint("talk", __name__, url_prefix="/wall")


@bp.get("/")
@requires(Permission.SHARE_WALL)
def walls() -> ResponseReturnValue:
    """The walls that I share; a single one opens at once."""
    units = open_units(Permission.SHARE_WALL)
    if len(units) == 1:
        return redirect(url_for("talk.wall", unit_id=units[0].id))
    return render_template("talk/walls.html", units=units, waiting=Counter(ideas.waiting(db.session())))


@bp.get("/<int(max=2147483647):unit_id>")
@requires(Permission.SHARE_WALL)
def wall(unit_id: int) -> ResponseReturnValue:
    """One unit's wall, with a good moment or an idea to write."""
    return page(unit_or_404(unit_id, Permission.SHARE_WALL))


@bp.post("/<int(max=2147483647):unit_id>/moment")
@requires(Permission.SHARE_WALL)
def write_moment(unit_id: int) -> ResponseReturnValue:
    """A good moment, hung up; without a name unless its author signs."""
    return _write(_open_unit(unit_id, Permission.SHARE_WALL), Kind.MOMENT, _("It hangs on the wall."))


@bp.post("/<int(max=2147483647):unit_id>/idea")
@requires(Permission.SHARE_WALL)
def write_idea(unit_id: int) -> ResponseReturnValue:
    """An idea for the box; without a name unless its author signs."""
    return _write(_open_unit(unit_id, Permission.SHARE_WALL), Kind.IDEA, _("It is in the idea box."))


def _open_unit(unit_id: int, permission: Permission) -> Unit:
    unit = unit_or_404(unit_id, permission)
    if not is_open(db.session(), unit):
        abort(404)
    return unit


def _write(unit: Unit, kind: Kind, done: str) -> ResponseReturnValue:
    form = SAY[kind](prefix=f"{kind.value}-")
    author = current_user.id if form.sign.data else None
    try:
        posts.write_once(db.session(), kind, unit.id, form.text.data or "", site.today(db.session()), author)
    except TalkRefused as refused:
        db.session.rollback()
        form.refuse(refused)
        return page(unit, Typed(**{kind.value: form})), 422
    return _saved(unit.id, done)


def _saved(unit_id: int, done: str) -> ResponseReturnValue:
    db.session.commit()
    flash(done, "success")
    return redirect(url_for("talk.wall", unit_id=unit_id))


@bp.post("/<int(max=2147483647):unit_id>/unsign")
@requires(Permission.SHARE_WALL)
def unsign(unit_id: int) -> ResponseReturnValue:
    """My name, off what I signed; the words stay."""
    unit_or_404(unit_id, Permission.SHARE_WALL)
    kind, number = _named()
    if not posts.unsign(db.session(), kind, number, current_user.id):
        abort(404)
    return _saved(unit_id, _("Your name is off it. The words stay."))


def _named() -> tuple[Kind, int]:
    form = SaidForm()
    if not form.validate():
        abort(404)
    return Kind(form.what.data), form.number.number


@bp.post("/<int(max=2147483647):unit_id>/remove")
@requires(Permission.SHARE_WALL)
def remove(unit_id: int) -> ResponseReturnValue:
    """What I signed, or as a manager anything, off the wall; nothing of it is left."""
    unit = unit_or_404(unit_id, Permission.SHARE_WALL)
    kind, number = _named()
    gone = posts.remove_mine(db.session(), kind, number, current_user.id)
    if not gone and may(Permission.WRITE_NOTE, unit):
        gone = posts.remove(db.session(), kind, number, unit_ids(unit))
    if not gone:
        abort(404)
    return _saved(unit_id, _("It is gone, and nothing of it is kept."))


@bp.post("/<int(max=2147483647):unit_id>/answer")
@requires(Permission.WRITE_NOTE)
def answer(unit_id: int) -> ResponseReturnValue:
    """What the team says to an idea, and where it stands."""
    unit, number = unit_or_404(unit_id, Permission.WRITE_NOTE), whole_number(request.form.get("number", ""))
    form = answer_form(number or 0)
    if number is None or form.chosen is None:
        abort(404)
    try:
        found = ideas.answer(db.session(), number, unit_ids(unit), form.chosen, form.text.data or "")
    except TalkRefused as refused:
        db.session.rollback()
        form.refuse(refused)
        return page(unit, Typed(answer=(number, form))), 422
    if not found:
        abort(404)
    return _saved(unit_id, _("Saved. The team reads it here and at the tablet."))


@bp.post("/<int(max=2147483647):unit_id>/pledge")
@requires(Permission.WRITE_NOTE)
def make_pledge(unit_id: int) -> ResponseReturnValue:
    """The words of the team's pledge; new words begin without names."""
    unit, form = _open_unit(unit_id, Permission.WRITE_NOTE), PledgeForm(prefix="pledge-")
    try:
        pledges.make(db.session(), unit.id, form.text.data or "", site.today(db.session()))
    except TalkRefused as refused:
        db.session.rollback()
        form.refuse(refused)
        return page(unit, Typed(pledge=form)), 422
    return _saved(unit_id, _("The pledge hangs on the wall. Whoever wants to puts their name under it."))


@bp.post("/<int(max=2147483647):unit_id>/pledge/remove")
@requires(Permission.WRITE_NOTE)
def remove_pledge(unit_id: int) -> ResponseReturnValue:
    """No pledge any more, and no names."""
    _pledge_or_404(unit_id, Permission.WRITE_NOTE)
    pledges.take_down(db.session(), unit_id)
    return _saved(unit_id, _("The pledge is off the wall, with the names under it."))


@bp.post("/<int(max=2147483647):unit_id>/pledge/join")
@requires(Permission.SHARE_WALL)
def join(unit_id: int) -> ResponseReturnValue:
    """My name under the pledge that I read."""
    pledges.join(db.session(), _pledge_or_404(unit_id), current_user.id)
    return _saved(unit_id, _("You're in. Your name stands under the pledge."))


@bp.post("/<int(max=2147483647):unit_id>/pledge/leave")
@requires(Permission.SHARE_WALL)
def leave(unit_id: int) -> ResponseReturnValue:
    """My name off the pledge."""
    pledges.leave(db.session(), _pledge_or_404(unit_id), current_user.id)
    return _saved(unit_id, _("Your name is off the pledge."))


def _pledge_or_404(unit_id: int, permission: Permission = Permission.SHARE_WALL) -> Standing:
    unit_or_404(unit_id, permission)
    found = pledges.of_unit(db.session(), unit_id)
    # Whoever taps means the words on their screen, not others that were written since.
    if found is None or request.form.get("words") != found.text:
        abort(404)
    return found
