"""What somebody is and does at work, by name: roles, cases, and what they chose to say or send."""

from collections.abc import Sequence

import sqlalchemy as sa
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session, aliased

from wellbeing.about_me.rows import Lines, count, rows
from wellbeing.models.accounts import Person, RoleGrant, Unit
from wellbeing.models.asking import ContactRequest, IncidentReport, Reader, ReaderOf
from wellbeing.models.audit import AuditEntry
from wellbeing.models.cases import Case, CaseNote
from wellbeing.models.changes import TeamChange
from wellbeing.models.checkup import QuarterPlace
from wellbeing.models.epochs import Place
from wellbeing.models.floor import CoverRequest
from wellbeing.models.lending import Loan
from wellbeing.models.talk import GoodMoment, Idea, Pledge, Signature
from wellbeing.permissions import Role
from wellbeing.reports import dates

ROLES = {Role.MANAGER: _l("Manager"), Role.HR: _l("HR"), Role.ADMIN: _l("Admin")}
READS = {
    ReaderOf.CONTACT: _l("You read requests for contact"),
    ReaderOf.INCIDENT: _l("You read incident reports"),
}


def roles(session: Session, person: Person) -> Lines:
    """Yield the roles that somebody holds, and what they were appointed to read."""
    query = sa.select(RoleGrant.role, Unit.name).join(Unit, Unit.id == RoleGrant.unit_id)
    mine = query.where(RoleGrant.person_id == person.id).order_by(Unit.name, RoleGrant.role)
    for role, unit in session.execute(mine):
        yield _("%(role)s: %(unit)s", role=ROLES[role], unit=unit)
    for (subject,) in rows(session, person, Reader, Reader.subject):
        yield str(READS[subject])


def places(session: Session, person: Person) -> Lines:
    """Yield the pools that somebody's answers go to; not whether there are any."""
    for unit in _pools(session, person, Place):
        yield _("Answers of this week would go to: %(unit)s", unit=unit)
    for unit in _pools(session, person, QuarterPlace):
        yield _("Replies to the check-up would go to: %(unit)s", unit=unit)
    yield from _loan(session, person)


def _loan(session: Session, person: Person) -> Lines:
    query = sa.select(Unit.name).join(Loan, Loan.unit_id == Unit.id).where(Loan.person_id == person.id)
    for unit in session.scalars(query):
        yield _("You are lent to: %(unit)s. Your answers still go to your own team.", unit=unit)


def _pools(session: Session, person: Person, place: type[Place] | type[QuarterPlace]) -> list[str]:
    query = sa.select(Unit.name).join(place, place.pool_id == Unit.id).where(place.person_id == person.id)
    return list(session.scalars(query.distinct().order_by(Unit.name)))


def moves(session: Session, person: Person) -> Lines:
    """Yield somebody's changes of team."""
    origin, target = aliased(Unit), aliased(Unit)
    query = (
        sa.select(TeamChange.takes_effect_on, origin.name, target.name)
        .join(origin, origin.id == TeamChange.from_unit_id)
        .join(target, target.id == TeamChange.to_unit_id)
        .where(TeamChange.person_id == person.id)
        .order_by(TeamChange.takes_effect_on, TeamChange.id)
    )
    for day, old, new in session.execute(query):
        yield _("%(day)s: from %(old)s to %(new)s", day=dates.whole(day), old=old, new=new)


def cases(session: Session, person: Person) -> Lines:
    """Yield how somebody's name stands in customers' cases."""
    owned = count(session, Case.owner_id == person.id)
    if owned:
        yield _("Cases that you look after or looked after: %(count)s", count=owned)
    notes = count(session, CaseNote.person_id == person.id)
    if notes:
        yield _("Notes that you wrote in cases: %(count)s", count=notes)


def signed(session: Session, person: Person) -> Lines:
    """Yield what somebody put their name to, in its own words."""
    for text in session.scalars(sa.select(GoodMoment.text).where(GoodMoment.signed_by == person.id)):
        yield _("A good moment: “%(text)s”", text=text)
    for text in session.scalars(sa.select(Idea.text).where(Idea.signed_by == person.id)):
        yield _("An idea: “%(text)s”", text=text)
    pledges = sa.select(Pledge.text).join(Signature, Signature.pledge_id == Pledge.id)
    for text in session.scalars(pledges.where(Signature.person_id == person.id)):
        yield _("Your name under a pledge: “%(text)s”", text=text)


def sent(session: Session, person: Person) -> Lines:
    """Yield what somebody sent to appointed readers, in its own words."""
    asked = (ContactRequest.asked_on, ContactRequest.reach, ContactRequest.words)
    for day, *typed in rows(session, person, ContactRequest, *asked):
        said = _("A request to be contacted, of %(day)s", day=dates.whole(day))
        yield _typed(said, typed)
    told = (IncidentReport.what, IncidentReport.whereabouts, IncidentReport.hurt)
    more = (IncidentReport.witnesses, IncidentReport.wish)
    for day, *typed in rows(session, person, IncidentReport, IncidentReport.happened_on, *told, *more):
        said = _("An incident report about %(day)s", day=dates.whole(day))
        yield _typed(said, typed)


def _typed(said: str, typed: Sequence[str]) -> str:
    return ": ".join((said, " · ".join(f"“{text}”" for text in typed if text))).removesuffix(": ")


def audited(session: Session, person: Person) -> Lines:
    """Yield how often the audit log names somebody, as whoever did something or as whom it was about."""
    about = count(session, AuditEntry.person_id == person.id)
    if about:
        yield _("Acts of admins that were about you: %(count)s", count=about)
    done = count(session, AuditEntry.actor_id == person.id)
    if done:
        yield _("Acts of yours as an admin or manager: %(count)s", count=done)


def cover(session: Session, person: Person) -> Lines:
    """Yield whether somebody has asked for cover."""
    if count(session, CoverRequest.person_id == person.id):
        yield _("That you asked for cover")
