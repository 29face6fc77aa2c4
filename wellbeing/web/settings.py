"""How figures are made, for the organisation's admin: tightened at the next tick, loosened later.

What a badge stands for at the counter changes no figure, and so it changes at once.
"""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import announcement, badges, checkups, ratchet, site, ticks
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.ratchet import SettingsRefused, Values
from wellbeing.web.access import everywhere_or_404, requires
from wellbeing.web.checkup_forms import HowOftenForm
from wellbeing.web.forms import BadgeRuleForm, SettingsForm

bp = Blueprint("settings", __name__)


@bp.get("/admin/settings")
@requires(Permission.ADMINISTER)
def settings() -> ResponseReturnValue:
    """What is in force, what is planned, and a form to plan a change."""
    everywhere_or_404(Permission.ADMINISTER)
    return _page(SettingsForm(obj=ratchet.announced(db.session()) or site.settings()))


def _page(
    form: SettingsForm, status: int = 200, how_often: HowOftenForm | None = None
) -> ResponseReturnValue:
    opening = ticks.coming(db.session(), site.now())
    later = ticks.following(db.session(), opening) if opening else None
    page = render_template(
        "admin/settings.html",
        form=form,
        badge_rule=BadgeRuleForm(formdata=None, obj=site.settings()),
        how_often=how_often or HowOftenForm(formdata=None, obj=site.settings()),
        now=ratchet.in_force(db.session()),
        planned=announcement.sentence(db.session()),
        opening=opening,
        later=later,
    )
    return page, status


@bp.post("/admin/settings")
@requires(Permission.ADMINISTER)
def plan() -> ResponseReturnValue:
    """A change that waits for its tick; what loosens anything is announced to staff from now on."""
    everywhere_or_404(Permission.ADMINISTER)
    form = SettingsForm()
    if not form.validate():
        return _page(form, 400)
    wanted = Values(form.people_needed.data or 0, form.own_pool_from.data or 0, form.tick_days.data)
    try:
        ratchet.plan(db.session(), wanted, site.now())
    except SettingsRefused as refused:
        db.session.rollback()
        flash(str(refused), "error")
        return _page(form, 400)
    flash(
        _("Planned. Staff can read of it from now on, at the tablets and on the pages of their teams."),
        "success",
    )
    return redirect(url_for("settings.settings"))


@bp.post("/admin/settings/withdraw")
@requires(Permission.ADMINISTER)
def withdraw() -> ResponseReturnValue:
    """A planned change taken back."""
    everywhere_or_404(Permission.ADMINISTER)
    if ratchet.withdraw(db.session()):
        flash(_("The planned change is taken back. Everything stays as it is."), "success")
    return redirect(url_for("settings.settings"))


@bp.post("/admin/settings/badges")
@requires(Permission.ADMINISTER)
def badge_rule() -> ResponseReturnValue:
    """Whether a badge is enough at the counter, from now on."""
    everywhere_or_404(Permission.ADMINISTER)
    alone = bool(BadgeRuleForm().badge_alone.data)
    badges.stand_alone(db.session(), alone)
    said = _("From now on a badge is enough.") if alone else _("From now on a badge needs its owner's PIN.")
    flash(said, "success")
    return redirect(url_for("settings.settings"))


@bp.post("/admin/settings/checkup")
@requires(Permission.ADMINISTER)
def checkup_rule() -> ResponseReturnValue:
    """How often the check-up is asked, from the next one on."""
    everywhere_or_404(Permission.ADMINISTER)
    form = HowOftenForm()
    if not form.validate():
        usual = SettingsForm(formdata=None, obj=ratchet.announced(db.session()) or site.settings())
        return _page(usual, 422, form)
    checkups.ask_every(db.session(), form.checkup_months.data or 3)
    flash(_("Saved. It holds from the next check-up on."), "success")
    return redirect(url_for("settings.settings"))
