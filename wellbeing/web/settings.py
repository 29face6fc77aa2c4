"""How figures are made, for the organisation's admin: tightened at the next tick, loosened later.

What a badge stands for at the counter changes no figure, and so it changes at once.
"""

from collections import Counter
from dataclasses import asdict

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import announcement, badges, checkups, ratchet, setting_up, site, ticks
from wellbeing.audit import Act
from wellbeing.consequences import Consequences, consequences
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.ratchet import SettingsRefused, Values
from wellbeing.units import below, open_ones, read_tree
from wellbeing.web.access import everywhere_or_404, requires
from wellbeing.web.checkup_forms import HowOftenForm
from wellbeing.web.forms import BadgeRuleForm, SettingsForm
from wellbeing.web.noted import noted
from wellbeing.web.only_reading import only_reading
from wellbeing.web.setup_forms import LanguageForm

bp = Blueprint("settings", __name__)


@bp.get("/admin/settings")
@requires(Permission.ADMINISTER)
def settings() -> ResponseReturnValue:
    """What is in force, what is planned, and a form to plan a change."""
    everywhere_or_404(Permission.ADMINISTER)
    return _page(SettingsForm(obj=ratchet.announced(db.session()) or site.settings()))


def _page(
    form: SettingsForm,
    status: int = 200,
    how_often: HowOftenForm | None = None,
    tried: Values | None = None,
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
        examples=_examples(tried),
        names=_names(),
        site_language=LanguageForm(formdata=None, obj=site.settings()),
        contact=site.settings().help_contact,
    )
    return page, status


def _examples(tried: Values | None) -> list[tuple[str, Values, Consequences]]:
    """Return what is in force and, beside it, what is planned or being tried, each with what it means."""
    session, today = db.session(), site.today(db.session())
    planned = ratchet.announced(session)
    shown = [(_("Today"), ratchet.in_force(session))]
    if planned is not None:
        shown.append((_("As planned"), ratchet.values_of(planned)))
    if tried is not None:
        shown.append((_("As you typed it"), tried))
    return [(label, values, consequences(session, values, today)) for label, values in shown]


def _names() -> dict[int, str]:
    """Return the open units in the order of the tree, by id; with its site where two have one name."""
    tree = read_tree(db.session())
    found = open_ones(db.session(), below(db.session(), {tree.root().id}))
    times = Counter(unit.name for unit in found)
    whole = {unit.id: " · ".join(tree.path_of(unit)) for unit in found if times[unit.name] > 1}
    return {unit.id: whole.get(unit.id) or unit.name for unit in found}


@bp.post("/admin/settings")
@requires(Permission.ADMINISTER)
def plan() -> ResponseReturnValue:
    """A change that waits for its tick; what loosens anything is announced to staff from now on."""
    everywhere_or_404(Permission.ADMINISTER)
    form = SettingsForm()
    if not form.validate():
        return _page(form, 400)
    wanted = Values(**{name: form[name].data for name in asdict(ratchet.in_force(db.session()))})
    if "example" in request.form:
        with only_reading():
            return _page(form, tried=wanted)
    noted(Act.SETTINGS_PLANNED, **asdict(wanted))
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
    if ratchet.announced(db.session()):
        noted(Act.SETTINGS_WITHDRAWN)
    if ratchet.withdraw(db.session()):
        flash(_("The planned change is taken back. Everything stays as it is."), "success")
    return redirect(url_for("settings.settings"))


@bp.post("/admin/settings/badges")
@requires(Permission.ADMINISTER)
def badge_rule() -> ResponseReturnValue:
    """Whether a badge is enough at the counter, from now on."""
    everywhere_or_404(Permission.ADMINISTER)
    alone = bool(BadgeRuleForm().badge_alone.data)
    if alone is not site.settings().badge_alone:
        noted(Act.BADGE_RULE_CHANGED, state="on" if alone else "off")
    badges.stand_alone(db.session(), alone)
    said = _("From now on a badge is enough.") if alone else _("From now on a badge needs its owner's PIN.")
    flash(said, "success")
    return redirect(url_for("settings.settings"))


@bp.post("/admin/settings/language")
@requires(Permission.ADMINISTER)
def language() -> ResponseReturnValue:
    """The language of e-mails to whoever has chosen none."""
    everywhere_or_404(Permission.ADMINISTER)
    form = LanguageForm()
    if not form.validate():
        abort(400)
    if form.language.data != site.settings().language:
        noted(Act.SITE_CHANGED)
    setting_up.change_language(db.session(), form.language.data)
    flash(_("Saved."), "success")
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
    months = form.checkup_months.data or 3
    if months != site.settings().checkup_months:
        noted(Act.CHECKUP_RULE_CHANGED, months=months)
    checkups.ask_every(db.session(), months)
    flash(_("Saved. It holds from the next check-up on."), "success")
    return redirect(url_for("settings.settings"))
