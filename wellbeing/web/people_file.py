"""A people file: looked at first, then loaded as shown; meanwhile it lies in the form, and nowhere else."""

from io import BytesIO
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from wellbeing import directory, site
from wellbeing.csvfile import CsvFileError
from wellbeing.diary import tables
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.staffing import loading
from wellbeing.staffing.loading import Plan
from wellbeing.units import PathRefused, below, read_tree
from wellbeing.web import hearing_out
from wellbeing.web.access import may_everywhere, requires, units_with
from wellbeing.web.only_reading import only_reading

bp = Blueprint("people_file", __name__)

MOST_IN_A_FIELD = loading.LARGEST * 2
MOST_IN_A_FORM = MOST_IN_A_FIELD + 100_000
HEARD_OUT = 20 * loading.LARGEST
MOST_SHOWN = 100


@bp.url_value_preprocessor
def take_more(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let somebody who is signed in send a file, and the same once more; it never lies on a disk."""
    if endpoint in ("people_file.look", "people_file.load") and "_user_id" in session:
        request.max_content_length, request.max_form_memory_size = MOST_IN_A_FORM, MOST_IN_A_FIELD
        # Larger files would be put into a temporary one.
        request._get_file_stream = lambda *_sizes, **_names: BytesIO()  # type: ignore[method-assign]


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
    file = request.files.get("file")
    if file is not None and file.filename:
        return file.stream.read()
    return tables.unpacked(request.form.get("packed", "")).encode()


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
        packed=tables.packed(content.decode(errors="replace")),
        changed=changed,
        confirmed=site.settings().confirmed_at is not None,
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
        added = loading.load(db.session(), plan, current_user.id, site.now())
    except PathRefused as refused:
        raise CsvFileError(str(refused)) from None
    flash(ngettext("One person was added.", "%(num)s people were added.", added), "success")
    return redirect(url_for("roster.roster"))
