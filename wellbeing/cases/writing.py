"""Everything that changes a case: opened, changed, taken over, noted, closed and opened again."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wellbeing.cases import overdue, words
from wellbeing.cases.closing import Closing
from wellbeing.cases.drafts import Draft
from wellbeing.cases.overdue import Standing
from wellbeing.models.accounts import RoleGrant
from wellbeing.models.cases import Case, CaseNote, CaseWord
from wellbeing.models.settings import Settings

MOST_CHANCES = 9
KEPT_AFTER_CLOSING = timedelta(days=730)
FORGOTTEN_AT_ONCE = 500
SENT_TWICE = timedelta(minutes=1)


class ChangedMeanwhile(Exception):
    """Somebody else changed the case since the page was opened that the form was sent from."""


class Attention(StrEnum):
    """Whether somebody had turned to the customer when the case was written down."""

    NOT_YET = "not_yet"
    NOW = "now"
    AT_ONCE = "at_once"


@dataclass(frozen=True)
class Start:
    """How a case begins: the form it was written on, who takes it, and whether somebody has answered."""

    form: str
    owner_id: int | None = None
    attention: Attention = Attention.NOT_YET


@dataclass(frozen=True)
class Opened:
    """The case of a form, and whether this time has made it."""

    id: int
    is_new: bool


def standing(case: Case) -> Standing:
    """Return how a case stands, for its flags."""
    return Standing(case.open_since, case.owner_id is not None, bool(case.next_step), case.due_on)


def open_case(
    session: Session, unit_id: int, draft: Draft, start: Start, now: datetime, zone: ZoneInfo
) -> Opened:
    """Keep a new case of a unit; a form that is sent again leads to the case it made. Commits."""
    known = _made_by(session, start.form)
    if known is not None:
        return Opened(known, is_new=False)
    answered = {Attention.NOT_YET: None, Attention.NOW: now, Attention.AT_ONCE: draft.came_at}
    case = Case(
        unit_id=unit_id,
        form=start.form,
        owner_id=start.owner_id,
        open_since=now,
        first_attention_at=answered[start.attention],
        version=0,
        **asdict(draft),
    )
    session.add(case)
    try:
        _settle(session, case, zone)
    except IntegrityError:  # The same form, sent twice at the same moment.
        session.rollback()
        known = _made_by(session, start.form)
        if known is None:  # Any other broken rule.
            raise
        return Opened(known, is_new=False)
    case_id = case.id
    session.commit()
    return Opened(case_id, is_new=True)


def _made_by(session: Session, form: str) -> int | None:
    return session.execute(sa.select(Case.id).where(Case.form == form)).scalar_one_or_none()


def _settle(session: Session, case: Case, zone: ZoneInfo) -> None:
    """Count the change, work out when the case is overdue, and keep the words by which it is found."""
    case.version += 1
    case.overdue_from = overdue.overdue_from(standing(case), zone)
    session.flush()
    session.execute(sa.delete(CaseWord).where(CaseWord.case_id == case.id))
    rows = [{"word": word, "case_id": case.id} for word in sorted(words.of(case))]
    if rows:  # Signs alone, such as a face, are no words.
        session.execute(sa.insert(CaseWord), rows)


def held(session: Session, case_id: int, version: int | None = None) -> Case:
    """Return a case for a change, held until the transaction ends; raise ChangedMeanwhile if it is another.

    ``version`` is the one that the page showed; None where it does not matter.
    """
    case = session.get_one(Case, case_id, with_for_update=True, populate_existing=True)
    if version is not None and case.version != version:
        raise ChangedMeanwhile
    return case


def change(
    session: Session, case: Case, unit_id: int, draft: Draft, zone: ZoneInfo, owners: Collection[int]
) -> None:
    """Write a case anew, also in another unit; only one of ``owners`` can have it there. Commits."""
    for name, value in asdict(draft).items():
        setattr(case, name, value)
    case.unit_id = unit_id
    if case.owner_id not in owners:
        case.owner_id = None
    if case.first_attention_at is not None:
        case.first_attention_at = max(case.first_attention_at, case.came_at)
    _settle(session, case, zone)
    session.commit()


def hand_over(session: Session, case: Case, owner_id: int | None, zone: ZoneInfo) -> None:
    """Give a case to somebody, or to nobody. Commits."""
    case.owner_id = owner_id
    _settle(session, case, zone)
    session.commit()


def note(session: Session, case: Case, text: str, by: int, now: datetime, zone: ZoneInfo) -> None:
    """Add a line to a case; one that is sent twice within a minute is added once. Commits."""
    last = case.notes[-1] if case.notes else None
    if last is None or (last.text, last.person_id) != (text, by) or now - last.written_at > SENT_TWICE:
        _note(case, text, by, now)
        _settle(session, case, zone)
    session.commit()


def _note(case: Case, text: str, by: int, now: datetime) -> None:
    case.notes.append(CaseNote(person_id=by, written_at=now, text=text))


def attend(session: Session, case: Case, now: datetime, zone: ZoneInfo) -> None:
    """Keep that somebody has turned to the customer; the first time counts. Commits."""
    case.first_attention_at = case.first_attention_at or now
    _settle(session, case, zone)
    session.commit()


def recontacted(session: Session, case: Case, text: str, by: int, now: datetime, zone: ZoneInfo) -> None:
    """Keep that somebody has reached out again, and with which words. Commits."""
    case.recontact_on = None
    case.first_attention_at = case.first_attention_at or now
    _note(case, text or _("We have been in touch again."), by, now)
    _settle(session, case, zone)
    session.commit()


def close(session: Session, case: Case, closing: Closing, now: datetime, zone: ZoneInfo) -> None:
    """Close a case that passed the shoes test; whoever was never answered has been now. Commits."""
    case.closed_at, case.felt_better, case.mattered = now, True, closing.mattered
    case.outcome, case.prevention = closing.outcome, closing.prevention
    case.recontact_on = closing.recontact_on
    case.first_attention_at = case.first_attention_at or now
    _settle(session, case, zone)
    session.commit()


def open_again(session: Session, case: Case, by: int, now: datetime, zone: ZoneInfo) -> None:
    """Open a closed case again, as the customer's next chance to give us. Commits."""
    assert case.closed_at is not None  # noqa: S101 -- the page offers it for closed cases alone
    day = case.closed_at.astimezone(zone).date().isoformat()
    _note(case, _("Opened again. It had been closed on %(day)s.", day=day), by, now)
    case.closed_at = case.felt_better = case.mattered = case.outcome = None
    case.chance = min(case.chance + 1, MOST_CHANCES)
    case.open_since, case.next_step, case.due_on = now, "", None
    _settle(session, case, zone)
    session.commit()


