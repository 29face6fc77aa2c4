"""Lets the made-up cases happen: written down, answered, noted and closed through the real functions."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.cases import writing
from wellbeing.cases.closing import Closing
from wellbeing.cases.drafts import Draft
from wellbeing.cases.writing import Attention, Start
from wellbeing.demo.case_stories import NOTES
from wellbeing.demo.cases import Brought
from wellbeing.models.accounts import Person
from wellbeing.models.cases import Case, Reading
from wellbeing.roster import UnitPath

OPENS, CLOSES = 8, 19
WRITTEN_DOWN_WITHIN = timedelta(minutes=3)
SECOND_CHANCE_EVERY = 19


def play(
    session: Session,
    cases: Sequence[Brought],
    units: Mapping[UnitPath, int],
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Write down every case whose team there is, and what became of it up to ``now``. Commits."""
    dice = Random("how cases go on")  # noqa: S311 -- made-up people need no secret
    people = _people(session)
    for number, case in enumerate(cases):
        if case.team in units:
            staff = people.get(units[case.team], [])
            _live(session, case, units[case.team], dice.choice(staff) if staff else None, number, now, zone)


def _people(session: Session) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for unit, person in session.execute(sa.select(Person.unit_id, Person.id).order_by(Person.id)).tuples():
        found.setdefault(unit, []).append(person)
    return found


def _live(
    session: Session, case: Brought, unit: int, owner: int | None, number: int, now: datetime, zone: ZoneInfo
) -> None:
    came = case.came.astimezone(UTC)
    today = now.astimezone(zone).date()
    written = min(came + WRITTEN_DOWN_WITHIN, now)
    start = Start(
        form=f"demo{number:028d}",
        owner_id=None if case.standing == "no_owner" else owner,
        attention=Attention.AT_ONCE if case.proactive else Attention.NOT_YET,
    )
    opened = writing.open_case(session, unit, _draft(case, came, today), start, written, zone)
    kept = session.get_one(Case, opened.id)
    answered = _while_open(came + case.answered, zone)
    if answered < now and case.standing != "no_owner":
        writing.attend(session, kept, max(answered, written), zone)
        if owner is not None:
            writing.note(session, kept, NOTES[number % len(NOTES)], owner, max(answered, written), zone)
    if case.standing in ("closed", "again"):
        _close(session, case, kept, number, now, zone)


def _draft(case: Brought, came: datetime, today: date) -> Draft:
    story = case.story
    days = {"planned": 1 + len(case.number + case.car) % 5, "step_over": -2, "forgotten": -6}
    planned = case.standing in ("planned", "step_over", "forgotten")
    return Draft(
        came_at=came,
        channel=case.channel,
        area=case.area,
        cause=story.cause,
        order_number=case.number,
        what=_sentence(story.what, case),
        tried_before=case.tried_before,
        threatened=case.threatened,
        reading=Reading.ILL_WILL if case.odd else Reading.GOOD_FAITH,
        proactive=case.proactive,
        promised=_sentence(story.promised, case),
        next_step=_sentence(story.next_step, case) if planned else "",
        due_on=today + timedelta(days=days[case.standing]) if planned else None,
        recontact_on=today if case.standing == "step_over" else None,
    )


def _sentence(text: str, case: Brought) -> str:
    said = text.format(car=case.car, part=case.part)
    return said[:1].upper() + said[1:]


def _while_open(at: datetime, zone: ZoneInfo) -> datetime:
    """Return a moment, or the next morning where nobody is there at that hour."""
    local = at.astimezone(zone)
    if OPENS <= local.hour < CLOSES:
        return at
    day = local.date() + timedelta(days=local.hour >= CLOSES)
    return datetime.combine(day, time(OPENS, local.minute), zone).astimezone(UTC)


def _close(session: Session, case: Brought, kept: Case, number: int, now: datetime, zone: ZoneInfo) -> None:
    """Close a case; some are opened again for a second chance, and some customers hear from us again."""
    today = now.astimezone(zone).date()
    settled = _while_open(case.came.astimezone(UTC) + case.settled, zone)
    closed = min(max(settled, kept.first_attention_at or kept.came_at), now)
    closing = Closing(
        mattered=number % 9 != 4,
        outcome=case.outcome,
        prevention=_sentence(case.story.prevention, case),
        recontact_on=today + timedelta(days=number % 3 - 1) if case.standing == "again" else None,
    )
    writing.close(session, kept, closing, closed, zone)
    again = closed + timedelta(days=6)
    if number % SECOND_CHANCE_EVERY == 5 and again + timedelta(days=3) < now and kept.owner_id is not None:
        writing.open_again(session, kept, kept.owner_id, again, zone)
        writing.close(session, kept, closing, again + timedelta(days=2), zone)
