"""A team that goes to another site: planned by an admin, in effect at the next tick.

It is made anew there and takes its people along; what was released stays where it was, in a closed unit.
"""

from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing.models.accounts import Level, Unit
from wellbeing.models.changes import UnitClosing, UnitMerge
from wellbeing.moves import MoveRefused, effective_on
from wellbeing.unit_making import UnitRefused, make
from wellbeing.units import opening, opens_later, read_tree


def plan(session: Session, unit: Unit, site: Unit, now: datetime) -> Unit:
    """Plan that a team goes to another site, and return the new team, made at once. Commits.

    Raises MoveRefused.
    """
    _check(session, unit, site)
    try:
        made = make(session, site, unit.name)
    except UnitRefused as refused:
        raise MoveRefused(str(refused)) from None
    day = effective_on(session, now)
    session.add(UnitMerge(unit_id=unit.id, into_unit_id=made.id, takes_effect_on=day, done=False))
    session.commit()
    return made


def _check(session: Session, unit: Unit, site: Unit) -> None:
    if unit.level is not Level.TEAM:
        raise MoveRefused(_("Only teams go to another site. A site can be merged with another."))
    if site.level is not Level.SITE:
        raise MoveRefused(_("A team goes to a site, not into a team and not to the organisation."))
    if unit.closed_on is not None:
        raise MoveRefused(_("%(unit)s is closed.", unit=unit.name))
    if stands_in(session, unit) == site:
        raise MoveRefused(_("%(unit)s is in %(site)s already.", unit=unit.name, site=site.name))
    if unit.id in opening(session):
        raise MoveRefused(opens_later(unit))
    planned = sa.exists().where(UnitMerge.unit_id == unit.id, ~UnitMerge.done)
    if session.execute(sa.select(planned)).scalar_one() or session.get(UnitClosing, unit.id):
        raise MoveRefused(_("Something else is planned for %(unit)s. Take that back first.", unit=unit.name))


def stands_in(session: Session, team: Unit) -> Unit:
    """Return the site that an open team stands in by now: what its own was merged into."""
    found = read_tree(session).above(team)
    while found is not None and found.closed_on is not None and found.parent is not None:
        found = found.parent
    return found or team


def sites_for(session: Session, unit: Unit) -> list[Unit]:
    """Return the open sites that a team can go to, by name."""
    planned, here = opening(session), stands_in(session, unit)
    sites = [found for found in read_tree(session).units if found.level is Level.SITE]
    open_ones = [site for site in sites if site.closed_on is None and site.id not in planned]
    return sorted((site for site in open_ones if site != here), key=lambda site: site.name.casefold())
