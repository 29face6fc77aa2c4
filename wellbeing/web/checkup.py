"""The check-up as whoever answers it sees it: one page per step, and nothing of what they said (R9)."""

from collections.abc import Mapping

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import checkup_collect, checkup_questions, checkups, quarters, site, withdraw
from wellbeing.checkup_questions import OWN_STEPS, Step
from wellbeing.models.base import db
from wellbeing.models.checkup import Aspect, Reply
from wellbeing.permissions import Permission
from wellbeing.web import checkup_reminder
from wellbeing.web.access import signed_in, units_with

bp = Blueprint("checkup", __name__)

Typed = Mapping[str, str]


class NoReply(ValueError):
    """What was sent is none of the words that can be chosen."""


@bp.app_context_processor
def reminder_for_templates() -> dict[str, object]:
    """Give every page the reminder of the person who opens it."""
    return {"checkup_reminder": checkup_reminder.line}


@bp.get("/checkup")
@signed_in
def checkup() -> ResponseReturnValue:
    """What the check-up is, until when it is open, and how far one is."""
    quarter = checkups.open_now(db.session(), site.now())
    steps = _steps()
    return render_template(
        "checkup/checkup.html",
        steps=steps,
        empty_steps=OWN_STEPS - {step.key for step in steps},
        mine=checkup_reminder.mine(),
        until=quarters.last_day(quarter.closes_at, site.zone()) if quarter else None,
        months=site.settings().checkup_months,
        results=_results(),
    )


def _results() -> str | None:
    """Return where the words of the last check-up are, of a unit whose pages I read; None without one."""
    mine = units_with(Permission.READ_LEDGER)
    return url_for("checkup_results.results", unit_id=min(mine)) if mine else None


def _steps() -> tuple[Step, ...]:
    """Return what the open check-up asks; where none is open, what one would ask today."""
    reader = db.session()
    quarter = checkups.open_now(reader, site.now())
    asked = quarter.asked if quarter else checkup_questions.asked_on(reader, site.today(reader))
    return checkup_questions.steps(reader, asked, str(get_locale()))


@bp.get("/checkup/<step>")
@signed_in
def one_step(step: str) -> ResponseReturnValue:
    """One step's items, nothing chosen: what was said before is shown to nobody."""
    return _page(step, {})


def _page(key: str, typed: Typed, refused: str = "", status: int = 200) -> ResponseReturnValue:
    steps = _steps()
    found = next((at for at, step in enumerate(steps) if step.key == key), None)
    if found is None:
        abort(404)
    page = render_template(
        "checkup/step.html",
        step=steps[found],
        number=found + 1,
        steps=steps,
        before=steps[found - 1] if found else None,
        mine=checkup_reminder.mine(),
        is_open=checkups.open_now(db.session(), site.now()) is not None,
        typed=typed,
        refused=refused,
        questions=checkup_questions.QUESTIONS,
        replies=checkup_questions.REPLIES,
    )
    return page, status


@bp.post("/checkup/<step>")
@signed_in
def save(step: str) -> ResponseReturnValue:
    """What somebody says at one step, in the place of what they said there before."""
    steps = _steps()
    keys = [each.key for each in steps]
    if step not in keys:
        abort(404)
    try:
        said = _said(steps[keys.index(step)], request.form)
    except NoReply:
        return _page(step, request.form, _("Choose one of the words."), 422)
    if not any(said.values()):
        nothing = _("Nothing is chosen yet. Choose a word, or go on to the next step.")
        return _page(step, request.form, nothing, 422)
    server_key = site.config().secrets.server_key
    stored = checkup_collect.reply(db.session.connection(), server_key, current_user.id, said, site.now())
    db.session.commit()
    checkup_reminder.remember(current_user.id)
    if not stored:
        flash(
            _("Nothing was stored: the check-up is not open, or your replies do not count in it."), "warning"
        )
        return redirect(url_for("checkup.checkup"))
    flash(_("Saved. You can change it until the check-up closes."), "success")
    following = keys[keys.index(step) + 1 :]
    return redirect(
        url_for("checkup.one_step", step=following[0]) if following else url_for("checkup.checkup")
    )


def _said(step: Step, typed: Typed) -> dict[str, dict[Aspect, Reply]]:
    """Return the replies to each item; what is left empty is skipped. Raises NoReply."""
    return {
        item.key: {
            aspect: _reply(word) for aspect in item.aspects if (word := typed.get(f"{item.key}:{aspect}"))
        }
        for item in step.items
    }


def _reply(word: str) -> Reply:
    try:
        return Reply(word)
    except ValueError:
        raise NoReply from None


@bp.post("/checkup/take-back")
@signed_in
def take_back() -> ResponseReturnValue:
    """Everything deleted that one said in check-ups that are not released."""
    withdraw.take_back_checkup(db.session.connection(), site.config().secrets.server_key, current_user.id)
    db.session.commit()
    checkup_reminder.remember(current_user.id)
    flash(_("Your replies are deleted. You can answer again while the check-up is open."), "success")
    return redirect(url_for("checkup.checkup"))
