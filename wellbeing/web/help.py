"""Pages that anybody may read, signed in or not, even before the site is set up."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from wellbeing import announcement, site
from wellbeing.care.helplines import helplines
from wellbeing.models.base import db
from wellbeing.web.access import public

bp = Blueprint("help", __name__)


@bp.get("/help")
@public
def get_help() -> ResponseReturnValue:
    """Whom to turn to: the contact at work, helplines, the emergency number."""
    return render_template("help/help.html", contact=_contact(), helplines=helplines(get_locale()))


def _contact() -> str | None:
    try:
        return site.settings().help_contact
    except site.NotSetUp:
        return None


@bp.get("/what-happens")
@public
def what_happens() -> ResponseReturnValue:
    """What happens to an answer, in plain words."""
    return render_template("help/what_happens.html", planned=_planned())


def _planned() -> str:
    try:
        site.settings()
    except site.NotSetUp:
        return ""
    return announcement.sentence(db.session())
