"""Pages that anybody may read, signed in or not, even before the site is set up."""

from datetime import date

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from wellbeing import appointed, emergency, plain_words, site
from wellbeing.content.helplines import helplines
from wellbeing.extensions import language
from wellbeing.models.asking import ReaderOf
from wellbeing.models.base import db
from wellbeing.reports import dates
from wellbeing.web.access import public
from wellbeing.web.risk import serious_risk

bp = Blueprint("help", __name__)


@bp.app_template_filter("weekday")
def weekday_in_words(day: date) -> str:
    """Return a day such as "Monday 16 November"."""
    return dates.weekday(day)


@bp.app_template_global()
def emergency_number() -> str:
    """Return the number to call in danger."""
    return emergency.number(db.session(), site.today(db.session()))


@bp.get("/help")
@public
def get_help() -> ResponseReturnValue:
    """Whom to turn to: the contact at work, helplines, the emergency number."""
    contact, policy = _contact(), serious_risk(language())
    asks = contact is not None and bool(appointed.readers(db.session(), ReaderOf.CONTACT))
    found = helplines(db.session(), get_locale())
    return render_template("help/help.html", contact=contact, helplines=found, policy=policy, asks=asks)


def _contact() -> str | None:
    try:
        return site.settings().help_contact
    except site.NotSetUp:
        return None


@bp.get("/what-happens")
@public
def what_happens() -> ResponseReturnValue:
    """What happens to an answer, in plain words."""
    facts, found = plain_words.facts(db.session()), plain_words.found()
    return render_template("help/what_happens.html", facts=facts, found=found)
