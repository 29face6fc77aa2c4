"""What the page “What happens to this answer?” is filled in with: the site's settings, what attacks found.

Every figure is read from where it is in force or was measured, so that the page cannot drift from either.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from wellbeing import announcement, people, proof, ratchet, site, ticks
from wellbeing.epochs import DETAIL_DAYS
from wellbeing.models.epochs import LedgerKind


@dataclass(frozen=True)
class Facts:
    """A site's settings, the days of its next ticks (None before it has opened), and what will change.

    ``has_figures`` is False where the organisation is too small for any, so that no answer is stored.
    """

    people_needed: int
    own_pool_from: int
    tick_days: int
    tick_on: date | None = None
    detail_on: date | None = None
    planned: str = ""
    has_figures: bool = True
    activation_days: int = ratchet.FEWEST_ACTIVATION_DAYS


@dataclass(frozen=True)
class Ranking:
    """How well an attack ranked a team by mood: its lowest and highest correlation with the truth."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Found:
    """What attacks found in a year: rankings from weekly and 14-day figures, and from a dashboard's.

    ``moods`` is how many of five stay possible for everybody when one colleague tells their own.
    """

    weekly: Ranking
    strict: Ranking
    dashboard: Decimal
    moods: str


BEFORE_SET_UP = Facts(people_needed=5, own_pool_from=7, tick_days=7)


def facts(session: Session) -> Facts:
    """Return what a site's people are told; what the product comes with where it is not set up.

    Only clock, settings and the roster are asked: no answer ever changes a word of the page.
    """
    try:
        zone = site.zone()
    except site.NotSetUp:
        return BEFORE_SET_UP
    values, now = ratchet.in_force(session), site.moment(session)
    coming = ticks.coming(session, now)
    return Facts(
        values.people_needed,
        values.own_pool_from,
        values.tick_days,
        coming.day if coming else None,
        _next_detail(session, now, zone),
        announcement.sentence(session),
        _has_figures(session),
        values.activation_days,
    )


def _has_figures(session: Session) -> bool:
    """Tell whether the organisation had enough people when this week began: that decides what is stored."""
    epoch = ticks.newest(session, LedgerKind.WEEKLY)
    return epoch is None or people.has_ledger(session, epoch.opens_at)


def _next_detail(session: Session, now: datetime, zone: ZoneInfo) -> date | None:
    """Return the day of the next four-week tick, whether or not the epoch before it was opened yet."""
    last = ticks.newest(session, LedgerKind.DETAIL)
    if last is None:
        return None
    moment = last.closes_at
    while moment <= now:
        moment = ticks.days_later(moment, DETAIL_DAYS, zone)
    day: date = moment.astimezone(zone).date()
    return day


def found() -> Found:
    """Return what the attack suite measured."""
    intersection, deniability = _finding("intersection"), _finding("deniability")
    return Found(
        weekly=_ranking(intersection.ours, 7),
        strict=_ranking(intersection.ours, 14),
        dashboard=max(map(Decimal, re.findall(r"\d\.\d+", intersection.naive))),
        moods=deniability.ours.partition(" of 5 moods")[0],
    )


def _finding(attack: str) -> proof.Finding:
    return next(finding for finding in proof.findings() if finding.attack == attack)


def _ranking(text: str, days: int) -> Ranking:
    """Return what a year gave where figures come every so many days: the second of each pair of runs."""
    values = re.findall(rf"\d\.\d+ and (\d\.\d+) \({days} days\)", text)
    return Ranking(min(map(Decimal, values)), max(map(Decimal, values)))
