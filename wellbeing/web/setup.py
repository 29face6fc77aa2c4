"""The set-up assistant: seven short steps on one page, from the first sign-in to the first check-in."""

from typing import Any

import segno
from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from flask_wtf import FlaskForm

from wellbeing import agreements, directory, help_contact, people, setting_up, site, tablets
from wellbeing.agreements import Signature
from wellbeing.audit import Act
from wellbeing.content import called
from wellbeing.counter import tiles
from wellbeing.help_contact import ContactRefused
from wellbeing.law import facts
from wellbeing.models.accounts import CodePurpose, Level, Person, Unit
from wellbeing.models.agreements import AgreementKind
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.setting_up import Step, StepRefused
from wellbeing.staffing import adding
from wellbeing.units import open_ones, read_tree
from wellbeing.web import setup_page
from wellbeing.web.access import everywhere_or_404, may_reset, person_or_404, requires, unit_or_404
from wellbeing.web.forms import PersonForm, UnitForm
from wellbeing.web.noted import noted
from wellbeing.web.setup_forms import ContactForm, NamesForm, OrganisationForm, PrivacyForm, TeamsForm
from wellbeing.web.setup_page import Shown

bp = Blueprint("setup", __name__)


@bp.get("/admin/setup")
@requires(Permission.ADMINISTER)
def setup() -> ResponseReturnValue:
    """Which steps are done, and the next one open, or the one that was asked for."""
    everywhere_or_404(Permission.ADMINISTER)
    wanted = request.args.get("open", "")
    return setup_page.page(Shown(Step(wanted)) if wanted in set(Step) else Shown())


def _again(step: Step, form: FlaskForm, field: Any = None, refused: Exception | None = None) -> Any:
    """Show a step again with what was typed in it, and beside a field why it was refused."""
    db.session.rollback()
    if field is not None:
        field.errors = [str(refused)]
    return setup_page.page(Shown(step, form), 422)


def _next() -> ResponseReturnValue:
    """Lead to the page, where the step that comes next is open."""
    return redirect(url_for("setup.setup"))


@bp.post("/admin/setup/organisation")
@requires(Permission.ADMINISTER)
def organisation() -> ResponseReturnValue:
    """Another name or time zone, before the first week begins."""
    everywhere_or_404(Permission.ADMINISTER)
    form = OrganisationForm()
    if not form.validate():
        return _again(Step.ORGANISATION, form)
    noted(Act.SITE_CHANGED)
    try:
        setting_up.change_organisation(db.session(), form.name.data, form.time_zone.data)
    except StepRefused as refused:
        return _again(Step.ORGANISATION, form, form.time_zone, refused)
    flash(_("Saved."), "success")
    return _next()


@bp.post("/admin/setup/units")
@requires(Permission.ADMINISTER)
def units() -> ResponseReturnValue:
    """Teams, and the site that they stand in."""
    everywhere_or_404(Permission.ADMINISTER)
    form = TeamsForm()
    if not form.validate():
        return _again(Step.UNITS, form)
    try:
        made = setting_up.add_teams(db.session(), form.site.data, form.teams.data)
    except StepRefused as refused:
        return _again(Step.UNITS, form, form.teams, refused)
    for unit in made:
        above = unit.parent.name if unit.parent else ""
        noted(Act.UNIT_CREATED, unit_id=unit.id, unit=unit.name, parent=above)
    number = len([unit for unit in made if unit.level is Level.TEAM])
    db.session.commit()
    flash(ngettext("One team is made.", "%(num)s teams are made.", number), "success")
    return _next()


@bp.post("/admin/setup/people")
@requires(Permission.ADMINISTER)
def names() -> ResponseReturnValue:
    """People of one team, by their names alone."""
    everywhere_or_404(Permission.ADMINISTER)
    form = NamesForm().offer(_teams())
    if not form.validate():
        return _again(Step.PEOPLE, form)
    team = _open_team(form.team.data)
    tree, known = read_tree(db.session()), directory.on_roster(db.session()).people
    try:
        path, language = tree.path_of(team), site.settings().language
        found = setting_up.people_of(form.names.data, path, known, language)
    except StepRefused as refused:
        return _again(Step.PEOPLE, form, form.names, refused)
    number = adding.add(db.session(), found, current_user.id, site.now())
    flash(ngettext("One person is added.", "%(num)s people are added.", number), "success")
    return _next()


def _teams() -> list[Unit]:
    found = open_ones(db.session(), read_tree(db.session()).units)
    return [unit for unit in found if unit.level is Level.TEAM]


def _open_team(unit_id: int | None) -> Unit:
    """Return an open team; what is none does not exist."""
    found = unit_or_404(unit_id or 0, Permission.ADMINISTER)
    return found if found in _teams() else abort(404)


