"""Writes down what a unit found out by itself: customers it asked, and inquiries it sent to itself."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.checkup import CustomersAsked, MysteryInquiry

KINDS: dict[str, type[CustomersAsked] | type[MysteryInquiry]] = {
    "asked": CustomersAsked,
    "inquiry": MysteryInquiry,
}


def customers_asked(session: Session, unit_id: int, day: date, asked: int, content: int) -> None:
    """Keep how many customers were asked on a day, and how many said that they come first. Commits."""
    session.add(CustomersAsked(unit_id=unit_id, asked_on=day, asked=asked, content=content))
    session.commit()


def inquiry_sent(
    session: Session,
    unit_id: int,
    channel: str,
    moments: tuple[datetime, datetime | None],
    machine_first: bool,
) -> None:
    """Keep an inquiry: when it was sent and, if known, when the first human being answered. Commits."""
    sent_at, answered_at = moments
    session.add(
        MysteryInquiry(
            unit_id=unit_id,
            channel=channel,
            sent_at=sent_at,
            answered_at=answered_at,
            machine_first=machine_first,
        )
    )
    session.commit()


def inquiry_answered(session: Session, unit_id: int, inquiry_id: int, at: datetime) -> bool:
    """Keep when somebody answered an inquiry in person; False where it is none of this unit's that waits
    for an answer, or was sent later. Commits.
    """
    waiting = sa.update(MysteryInquiry).where(
        MysteryInquiry.id == inquiry_id,
        MysteryInquiry.unit_id == unit_id,
        MysteryInquiry.answered_at.is_(None),
        MysteryInquiry.sent_at <= at,
    )
    found = session.execute(waiting.values(answered_at=at)).rowcount == 1  # type: ignore[attr-defined]
    session.commit()
    return bool(found)


def remove(session: Session, unit_id: int, kind: str, row_id: int) -> bool:
    """Delete one line of a unit's log; False where there is none. Commits."""
    table = KINDS.get(kind)
    if table is None:
        return False
    mine = sa.delete(table).where(table.id == row_id, table.unit_id == unit_id)
    found = session.execute(mine).rowcount == 1  # type: ignore[attr-defined]
    session.commit()
    return bool(found)
