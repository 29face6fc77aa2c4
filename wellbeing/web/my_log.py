"""What was done about the signed-in person by those who run the site, and by whom."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from wellbeing import audit_log, audit_sentences
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.web.access import signed_in, units_with
from wellbeing.web.log_page import bad_page, by_day, page_asked

bp = Blueprint("my_log", __name__)


@bp.get("/my/log")
@signed_in
def log() -> ResponseReturnValue:
    """A page of it, newest first."""
    page = page_asked()
    if page is None:
        return bad_page()
    found, older = audit_log.about(db.session(), current_user.id, page)
    if page > 1 and not found:
        abort(404)
    days = by_day(found, audit_sentences.about_you)
    reads = bool(units_with(Permission.READ_LEDGER))
    return render_template("mine/log.html", days=days, page=page, older=older, reads=reads)
