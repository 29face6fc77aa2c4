"""Who looked at figures: the log for everybody who may read the figures themselves (R17)."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wellbeing import access_log
from wellbeing.access_log import Entry
from wellbeing.models.access_log import Act
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.base import db
from wellbeing.permissions import Permission, Role
from wellbeing.units import below
from wellbeing.web.access import requires, units_with

bp = Blueprint("looked", __name__)

WHO: dict[Role, LazyString] = {
    Role.MANAGER: _l("A manager"),
    Role.HR: _l("An HR person"),
    Role.ADMIN: _l("An admin"),
}


@dataclass(frozen=True)
class Line:
    """One line of the log as it is read, and the site of its team."""

    sentence: str
    place: str


@bp.get("/team/looked")
@requires(Permission.READ_LEDGER)
def log() -> ResponseReturnValue:
    """Who opened or took away figures of the reader's units, newest day first."""
    page = _page_asked(request.args.getlist("page"))
    if page is None:
        return _bad_page()
    units = {unit.id: unit for unit in below(db.session(), units_with(Permission.READ_LEDGER))}
    entries, older = access_log.entries(db.session(), units.keys(), page)
    if page > 1 and not entries:
        abort(404)
    days = _by_day(entries, units)
    return render_template("access/looked.html", days=days, page=page, older=older, kept=access_log.KEPT_DAYS)


def _page_asked(given: list[str]) -> int | None:
    if not given:
        return 1
    good = len(given) == 1 and re.fullmatch("[1-9][0-9]{0,4}", given[0])
    return int(given[0]) if good else None


def _bad_page() -> ResponseReturnValue:
    title, sentence = _("There is no such page of the log"), _("Pages are counted from 1.")
    return render_template("errors/error.html", status=400, title=title, sentence=sentence), 400


def _by_day(entries: list[Entry], units: dict[int, Unit]) -> list[tuple[date, list[Line]]]:
    return [
        (day, [Line(_said(entry), _place(units[entry.unit_id])) for entry in found])
        for day, found in groupby(entries, key=lambda entry: entry.day)
    ]


def _place(unit: Unit) -> str:
    return unit.parent.name if unit.level is Level.TEAM and unit.parent else ""


def _said(entry: Entry) -> str:
    names = {"who": str(WHO[entry.role]), "unit": entry.unit}
    sentences = {
        Act.OPENED: _("%(who)s looked at the figures of %(unit)s.", **names),
        Act.MONDAY_SHEET: _("%(who)s took the Monday sheet of %(unit)s.", **names),
        Act.CSV: _("%(who)s downloaded figures of %(unit)s as CSV.", **names),
        Act.XLSX: _("%(who)s downloaded figures of %(unit)s as a spreadsheet.", **names),
        Act.PDF: _("%(who)s downloaded figures of %(unit)s as a PDF report.", **names),
        Act.JSON: _("%(who)s downloaded figures of %(unit)s as JSON.", **names),
        Act.EXTERNAL: _("%(who)s took figures of %(unit)s, with noise, out of the company.", **names),
    }
    return sentences[entry.act]
