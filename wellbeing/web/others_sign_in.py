"""The sign-ins of others, for admins: whether viewers need a second factor, and ending somebody's."""

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import second_factor_rule, sign_in
from wellbeing.audit import Act
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.web.access import everywhere_or_404, may_reset, person_or_404, requires
from wellbeing.web.forms import PersonForm
from wellbeing.web.noted import noted
from wellbeing.web.second_factor_forms import RuleForm

bp = Blueprint("others_sign_in", __name__)


@bp.app_context_processor
def for_templates() -> dict[str, object]:
    """Give the page of settings what its card about the second factor says."""
    return {"second_factor_card": _card}


def _card() -> dict[str, object]:
    on = second_factor_rule.is_on(db.session())
    return {
        "form": RuleForm(formdata=None, second_factor=on),
        "on": on,
        "lacking": second_factor_rule.lacking(db.session()),
        "have_one": second_factor_rule.has_one(db.session(), current_user.id),
    }


@bp.post("/admin/settings/second-factor")
@requires(Permission.ADMINISTER)
def rule() -> ResponseReturnValue:
    """Whether viewers need a second factor, from now on; whoever asks it of others has one."""
    everywhere_or_404(Permission.ADMINISTER)
    wanted = bool(RuleForm().second_factor.data)
    if wanted and not second_factor_rule.has_one(db.session(), current_user.id):
        db.session.rollback()
        flash(_("Set up your own second factor first: you would be the first to be kept out."), "error")
        return redirect(url_for("my_second_factor.overview"))
    if wanted is not second_factor_rule.is_on(db.session()):
        noted(Act.SECOND_FACTOR_RULE_CHANGED, state="on" if wanted else "off")
    second_factor_rule.switch(db.session(), wanted)
    flash(_("From now on they need one.") if wanted else _("From now on a password is enough."), "success")
    return redirect(url_for("settings.settings", _anchor="second-factor"))


@bp.post("/people/sign-out")
@requires(Permission.ADMINISTER)
def sign_out() -> ResponseReturnValue:
    """Every browser of somebody signed out, for whoever lost a phone; nobody is told how many there were."""
    form = PersonForm()
    if not form.validate():
        abort(400)
    person = person_or_404(form.person.data, Permission.ADMINISTER)
    if not may_reset(person):
        abort(404)
    person_id, unit_id, name = person.id, person.unit_id, person.name
    noted(Act.SIGNED_OUT, person_id=person_id)
    sign_in.sign_out_everywhere(db.session(), person_id)
    flash(_("%(name)s is signed out everywhere.", name=name), "success")
    return redirect(url_for("people.in_unit", unit_id=unit_id))
