"""What a unit found out by itself: customers it asked, and inquiries that it sent from a private address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import lists
from wellbeing.models.checkup import CustomersAsked, MysteryInquiry
from wellbeing.models.lists import ListName
from wellbeing.quarters import period
from wellbeing.reports import dates
from wellbeing.reports.once import settings

SHOWN = 20
MINUTE = 60


@dataclass(frozen=True)
class Asked:
    """One day's customers: how many were asked, and how many said that they come first."""

    id: int
    day: str
    asked: int
    content: int


@dataclass(frozen=True)
class Inquiry:
    """One inquiry: its channel, when it was sent, and after how many minutes a person answered, or None."""

    id: int
    channel: str
    sent: str
    minutes: int | None
    machine_first: bool


@dataclass(frozen=True)
class Log:
    """The newest of both, and this quarter's sums; the median leaves out what nobody has answered yet."""

    asked: tuple[Asked, ...]
    inquiries: tuple[Inquiry, ...]
    asked_now: int
    content_now: int
    median_minutes: int | None
    unanswered: int


def channels(reader: Session, day: date) -> list[tuple[str, str]]:
    """Return the channels that the site's list offers on a day, each as its key and its words."""
    offered = lists.every(reader)[ListName.CHANNEL]
    return [(entry.key, str(entry.label)) for entry in offered if entry.is_offered(day)]


def log(session: Session, unit_id: int, now: datetime) -> Log:
    """Return what a unit wrote down, newest first; sums are of the calendar quarter of ``now``."""
    site = settings(session)
    zone = ZoneInfo(site.time_zone)
    begins, _ends = period(now, 3, zone)
    since = begins.astimezone(zone).date()
    asked = session.execute(_ASKED, {"unit": unit_id}).all()
    sent = session.execute(_SENT, {"unit": unit_id}).all()
    names = {entry.key: str(entry.label) for entry in lists.every(session)[ListName.CHANNEL]}
    now_asked = [row for row in asked if row.asked_on >= since]
    waited = [_minutes(row) for row in sent if row.sent_at >= begins]
    return Log(
        asked=tuple(_day(row) for row in asked[:SHOWN]),
        inquiries=tuple(_inquiry(row, names.get(row.channel, row.channel), zone) for row in sent[:SHOWN]),
        asked_now=sum(row.asked for row in now_asked),
        content_now=sum(row.content for row in now_asked),
        median_minutes=_median(waited),
        unanswered=waited.count(None),
    )


_ASKED = (
    sa.select(CustomersAsked.__table__)
    .where(CustomersAsked.unit_id == sa.bindparam("unit"))
    .order_by(CustomersAsked.asked_on.desc(), CustomersAsked.id.desc())
)
_SENT = (
    sa.select(MysteryInquiry.__table__)
    .where(MysteryInquiry.unit_id == sa.bindparam("unit"))
    .order_by(MysteryInquiry.sent_at.desc(), MysteryInquiry.id.desc())
)


def _day(row: sa.Row) -> Asked:
    return Asked(row.id, dates.whole(row.asked_on), row.asked, row.content)


def _minutes(row: sa.Row) -> int | None:
    return None if row.answered_at is None else int((row.answered_at - row.sent_at).total_seconds()) // MINUTE


def _median(waited: Iterable[int | None]) -> int | None:
    answered: Sequence[int] = [minutes for minutes in waited if minutes is not None]
    return round(median(answered)) if answered else None


def _inquiry(row: sa.Row, channel: str, zone: ZoneInfo) -> Inquiry:
    local: datetime = row.sent_at.astimezone(zone)
    day: date = local.date()
    return Inquiry(row.id, channel, f"{dates.whole(day)}, {local:%H:%M}", _minutes(row), row.machine_first)
