"""The site at a glance for its admin: settings in words, the first import, who waits to be confirmed."""

from datetime import date, datetime

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from wellbeing import announcement, directory, not_ready, people, setting_up, site
from wellbeing.audit import Act
from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.reports import dates
from wellbeing.units import below
from wellbeing.web import admin_tabs
from wellbeing.web.access import everywhere_or_404, may_everywhere, person_or_404, requires, units_with
from wellbeing.web.forms import PersonForm
from wellbeing.web.noted import noted

bp = Blueprint("admin", __name__)
bp.add_app_template_global(admin_tabs.admin_tabs)


@bp.app_template_filter("day")
def day_in_words(moment: date) -> str:
    """Return a day, or the local day of a moment, such as "16 Nov 2026"."""
    day = moment.astimezone(site.zone()).date() if isinstance(moment, datetime) else moment
    return dates.whole(day)


@bp.get("/admin/")
@requires(Permission.ADMINISTER)
def overview() -> ResponseReturnValue:
    """What needs the admin now, the ways on, settings in words, and the tree of units."""
    mine = below(db.session(), units_with(Permission.ADMINISTER))
    return render_template(
        "admin/overview.html",
        settings=site.settings(),
        units=mine,
        counts=directory.headcounts(db.session()),
        waiting=_waiting(mine),
        may_confirm=may_everywhere(Permission.ADMINISTER),
        planned=announcement.sentence(db.session()),
        ledger=people.has_ledger(db.session(), site.now()),
        missing=not_ready.missing(db.session(), site.today(db.session())),
        wants=not_ready.wants(db.session(), site.today(db.session())),
        progress=setting_up.progress(db.session()),
    )


def _waiting(mine: list[Unit]) -> list[Person]:
    ids = {unit.id for unit in mine}
    return [person for person in directory.unconfirmed(db.session()) if person.unit_id in ids]


@bp.post("/admin/confirm-import")
@requires(Permission.ADMINISTER)
def confirm_import() -> ResponseReturnValue:
    """The first import, confirmed: everybody in it counts from today."""
    everywhere_or_404(Permission.ADMINISTER)
    noted(Act.IMPORT_CONFIRMED, people=len(directory.unconfirmed(db.session())))
    number = people.confirm_import(db.session(), site.now())
    if number:
        flash(
            ngettext(
                "Confirmed. The answers of one person count from today.",
                "Confirmed. The answers of %(num)s people count from today.",
                number,
            )
        )
    return redirect(url_for("admin.overview"))


@bp.post("/admin/confirm-person")
@requires(Permission.ADMINISTER)
def confirm_person() -> ResponseReturnValue:
    """Somebody whose account their own manager made, confirmed."""
    form = PersonForm()
    if not form.validate():
        abort(400)
    person = person_or_404(form.person.data, Permission.ADMINISTER)
    noted(Act.PERSON_CONFIRMED, person_id=person.id, unit_id=person.unit_id)
    people.confirm_person(db.session(), person, site.now())
    flash(_("Confirmed. The People page says from which day the answers count."))
    return redirect(url_for("admin.overview"))