def leave_without_owner(session: Session, person_id: int) -> None:
    """Take somebody's name off the cases they have, so that their flags rise. Does not commit."""
    zone = ZoneInfo(session.execute(sa.select(Settings.time_zone)).scalar_one())
    for case in session.scalars(sa.select(Case).where(Case.owner_id == person_id)).all():
        case.owner_id = None
        _settle(session, case, zone)


def stay_behind(connection: sa.Connection, person_id: int, unit_id: int) -> None:
    """Take the name of somebody who goes to another team off their open cases elsewhere.

    A case stays with its team. Whoever holds a role keeps theirs: it may reach both teams. Does not commit.
    """
    if connection.execute(sa.select(RoleGrant.id).where(RoleGrant.person_id == person_id)).first():
        return
    with Session(connection) as session:
        zone = ZoneInfo(session.execute(sa.select(Settings.time_zone)).scalar_one())
        theirs = sa.select(Case).where(Case.owner_id == person_id, Case.closed_at.is_(None))
        for case in session.scalars(theirs.where(Case.unit_id != unit_id)).all():
            case.owner_id = None
            _settle(session, case, zone)
        session.flush()


def go_along(connection: sa.Connection, from_unit: int, into_unit: int) -> None:
    """Give the open cases of a merged unit to the new one; closed ones stay where they were closed."""
    still_open = sa.update(Case).where(Case.unit_id == from_unit, Case.closed_at.is_(None))
    connection.execute(still_open.values(unit_id=into_unit, version=Case.version + 1))


def forget_old(connection: sa.Connection, now: datetime) -> None:
    """Delete cases two years after they were closed, with their notes; so many in a run, the oldest first."""
    oldest = sa.select(Case.id).where(Case.closed_at <= now - KEPT_AFTER_CLOSING).order_by(Case.closed_at)
    connection.execute(sa.delete(Case).where(Case.id.in_(oldest.limit(FORGOTTEN_AT_ONCE))))
