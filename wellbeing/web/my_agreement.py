"""Newer words about one's diary: read beside those agreed to, and agreed to or not."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing.diary import agreeing, agreements, opening, pausing
from wellbeing.models.base import db
from wellbeing.web import diary_begun
from wellbeing.web.access import signed_in
from wellbeing.web.forms import whole_number
from wellbeing.web.own_path import own_path

bp = Blueprint("my_agreement", __name__)
bp.add_app_template_global(agreements.newest, "diary_agreement")


@bp.get("/my/agreement")
@signed_in
def agreement() -> ResponseReturnValue:
    """Ask whoever agreed to earlier words; whoever agreed to these reads them on the page of the diary."""
    diary = opening.diary_of(db.session(), current_user.id)
    if diary is None or not agreeing.is_behind(diary):
        return redirect(url_for("my_diary.diary"))
    return render_template(
        "mine/agree_again.html",
        newest=agreements.newest(),
        before=agreements.version(diary.agreed_version),
        next=own_path(request.args.get("next")) or "",
    )


@bp.post("/my/agreement")
@signed_in
def agree() -> ResponseReturnValue:
    """Agreed, or paused instead."""
    choice, number = request.form.get("choice"), whole_number(request.form.get("version")) or 0
    if choice not in ("agree", "pause"):
        abort(400)
    if choice == "pause":
        if not pausing.pause(db.session(), current_user.id, True):
            abort(404)
        flash(_("Paused. What you tap from now on is not kept in your diary."), "success")
        return redirect(url_for("my_data.data"))
    if not agreeing.agree(db.session(), current_user.id, number):
        return redirect(url_for("my_agreement.agreement"))
    flash(_("Thank you. You can read it again at any time, on the page of your diary."), "success")
    return redirect(diary_begun.onward(request.form.get("next")))
