"""My history from another mood tracker: looked at first, then loaded into the open diary, or taken back."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from wellbeing import site
from wellbeing.csvfile import CsvFileError
from wellbeing.diary import importing, keeping, tables
from wellbeing.diary.entry import Entry
from wellbeing.diary.importing import Plan
from wellbeing.models.base import db
from wellbeing.reports import dates
from wellbeing.web import file_in_form, hearing_out
from wellbeing.web.import_form import Looked, looked_at, mark
from wellbeing.web.import_page import page_of
from wellbeing.web.only_reading import only_reading
from wellbeing.web.unlocked import entries, with_open_diary

bp = Blueprint("my_import", __name__)

HEARD_OUT = 10 * tables.LARGEST
# What is written or deleted at once: nobody at a counter should wait for somebody's years.
PART = 100


@bp.url_value_preprocessor
def take_more(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let a file come, and the same once more."""
    if endpoint in ("my_import.look", "my_import.load"):
        file_in_form.take_more(tables.LARGEST)


@bp.errorhandler(RequestEntityTooLarge)
def refuse_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say how large a file may be."""
    return hearing_out.page(tables.too_large(), HEARD_OUT)


@bp.errorhandler(CsvFileError)
def refuse_file(refused: CsvFileError) -> ResponseReturnValue:
    """Say what is wrong with a file, above the form for another."""
    with only_reading():
        return _start_page(str(refused)), 422


@bp.get("/my/import")
@with_open_diary
def start() -> ResponseReturnValue:
    """The form for a file, and what was loaded before."""
    return _start_page()


@bp.post("/my/import/look")
@with_open_diary
def look() -> ResponseReturnValue:
    """What a file would bring, and how its columns are read; nothing is loaded."""
    with only_reading():
        looked = looked_at(_text(), request.form)
        return _mapping(looked, _plan(looked))


@bp.post("/my/import/load")
@with_open_diary
def load() -> ResponseReturnValue:
    """What was shown is loaded, sealed; where something else was chosen since, that is shown first."""
    with only_reading():
        looked = looked_at(_text(), request.form)
        plan = _plan(looked)
        if not plan.entries or mark(looked.choices) != request.form.get("shown"):
            return _mapping(looked, plan, changed=True)
        person_id = current_user.id
    _keep(person_id, plan.entries)
    flash(_("Loaded and sealed. You can take it all back here."), "success")
    return redirect(url_for("my_import.start"))


def _text() -> str:
    content = file_in_form.chosen()
    if content is not None:
        return tables.text_of(content)
    if "packed" not in request.form:
        raise CsvFileError(_("Choose a file that is not empty."))
    return file_in_form.unpacked(request.form["packed"], tables.LARGEST)


def _plan(looked: Looked) -> Plan:
    if looked.refused:
        return Plan((), (), 0)
    mine = entries()
    known = {importing.same(found.entry) for found in mine if found.entry.mood}
    plan = importing.planned(looked.table, looked.choices, site.zone(), site.now(), known)
    if len(importing.imported(mine)) + len(plan.entries) > importing.MOST_LOADED:
        raise CsvFileError(_too_many())
    return plan


def _too_many() -> str:
    most = dates.thousands(importing.MOST_LOADED)
    return _("At most %(most)s imported entries fit into your diary. Choose a shorter file.", most=most)


def _keep(person_id: int, found: Sequence[Entry]) -> None:
    server_key = site.config().secrets.server_key
    for start in range(0, len(found), PART):
        keeping.add(db.session().connection(), server_key, person_id, found[start : start + PART])
        db.session.commit()


@bp.post("/my/import/remove")
@with_open_diary
def remove() -> ResponseReturnValue:
    """Everything that was ever loaded from a file is deleted at once."""
    with only_reading():
        ids = [found.id for found in importing.imported(entries())]
    for start in range(0, len(ids), PART):
        keeping.drop(db.session().connection(), ids[start : start + PART])
        db.session.commit()
    flash(_("Deleted. What you entered yourself stays."), "success")
    return redirect(url_for("my_import.start"))


def _start_page(refused: str = "") -> str:
    return render_template(
        "mine/import.html",
        refused=refused,
        loaded=len(importing.imported(entries())),
        most=tables.LARGEST // 1_000_000,
        most_lines=dates.thousands(tables.MOST_LINES),
    )


def _mapping(looked: Looked, plan: Plan, changed: bool = False) -> ResponseReturnValue:
    page = render_template(
        "mine/import_mapping.html",
        looked=looked,
        columns=looked.choices.columns,
        scale=looked.choices.scale,
        plan=plan,
        page=page_of(looked.table, looked.choices, plan, site.zone()),
        packed=file_in_form.packed(looked.text),
        shown=mark(looked.choices),
        changed=changed and not looked.refused,
    )
    return page, 422 if looked.refused else 200
