"""What the made-up dealership says of itself at its check-ups, and what it found out beside them."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import checkup_collect, checkup_log, checkup_questions, checkups
from wellbeing.checkup_questions import Item
from wellbeing.models.accounts import Person
from wellbeing.models.checkup import Aspect, Reply
from wellbeing.roster import UnitPath

# Staff get round to it within the first weeks; here all of them on one day.
DAYS_AFTER_OPENING = timedelta(days=12)
# Whoever signs in as staff fills it in themselves.
NOT_YET = "staff"
TAKES_PART, SKIPS, PARTLY = 0.72, 0.07, 0.7
COUNTER = ("Northgate", "Service counter")

# What the house does well, and what it knows that it does not.
USUAL = 0.62
KNOWN = {
    "small-greeting": 0.9,
    "visitors-welcome": 0.88,
    "amenities": 0.92,
    "small-card": 0.12,
    "small-note": 0.2,
    "inquiry-tested": 0.08,
    "newsletters": 0.3,
    "answered-personally": 0.42,
}
# What got better in the second of two quarters, after the house had read of it.
GOT_BETTER = {"small-call": 0.5, "delay-told": 0.42, "status-told": 0.3}
GOT_WORSE = {"thanks-interest": -0.35}


@dataclass
class CheckUps:
    """Which check-ups the house has answered so far."""

    answered: list[int] = field(default_factory=list)

    def reply_if_due(self, engine: sa.Engine, server_key: bytes, now: datetime) -> None:
        """Let everybody who takes part reply, once, when a check-up has been open for some days."""
        with engine.connect() as connection:
            quarter = checkups.open_now(connection, now)
        if quarter is None or quarter.id in self.answered or now - quarter.opens_at < DAYS_AFTER_OPENING:
            return
        self.answered.append(quarter.id)
        with engine.begin() as connection:
            steps = checkup_questions.steps(connection, quarter.asked, "en")
            items = [item for step in steps for item in step.items]
            staff = sa.select(Person.id).where(Person.login.is_distinct_from(NOT_YET)).order_by(Person.id)
            for person in connection.execute(staff).scalars().all():
                said = replies(items, len(self.answered), person)
                checkup_collect.reply(connection, server_key, person, said, now)


def replies(items: Iterable[Item], number: int, person: int) -> Mapping[str, Mapping[Aspect, Reply]]:
    """Return what somebody says at the house's first, second... check-up; nothing where they take no part."""
    if _drawn(number, person) > TAKES_PART:
        return {}
    return {
        item.key: {
            aspect: _reply(_drawn(person, item.key, aspect), likely(item.key, number))
            for aspect in item.aspects
        }
        for item in items
        if _drawn(number, person, item.key) > SKIPS
    }


def _drawn(*names: object) -> float:
    """Return a number between 0 and 1 that hangs on some names alone: people seldom change their minds."""
    return random.Random("-".join(map(str, names))).random()  # noqa: S311 - no secret hangs on it.


def likely(item: str, number: int) -> float:
    """Return how likely somebody says yes to an item at the house's first, second... check-up."""
    usual = KNOWN.get(item, USUAL)
    if item in GOT_BETTER:
        usual = 0.25
    if number > 1:
        usual += GOT_BETTER.get(item, 0) + GOT_WORSE.get(item, 0)
    return usual


def _reply(drawn: float, yes: float) -> Reply:
    if drawn < yes:
        return Reply.YES
    return Reply.PARTLY if drawn < yes + PARTLY * (1 - yes) else Reply.NO


# Days ago, how many customers were asked, and how many said that they come first.
ASKED = ((5, 14, 11), (33, 12, 10), (61, 15, 9), (96, 10, 6))
# Days ago, the hour, the channel, minutes to the first answer by a person, and whether a machine came first.
INQUIRIES = (
    (3, time(10, 15), "email", None, True),
    (12, time(9, 40), "web", 95, True),
    (26, time(17, 50), "email", 1020, False),
    (40, time(11, 5), "social", 38, False),
    (68, time(14, 30), "email", 240, True),
)


def find_out(session: Session, units: Mapping[UnitPath, int], now: datetime, zone: ZoneInfo) -> None:
    """Write down the customers whom the service counter asked, and its inquiries from a private address."""
    unit = units.get(COUNTER)
    if unit is None:
        return
    today = now.astimezone(zone).date()
    for days, asked, content in ASKED:
        checkup_log.customers_asked(session, unit, today - timedelta(days=days), asked, content)
    for days, hour, channel, minutes, machine in INQUIRIES:
        sent = datetime.combine(today - timedelta(days=days), hour, zone)
        answered = None if minutes is None else sent + timedelta(minutes=minutes)
        checkup_log.inquiry_sent(session, unit, channel, (sent, answered), machine)
