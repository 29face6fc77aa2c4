"""Who looked at figures: the log for everybody who may read the figures themselves (R17)."""

import re
from collections.abc import Iterable
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
class Looks:
    """How one unit was looked at on a day, in sentences; ``place`` is the site of a team."""

    unit: str
    place: str
    sentences: list[str]


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


def _by_day(entries: list[Entry], units: dict[int, Unit]) -> list[tuple[date, list[Looks]]]:
    return [(day, _by_unit(found, units)) for day, found in groupby(entries, key=lambda entry: entry.day)]


def _by_unit(entries: Iterable[Entry], units: dict[int, Unit]) -> list[Looks]:
    found = groupby(entries, key=lambda entry: entry.unit_id)
    return [
        Looks(units[unit].name, _place(units[unit]), [_said(entry) for entry in looks])
        for unit, looks in found
    ]


def _place(unit: Unit) -> str:
    return unit.parent.name if unit.level is Level.TEAM and unit.parent else ""


def _said(entry: Entry) -> str:
    who = str(WHO[entry.role])
    sentences = {
        Act.OPENED: _("%(who)s looked at the figures.", who=who),
        Act.MONDAY_SHEET: _("%(who)s took the Monday sheet.", who=who),
        Act.CSV: _("%(who)s downloaded figures as CSV.", who=who),
        Act.XLSX: _("%(who)s downloaded figures as a spreadsheet.", who=who),
        Act.PDF: _("%(who)s downloaded figures as a PDF report.", who=who),
        Act.JSON: _("%(who)s downloaded figures as JSON.", who=who),
        Act.EXTERNAL: _("%(who)s took figures, with noise, out of the company.", who=who),
    }
    return sentences[entry.act]
