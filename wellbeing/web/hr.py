"""Summaries: whole blocks of chosen units and weeks, to look at and to take away."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from markupsafe import Markup

from wellbeing.extensions import LANGUAGES
from wellbeing.models.access_log import Act
from wellbeing.permissions import Permission
from wellbeing.reports import exports, pictures, reading, summary, svg, trends, units
from wellbeing.reports.exports import Selection
from wellbeing.reports.summary import Summary
from wellbeing.web.access import requires, units_with
from wellbeing.web.agreed import once_agreed
from wellbeing.web.chosen import chosen, refuse_long_address, refused
from wellbeing.web.download import download
from wellbeing.web.files import FORMATS, too_long
from wellbeing.web.opened import log_opening
from wellbeing.web.summary_form import MOST_UNITS, SummaryForm, summary_form

bp = Blueprint("hr", __name__)

# Older ticks than these are not in the lists, but an address may still name them.
LISTED_TICKS = 260


@bp.get("/summaries")
@requires(Permission.EXPORT)
@once_agreed
def summaries() -> ResponseReturnValue:
    """Choose units and weeks, look at their blocks, take them away."""
    refuse_long_address()
    with reading.session() as session:
        lines = units.tree(session, units_with(Permission.EXPORT))
        ticks = trends.ticks_of(session, LISTED_TICKS)
        form = summary_form(request.args, lines, ticks)
        selection = chosen(session, form, lines) if ticks else None
        found = summary.summary(session, selection) if selection else None
    shown: dict[str, Any] = {
        "form": form,
        "lines": lines,
        "ticks": ticks,
        "found": found,
        "most_units": MOST_UNITS,
    }
    if selection and found:
        log_opening(selection.units, Act.OPENED)
        outside = url_for("external.external_page", unit=selection.units, **_period(selection))
        shown |= {"files": _files(selection, found.blocks), "drawn": _drawn(found), "outside": outside}
    return render_template("hr/summaries.html", **shown), 400 if form.errors else 200


def _files(selection: Selection, blocks: int) -> list[dict[str, Any]]:
    """Return each format's address, or why this choice is too large for it."""
    asked = _period(selection) | {"lang": str(get_locale())}
    return [
        {
            "format": name,
            "label": made.label,
            "too_long": too_long(name, selection, blocks),
            "url": url_for("hr.summaries_file", format=name, unit=selection.units, **asked),
        }
        for name, made in FORMATS.items()
    ]


def _period(selection: Selection) -> dict[str, Any]:
    return {"from": selection.first, "to": selection.last}


def _drawn(found: Summary) -> list[Markup]:
    """Return each card's picture; one unit alone has room for two whole ones, each wide and for a phone."""
    label = _("Mood by week. The table on this page and the files have the figures.")
    if found.alone:
        weeks = found.cards[0].weeks
        people = _("People with a rough interaction and people who took a break, by week.")
        moods = [svg.drawn(pictures.mood(weeks, narrow=narrow), label) for narrow in (False, True)]
        return moods + [svg.drawn(pictures.people(weeks, narrow=narrow), people) for narrow in (False, True)]
    return [svg.drawn(pictures.small(card.weeks), f"{card.name}: {label}") for card in found.cards]


@bp.get("/summaries.<format>")
@requires(Permission.EXPORT)
@once_agreed
def summaries_file(format: str) -> ResponseReturnValue:
    """The chosen blocks as a file; its address names the language too, so that its bytes follow from it."""
    refuse_long_address()
    if format not in FORMATS:
        abort(404)
    with reading.session() as session:
        form = SummaryForm(formdata=request.args)
        selection = chosen(session, form, units.tree(session, units_with(Permission.EXPORT)))
        blocks = exports.count(session, selection) if selection else 0
    if selection is None:
        return refused(form)
    reason = too_long(format, selection, blocks)
    if reason:
        return _too_long(reason)
    log_opening(selection.units, Act(format))
    asked = request.args.get("lang", "en")
    return download(format, selection, asked if asked in LANGUAGES else "en", blocks)


def _too_long(reason: str) -> ResponseReturnValue:
    title = _("This file cannot be made")
    return render_template("errors/error.html", status=400, title=title, sentence=reason), 400
