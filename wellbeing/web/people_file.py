"""A people file: looked at first, then loaded as shown; meanwhile it lies in the form, and nowhere else."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from wellbeing import directory, site
from wellbeing.csvfile import CsvFileError
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.staffing import adding, loading
from wellbeing.staffing.loading import Plan
from wellbeing.units import PathRefused, below, read_tree
from wellbeing.web import file_in_form, hearing_out
from wellbeing.web.access import may_everywhere, requires, units_with
from wellbeing.web.only_reading import only_reading

bp = Blueprint("people_file", __name__)

HEARD_OUT = 20 * loading.LARGEST
MOST_SHOWN = 100


@bp.url_value_preprocessor
def take_more(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let a file come, and the same once more."""
    if endpoint in ("people_file.look", "people_file.load"):
        file_in_form.take_more(loading.LARGEST)


@bp.errorhandler(RequestEntityTooLarge)
def refuse_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say how large a file may be."""
    return hearing_out.page(loading.too_large(), HEARD_OUT)


@bp.errorhandler(CsvFileError)
def refuse_file(refused: CsvFileError) -> ResponseReturnValue:
    """Say what is wrong with a file, above the form for another."""
    db.session.rollback()
    return render_template("roster/file.html", refused=str(refused)), 422


@bp.get("/admin/people/file")
@requires(Permission.ADMINISTER)
def choose() -> ResponseReturnValue:
    """The form for a file, and what may stand in it."""
    return render_template("roster/file.html", refused="")


@bp.post("/admin/people/file/look")
@requires(Permission.ADMINISTER)
def look() -> ResponseReturnValue:
    """What a file would do; nothing is changed."""
    with only_reading():
        content = _content()
        return _shown(content, _plan(content))


def _content() -> bytes:
    content = file_in_form.chosen()
    if content is not None:
        return content
    return file_in_form.unpacked(request.form.get("packed", ""), loading.LARGEST).encode()


def _plan(content: bytes) -> Plan:
    known = directory.on_roster(db.session())
    if not may_everywhere(Permission.ADMINISTER):
        tree = read_tree(db.session())
        mine = {tree.path_of(unit) for unit in below(db.session(), units_with(Permission.ADMINISTER))}
        known = loading.within(known, mine)
    return loading.planned(content, known)


def _shown(content: bytes, plan: Plan, changed: bool = False) -> ResponseReturnValue:
    page = render_template(
        "roster/file_plan.html",
        plan=plan,
        most=MOST_SHOWN,
        packed=file_in_form.packed(content.decode(errors="replace")),
        changed=changed,
        settings=site.settings(),
    )
    return page, 422 if plan.bad or changed else 200


@bp.post("/admin/people/file/load")
@requires(Permission.ADMINISTER)
def load() -> ResponseReturnValue:
    """Exactly what was shown; where the roster has changed meanwhile, that is shown first."""
    content = _content()
    plan = _plan(content)
    if plan.bad or plan.mark != request.form.get("shown"):
        db.session.rollback()
        return _shown(content, plan, changed=True)
    try:
        added = adding.add(db.session(), plan.people, current_user.id, site.now())
    except PathRefused as refused:
        raise CsvFileError(str(refused)) from None
    flash(ngettext("One person was added.", "%(num)s people were added.", added), "success")
    return redirect(url_for("roster.roster"))