@bp.post("/admin/setup/confirm")
@requires(Permission.ADMINISTER)
def confirm() -> ResponseReturnValue:
    """Everybody who is there by now is real: their answers count from today."""
    everywhere_or_404(Permission.ADMINISTER)
    noted(Act.IMPORT_CONFIRMED, people=len(directory.unconfirmed(db.session())))
    if people.confirm_import(db.session(), site.now()):
        flash(
            _("Confirmed. The first week opens within a minute, and answers count from then on."), "success"
        )
    else:
        db.session.rollback()
    return _next()


@bp.post("/admin/setup/tablet")
@requires(Permission.ADMINISTER)
def tablet() -> ResponseReturnValue:
    """A code that enrols one tablet, shown once and only here."""
    everywhere_or_404(Permission.ADMINISTER)
    team = _open_team(_sent(UnitForm()).unit.number)
    name = team.name
    noted(Act.TABLET_CODE_MADE, unit_id=team.id)
    code = tablets.make_code(db.session(), team.id, site.now())
    address = f"{request.url_root}counter#code={code}"
    picture = segno.make(address, error="m").svg_data_uri(scale=6, border=2)
    made = {"team": name, "code": code, "picture": picture, "address": request.url_root + "counter"}
    return setup_page.page(Shown(Step.TABLETS, tablet=made))


def _sent(form: Any) -> Any:
    return form if form.validate() else abort(400)


@bp.post("/admin/setup/first-code")
@requires(Permission.ADMINISTER)
def first_code() -> ResponseReturnValue:
    """A code with which somebody chooses their first PIN, at the tablet that was just enrolled."""
    everywhere_or_404(Permission.ADMINISTER)
    person = person_or_404(_sent(PersonForm()).person.number, Permission.ADMINISTER)
    if not person.active or person.pin_mac is not None or not may_reset(person):
        abort(404)
    first = {"name": person.name, "tile": _tile_of(person), "team": person.unit.name}
    noted(Act.PIN_CODE_MADE, person_id=person.id, unit_id=person.unit_id)
    code = people.make_code(db.session(), CodePurpose.PIN, person.id, site.now())
    return setup_page.page(Shown(Step.TABLETS, first=first | {"code": code}))


def _tile_of(person: Person) -> str:
    """Return somebody's name as their team's tablet shows it."""
    there = tiles.team_tiles(db.session.connection(), person.unit_id, site.today(db.session()))
    return next(str(tile["name"]) for tile in there if tile["id"] == person.id)


@bp.post("/admin/setup/help")
@requires(Permission.ADMINISTER)
def contact() -> ResponseReturnValue:
    """Whom staff can turn to here."""
    everywhere_or_404(Permission.ADMINISTER)
    form = ContactForm()
    if not form.validate():
        return _again(Step.HELP, form)
    noted(Act.HELP_CONTACT_CHANGED)
    try:
        help_contact.change(db.session(), form.contact.data)
    except ContactRefused as refused:
        return _again(Step.HELP, form, form.contact, refused)
    flash(_("Saved. Tablets show it within a minute."), "success")
    return _next()


@bp.post("/admin/setup/texts")
@requires(Permission.ADMINISTER)
def texts() -> ResponseReturnValue:
    """Somebody looked through the texts, and they fit."""
    everywhere_or_404(Permission.ADMINISTER)
    today = site.today(db.session())
    if today != site.settings().texts_reviewed_on:
        noted(Act.TEXTS_REVIEWED)
    setting_up.texts_fit(db.session(), today)
    return _next()


@bp.post("/admin/setup/privacy")
@requires(Permission.ADMINISTER)
def sign() -> ResponseReturnValue:
    """The privacy step, signed: figures are open from now on, for everybody at once."""
    everywhere_or_404(Permission.ADMINISTER)
    form, today = PrivacyForm(), site.today(db.session())
    if facts.newest(db.session()) is None:
        return _again(Step.PRIVACY, form)
    offered = [entry.key for entry in called.offered(db.session())]
    if not form.judge(setup_page.signer(), offered, today):
        return _again(Step.PRIVACY, form)
    kind = AgreementKind(form.kind.data)
    none = kind is AgreementKind.NONE_NEEDED
    signature = Signature(
        kind=kind,
        reference="" if none else form.reference.data.strip(),
        agreed_on=None if none else form.agreed_on.data,
        signed_by=setup_page.signer(),
        helpline_checked_on=form.tried_on.data,
    )
    called.keep(db.session(), form.tried_on.data, site.now())
    noted(Act.PRIVACY_SIGNED, kind=kind.value)
    agreements.sign(db.session(), signature, site.now())
    flash(_("Signed. From now on figures are open, for everybody alike."), "success")
    return _next()
