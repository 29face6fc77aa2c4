"""The external export: sums with noise, for readers outside the company; a page and a file (R13)."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale
from flask_babel import gettext as _

from wellbeing.extensions import LANGUAGES
from wellbeing.models.access_log import Act
from wellbeing.permissions import Permission
from wellbeing.reports import dates, external, external_file, reading, trends, units
from wellbeing.web.access import requires, units_with
from wellbeing.web.agreed import once_agreed
from wellbeing.web.chosen import chosen, refuse_long_address, refused
from wellbeing.web.opened import log_opening
from wellbeing.web.summary_form import MOST_UNITS, SummaryForm, summary_form

bp = Blueprint("external", __name__)

LISTED_TICKS = 260


@bp.app_template_filter("tenths")
def tenths(value: float) -> str:
    """A figure with one decimal, as the language of the page writes it."""
    return dates.tenths(value)


@bp.app_template_filter("week_days")
def week_days(week: external.Week) -> str:
    """The days of a tick."""
    return dates.week(week.opened_on, week.closed_on)


@bp.get("/summaries/external")
@requires(Permission.EXPORT)
@once_agreed
def external_page() -> ResponseReturnValue:
    """What may leave the company about the chosen units and weeks, and what it means."""
    refuse_long_address()
    with reading.session() as session:
        lines = units.tree(session, units_with(Permission.EXPORT))
        ticks = trends.ticks_of(session, LISTED_TICKS)
        form = summary_form(request.args, lines, ticks)
        selection = chosen(session, form, lines) if ticks else None
    found, file = None, ""
    if selection:
        with reading.noise() as session:
            found = external.summary(session, selection)
        log_opening(selection.units, Act.OPENED)
        period: dict[str, Any] = {"from": selection.first, "to": selection.last}
        file = url_for("external.external_csv", unit=selection.units, **period, lang=str(get_locale()))
    about = {"form": form, "lines": lines, "ticks": ticks, "most_units": MOST_UNITS}
    rules = external_file.meaning()
    text = render_template("external/external.html", **about, found=found, file=file, rules=rules)
    return text, 400 if form.errors else 200


@bp.get("/summaries/external.csv")
@requires(Permission.EXPORT)
@once_agreed
def external_csv() -> ResponseReturnValue:
    """The same as a file; its address names the language too, so that its bytes follow from it."""
    refuse_long_address()
    with reading.session() as session:
        form = SummaryForm(formdata=request.args)
        selection = chosen(session, form, units.tree(session, units_with(Permission.EXPORT)))
        paths = units.paths(session)
    if selection is None:
        return refused(form)
    with reading.noise() as session:
        found = external.summary(session, selection)
    asked = request.args.get("lang", "en")
    with force_locale(asked if asked in LANGUAGES else "en"):
        text = external_file.external_csv(found, sorted(paths[unit] for unit in selection.units))
    log_opening(selection.units, Act.EXTERNAL)
    headers = {"Content-Disposition": f'attachment; filename="{external_file.file_name(selection)}"'}
    return Response(text, mimetype="text/csv", headers=headers)


@bp.errorhandler(reading.NotSetUp)
def not_set_up(_error: reading.NotSetUp) -> ResponseReturnValue:
    """Say what the site has to do first."""
    title = _("The external export is not set up")
    sentence = _(
        "On PostgreSQL it needs a login of its own, EXTERNAL_DATABASE_URL. Ask whoever runs this site."
    )
    return render_template("errors/error.html", status=503, title=title, sentence=sentence), 503
