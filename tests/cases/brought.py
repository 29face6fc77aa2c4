"""A case as a test needs one: written down through the real function, with little said about it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from tests.cast import NOW, ZONE, Cast
from wellbeing.cases import writing
from wellbeing.cases.closing import Closing
from wellbeing.cases.drafts import Draft
from wellbeing.cases.writing import Start
from wellbeing.models.base import db
from wellbeing.models.cases import Case, Outcome, Reading

MADRID = ZoneInfo(ZONE)
DRAFT = Draft(
    came_at=NOW - timedelta(hours=2),
    channel="phone",
    area=None,
    cause=None,
    order_number="",
    what="The car was not ready",
    tried_before=None,
    threatened=False,
    reading=Reading.GOOD_FAITH,
    proactive=False,
    promised="",
    next_step="",
    due_on=None,
    recontact_on=None,
)


def bring(
    cast: Cast, team: str = "Service counter", owner: str | None = None, at: datetime = NOW, **said: object
) -> int:
    """Write down a case of a team; return its id."""
    start = Start(uuid4().hex, cast.people[owner] if owner else None)
    return writing.open_case(db.session(), cast.units[team], replace(DRAFT, **said), start, at, MADRID).id


def close(case_id: int, at: datetime = NOW, recontact_on: date | None = None) -> None:
    """Close a case."""
    answers = Closing(True, Outcome.STAYED, "", recontact_on)
    writing.close(db.session(), writing.held(db.session(), case_id), answers, at, MADRID)


def kept(case_id: int) -> Case:
    """Return a case as it is kept now."""
    db.session.rollback()
    return db.session.get_one(Case, case_id, populate_existing=True)
