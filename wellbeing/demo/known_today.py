"""What is known at the made-up dealership when the demo is made: late loan cars, a closed gate, a plan."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from wellbeing import notices
from wellbeing.models.accounts import Unit
from wellbeing.notice_draft import Draft

OPENS = time(7, 30)
CARS_BACK = (time(12), time(15), time(19))
TOLD_BEFORE = timedelta(minutes=40)
THURSDAY = 3


def hang_up(session: Session, team: Unit, now: datetime, zone: ZoneInfo) -> None:
    """Hang up a notice of a team and one of its site that run at ``now``, and a planned one. Commits."""
    local, team_id, site_id = now.astimezone(zone), team.id, team.parent_id or team.id
    notices.write(session, team_id, late_loan_cars(local), now)
    notices.write(session, site_id, closed_gate(local), now)
    notices.write(session, site_id, no_card_payments(local), now)
    for notice in notices.shown_at(session, team_id, now):
        notices.tell(session, notice.audience[0].id, {notice.unit_id}, True, now - TOLD_BEFORE)
    session.commit()


def late_loan_cars(local: datetime) -> Draft:
    """Return a notice of some hours: until noon, three or seven, an hour away at least, or tomorrow."""
    today = [end for end in CARS_BACK if _on(local, 0, end) > local + timedelta(hours=1)]
    ends_at = _on(local, 0, today[0]) if today else _on(local, 1, CARS_BACK[0])
    back = f"{ends_at:%H:%M}" if today else f"{ends_at:%H:%M} tomorrow"
    return Draft(
        what="Loan cars are late",
        words=f"I'm sorry, your loan car is not back yet. It will be here by {back}. Shall we drive you, "
        "or call you a taxi?",
        starts_at=min(_on(local, 0, OPENS), local - timedelta(hours=1)).astimezone(UTC),
        ends_at=ends_at.astimezone(UTC),
        whom=("Customers of today's pick-ups", "Reception", "Showroom"),
    )


def closed_gate(local: datetime) -> Draft:
    """Return a notice of weeks, from the Monday of last week until the Friday of next week."""
    return Draft(
        what="The gate in Mill Street is closed",
        words="They are laying new pipes in Mill Street. Please come in by Dock Lane; "
        "we'll meet you at the sign.",
        starts_at=_on(local, -local.weekday() - 7, OPENS).astimezone(UTC),
        ends_at=_on(local, 11 - local.weekday(), time(18)).astimezone(UTC),
        whom=("Customers with a booking", "Suppliers"),
    )


def no_card_payments(local: datetime) -> Draft:
    """Return a notice of one hour, on a Thursday to come."""
    days = (THURSDAY - local.weekday() - 1) % 7 + 1
    return Draft(
        what="No card payments from six to seven",
        words="Our card machine is off from six to seven today. You can pay before that, "
        "or tomorrow by transfer.",
        starts_at=_on(local, days, time(18)).astimezone(UTC),
        ends_at=_on(local, days, time(19)).astimezone(UTC),
        whom=("Customers who collect after six",),
    )


def _on(local: datetime, days: int, hour: time) -> datetime:
    return datetime.combine(local.date() + timedelta(days=days), hour, local.tzinfo)
