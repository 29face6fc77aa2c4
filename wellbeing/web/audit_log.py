"""The audit log for admins: what was done, by whom and when; nobody changes it, and nothing here writes."""

import csv
import io
from collections.abc import Iterator

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from wellbeing import audit_log, audit_sentences, site
from wellbeing.audit_log import Asked
from wellbeing.audit_words import KINDS, Kind
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.reports.exports import MARK, guarded
from wellbeing.units import below
from wellbeing.web.access import everywhere_or_404, may_everywhere, requires, units_with
from wellbeing.web.forms import whole_number
from wellbeing.web.log_page import bad_page, by_day, page_asked, who

bp = Blueprint("audit_log", __name__)

COLUMNS = ("at", "who", "act", "what", "unit", "person")


@bp.get("/admin/log")
@requires(Permission.ADMINISTER)
def log() -> ResponseReturnValue:
    """A page of the log, by kind and unit if one likes."""
    page = page_asked()
    if page is None:
        return bad_page()
    mine = below(db.session(), units_with(Permission.ADMINISTER))
    found, older = audit_log.entries(db.session(), _asked(mine), page)
    if page > 1 and not found:
        abort(404)
    return render_template(
        "admin/log.html",
        days=by_day(found, audit_sentences.in_log),
        page=page,
        older=older,
        kinds=KINDS,
        units=mine,
        chosen={name: request.args.get(name, "") for name in ("kind", "unit")},
        everywhere=may_everywhere(Permission.ADMINISTER),
    )


def _asked(mine: list[Unit]) -> Asked:
    """Return what part of the log is asked for; a kind or unit that is not there is not found (404)."""
    ids = {unit.id for unit in mine}
    return Asked(
        unit_ids=None if may_everywhere(Permission.ADMINISTER) else ids,
        acts=_acts(request.args.get("kind", "")),
        narrowed_to=_narrowed(request.args.get("unit", ""), ids),
    )


def _acts(kind: str) -> list[str] | None:
    if not kind:
        return None
    if kind not in set(Kind):
        abort(404)
    return audit_sentences.acts_of(Kind(kind))


def _narrowed(unit: str, mine: set[int]) -> set[int] | None:
    if not unit:
        return None
    if whole_number(unit) not in mine:
        abort(404)
    return {found.id for found in below(db.session(), {int(unit)})}


@bp.get("/admin/log.csv")
@requires(Permission.ADMINISTER)
def log_file() -> ResponseReturnValue:
    """The same as a file, every page of it."""
    everywhere_or_404(Permission.ADMINISTER)
    asked = _asked(below(db.session(), units_with(Permission.ADMINISTER)))
    headers = {"Content-Disposition": 'attachment; filename="second-wind-log.csv"'}
    return Response(MARK + "".join(_lines(asked)), mimetype="text/csv", headers=headers)


def _lines(asked: Asked) -> Iterator[str]:
    yield _line(COLUMNS)
    zone = site.zone()
    for entry in audit_log.every(db.session(), asked):
        what = audit_sentences.in_log(entry.act, entry.values)
        at = entry.at.astimezone(zone).isoformat(timespec="minutes")
        yield _line((at, who(entry), entry.act, what, entry.unit or "", entry.person or ""))


def _line(cells: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow([guarded(cell) for cell in cells])
    return text.getvalue()
