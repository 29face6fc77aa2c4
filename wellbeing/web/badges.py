"""The badges of my people: printed as a PDF, each in place of the one before, and revoked at once.

The number of a badge stands on the printed card alone: in no address, no page and no log.
"""

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import badge_sheet, badges, directory, site
from wellbeing.audit import Act
from wellbeing.badge_sheet import Card
from wellbeing.models.accounts import Person, Unit
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.reports import dates
from wellbeing.web.access import may_everywhere, may_reset, person_or_404, requires, unit_or_404
from wellbeing.web.forms import BadgesForm, PersonForm
from wellbeing.web.noted import noted

bp = Blueprint("badges", __name__)


@bp.get("/people/<int(max=2147483647):unit_id>/badges")
@requires(Permission.MAKE_CODE)
def in_unit(unit_id: int) -> ResponseReturnValue:
    """Who of one unit has a badge, and since when."""
    return _page(unit_or_404(unit_id, Permission.MAKE_CODE))


def _page(unit: Unit) -> str:
    people = directory.in_unit(db.session(), unit.id)
    since = badges.since(db.session(), [person.id for person in people])
    mine = [person for person in people if may_reset(person)]
    return render_template(
        "badges/badges.html",
        unit=unit,
        people=people,
        mine=mine,
        since=since,
        missing=sum(person.id not in since for person in mine),
        alone=site.settings().badge_alone,
        may_change=may_everywhere(Permission.ADMINISTER),
    )


@bp.post("/people/badges")
@requires(Permission.MAKE_CODE)
def print_sheet() -> ResponseReturnValue:
    """New badges as a file to print; it is made once and kept nowhere."""
    form = BadgesForm()
    if not form.validate():
        abort(400)
    unit = unit_or_404(form.home.number, Permission.MAKE_CODE)
    people = _chosen(unit, form)
    if not people:
        flash(_("Tick whose badges to print."), "error")
        return _page(unit), 400
    for person in people:
        noted(Act.BADGE_MADE, person_id=person.id, unit_id=unit.id)
    return _file(unit.name, {person.id: person.name for person in people})


def _chosen(unit: Unit, form: BadgesForm) -> list[Person]:
    """Return the people to print for, by name; anybody for whom I make no badge does not exist (404)."""
    mine = [person for person in directory.in_unit(db.session(), unit.id) if may_reset(person)]
    if form.missing.data:
        since = badges.since(db.session(), [person.id for person in mine])
        return [person for person in mine if person.id not in since]
    ticked = set(form.people.data)
    if not ticked <= {person.id for person in mine}:
        abort(404)
    return [person for person in mine if person.id in ticked]


def _file(team: str, names: dict[int, str]) -> Response:
    today = site.now().astimezone(site.zone()).date()
    made = badges.make(db.session(), site.config().secrets.pin_pepper, names, today)
    title = _("Badges of %(unit)s, %(day)s", unit=team, day=dates.whole(today))
    cards = [Card(name, team, made[person]) for person, name in names.items()]
    answer = Response(badge_sheet.sheet(title, cards), mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "attachment", filename="badges.pdf")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/people/badges/revoke")
@requires(Permission.MAKE_CODE)
def revoke() -> ResponseReturnValue:
    """A badge that opens nothing any more."""
    form = PersonForm()
    if not form.validate():
        abort(400)
    person = person_or_404(form.person.data, Permission.MAKE_CODE)
    home, name = person.unit_id, person.name
    if badges.since(db.session(), [person.id]):
        noted(Act.BADGE_REMOVED, person_id=person.id, unit_id=home)
    if badges.revoke(db.session(), person.id):
        flash(_("The badge of %(name)s is revoked. It opens nothing from now on.", name=name), "success")
    return redirect(url_for("badges.in_unit", unit_id=home))
