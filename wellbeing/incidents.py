"""Incident reports: named, sent by their author alone, read by appointed readers, apart from every answer."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from wellbeing.models.accounts import Person
from wellbeing.models.asking import IncidentReport

KINDS: Mapping[str, LazyString] = {
    "shouting": _l("Shouting or swearing"),
    "insult": _l("Insults"),
    "remark": _l("Discriminatory or sexual remarks"),
    "threat": _l("A threat"),
    "physical": _l("Pushing, hitting, throwing something"),
    "online": _l("Online, by message or by phone"),
}
# Characters, as long as the columns.
LONGEST = {"about_when": 40, "whereabouts": 80, "what": 2000, "hurt": 400, "witnesses": 240, "wish": 400}


@dataclass(frozen=True)
class Told:
    """What somebody tells of an incident; ``kinds`` are keys of KINDS."""

    happened_on: date
    what: str
    about_when: str = ""
    whereabouts: str = ""
    kinds: tuple[str, ...] = ()
    hurt: str = ""
    witnesses: str = ""
    wish: str = ""


def send(session: Session, person: Person, told: Told, now: datetime) -> IncidentReport:
    """Keep a report for its readers, with its author's name and team as they are. Commits."""
    fields = asdict(told) | {"kinds": " ".join(told.kinds)}
    report = IncidentReport(person_id=person.id, unit_id=person.unit_id, sent_at=now, **fields)
    session.add(report)
    session.commit()
    return report


def kinds_of(report: IncidentReport) -> list[LazyString]:
    """Return in words what kinds of violence a report names."""
    return [KINDS[key] for key in report.kinds.split() if key in KINDS]


def own(session: Session, person_id: int) -> Sequence[IncidentReport]:
    """Return what somebody sent, the newest first."""
    return session.scalars(_newest_first().where(IncidentReport.person_id == person_id)).all()


def every(session: Session) -> Sequence[IncidentReport]:
    """Return all reports for their readers, the newest first."""
    return session.scalars(_newest_first()).all()


def _newest_first() -> sa.Select[tuple[IncidentReport]]:
    return sa.select(IncidentReport).order_by(IncidentReport.sent_at.desc(), IncidentReport.id.desc())


def mark_read(session: Session, report: IncidentReport, today: date) -> None:
    """Note that a reader has read a report, so that its author knows. Commits."""
    report.read_on = report.read_on or today
    session.commit()


def delete(session: Session, report: IncidentReport) -> None:
    """Delete a report for good. Commits."""
    session.delete(report)
    session.commit()
