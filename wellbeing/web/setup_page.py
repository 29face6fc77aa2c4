"""What the set-up's page is made of: each step with what is there already, its form, and what was refused."""

import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_wtf import FlaskForm

from wellbeing import agreements, directory, not_ready, setting_up, site, tablets, ticks
from wellbeing.certificates import kept
from wellbeing.content import called
from wellbeing.law import facts
from wellbeing.models.accounts import Level, Person, Tablet, Unit
from wellbeing.models.base import db
from wellbeing.models.settings import Settings
from wellbeing.setting_up import Step
from wellbeing.units import Tree, open_ones, read_tree
from wellbeing.web.setup_forms import ContactForm, NamesForm, OrganisationForm, PrivacyForm, TeamsForm

# A tablet cannot open a page at these names: they lead to itself.
ONLY_HERE = ("localhost", "127.", "[::1]", "0.0.0.0")  # noqa: S104 -- compared with, not bound to


@dataclass(frozen=True)
class Shown:
    """What a step says besides: the form that was refused, or a code that is shown only now."""

    step: Step | None = None
    form: FlaskForm | None = None
    tablet: dict[str, Any] | None = None
    first: dict[str, Any] | None = None


def page(shown: Shown = Shown(), status: int = 200) -> ResponseReturnValue:  # noqa: B008 -- frozen and empty
    """Return the page, the step that a form was sent from open, or else the first that is not done."""
    session = db.session()
    settings, tree = site.settings(), read_tree(session)
    teams = [unit for unit in open_ones(session, tree.units) if unit.level is Level.TEAM]
    teams.sort(key=lambda unit: tree.path_of(unit))
    found, counts = setting_up.progress(session), directory.headcounts(session)
    body = render_template(
        "setup/setup.html",
        progress=found,
        open_step=shown.step or found.next,
        shown=shown,
        settings=settings,
        tree=tree,
        teams=teams,
        forms=_forms(shown, settings, tree, teams, counts),
        zones=setting_up.zones() if setting_up.may_change_zone(session) else None,
        counts=counts,
        waiting=[] if settings.confirmed_at else directory.unconfirmed(session),
        tablets=_tablets(session, teams),
        pinless=_pinless(session, teams),
        gaps=_gaps(session),
        agreement=agreements.standing(session),
        helplines=called.offered(session),
        missing=not_ready.missing(session, site.today(session)),
        coming=ticks.coming(session, site.now()),
        only_here=request.host.startswith(ONLY_HERE),
        door=_door(),
    )
    return body, status


def _door() -> str | None:
    """Return where tablets take up the root, where this site has an authority of its own (wellbeing.door)."""
    config = site.config()
    if config.behind_proxy or not request.is_secure or not kept.root_in(config.instance).exists():
        return None
    name = re.sub(r":\d+$", "", request.host)
    return f"http://{name}/"


def _gaps(session: Any) -> int | None:
    """Return how much the privacy notice still leaves open; None where nobody has written it."""
    written = facts.newest(session)
    return None if written is None else len(facts.gaps(written.facts))


def _tablets(session: Any, teams: list[Unit]) -> list[Tablet]:
    found = tablets.of_units(session, {unit.id for unit in teams})
    return [tablet for tablet in found if tablet.revoked_on is None]


def _forms(
    shown: Shown, settings: Settings, tree: Tree, teams: list[Unit], counts: Container[int]
) -> dict[str, FlaskForm]:
    """Return each step's form as it is offered, and the one that was sent as it was typed."""
    root = tree.root()
    sites = [unit.name for unit in tree.units if unit.level is Level.SITE and unit.closed_on is None]
    today = site.today(db.session())
    organisation = OrganisationForm(formdata=None, name=root.name, time_zone=settings.time_zone)
    forms: dict[str, FlaskForm] = {
        Step.ORGANISATION: organisation,
        Step.UNITS: TeamsForm(formdata=None, site=sites[0] if sites else root.name),
        Step.PEOPLE: NamesForm(formdata=None, team=_without_people(teams, counts)).offer(teams),
        Step.HELP: ContactForm(formdata=None, contact=settings.help_contact),
        Step.PRIVACY: PrivacyForm(formdata=None, tried_on=today),
    }
    if shown.step and shown.form:
        forms[shown.step] = shown.form
    return forms


def _without_people(teams: list[Unit], counts: Container[int]) -> int | None:
    """Return the first team that nobody is in yet, which is the one to go on with."""
    return next((team.id for team in teams if team.id not in counts), None)


def _pinless(session: Any, teams: list[Unit]) -> list[Person]:
    """Return people of the teams who could choose their first PIN at a tablet; nobody with a role."""
    ids = {unit.id for unit in teams}
    query = sa.select(Person).where(Person.active, Person.pin_mac.is_(None), Person.unit_id.in_(ids))
    ordered = query.where(~Person.grants.any()).order_by(sa.func.lower(Person.name), Person.id)
    return list(session.scalars(ordered))


def signer() -> str:
    """Return the name that has to be typed below the privacy step."""
    return str(current_user.name)
