"""Acts of the audit log as a page shows them: by day, each with its time, its words and whoever did it."""

import re
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import site
from wellbeing.audit_log import Entry
from wellbeing.audit_sentences import Said


@dataclass(frozen=True)
class Line:
    """An entry as it is read."""

    time: str
    who: str
    what: str


def page_asked() -> int | None:
    """Return which page an address asks for, or None for one that cannot be."""
    given = request.args.getlist("page") or ["1"]
    good = len(given) == 1 and re.fullmatch("[1-9][0-9]{0,4}", given[0])
    return int(given[0]) if good else None


def bad_page() -> ResponseReturnValue:
    """Say that there is no such page."""
    title, sentence = _("There is no such page of the log"), _("Pages are counted from 1.")
    return render_template("errors/error.html", status=400, title=title, sentence=sentence), 400


def by_day(found: list[Entry], said: Said) -> list[tuple[date, list[Line]]]:
    """Return entries as lines by the local day on which they were done, newest first."""
    zone = site.zone()
    local = [(entry.at.astimezone(zone), entry) for entry in found]
    return [
        (day, [Line(f"{at:%H:%M}", who(entry), said(entry.act, entry.values)) for at, entry in lines])
        for day, lines in groupby(local, key=lambda pair: pair[0].date())
    ]


def who(entry: Entry) -> str:
    """Return who did it, in words."""
    if entry.by_command:
        return _("A command on the server")
    return entry.actor or _("Somebody who has left")
