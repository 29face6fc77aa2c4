"""The only reader of cases for figures: what some teams' cases of a period hold, and never whose they are."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.case_figures import recurring
from wellbeing.case_figures.chances import Chance, chances
from wellbeing.case_figures.medians import Wait
from wellbeing.case_figures.parity import Threats
from wellbeing.case_figures.periods import midnight
from wellbeing.case_figures.recurring import Recurring
from wellbeing.case_figures.trends import Stretch
from wellbeing.models.cases import Case

SECONDS = 60


@dataclass(frozen=True)
class Teams:
    """The teams that a page is about, in their time zone."""

    unit_ids: Collection[int]
    zone: ZoneInfo

    def since(self, day: date) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
        """Return what keeps only their cases that came on a local day or later."""
        return Case.unit_id.in_(self.unit_ids), Case.came_at >= midnight(day, self.zone)


def coming_back(
    session: Session, unit_ids: Collection[int], today: date, zone: ZoneInfo, times: int = recurring.TIMES
) -> list[Recurring]:
    """Return the causes that came back within 13 weeks in one of some teams, counted by the database."""
    recent = Teams(unit_ids, zone).since(recurring.first_day(today))
    often = (
        sa.select(Case.unit_id, Case.cause, sa.func.count())
        .where(*recent, Case.cause.is_not(None))
        .group_by(Case.unit_id, Case.cause)
        .having(sa.func.count() >= times)
    )
    counted = {(unit_id, cause or ""): count for unit_id, cause, count in session.execute(often).tuples()}
    return recurring.of_counts(counted, times)


def waits(session: Session, teams: Teams, day: date, now: datetime) -> dict[str, Threats]:
    """Return how long customers waited for first attention by channel and by threat, in whole minutes.

    Cases in which we turned to the customer first are left out: nobody waited. A case that was closed without
    a word about attention had it at the latest then.
    """
    ended = sa.func.coalesce(Case.first_attention_at, Case.closed_at)
    until = sa.func.coalesce(ended, sa.literal(now, Case.came_at.type))
    # Counted by the database, minute by minute: to read two moments of each of many cases takes far longer.
    seconds = sa.cast(sa.extract("epoch", until) - sa.extract("epoch", Case.came_at), sa.Integer)
    kinds = (Case.channel, Case.threatened, ended.is_not(None), seconds // SECONDS)
    counted = (
        sa.select(*kinds, sa.func.count())
        .where(*teams.since(day), ~Case.proactive, Case.came_at <= now)
        .group_by(*kinds)
    )
    found: dict[str, dict[bool, list[Wait]]] = defaultdict(lambda: {True: [], False: []})
    for channel, threatened, over, minutes, cases in session.execute(counted).tuples():
        found[channel][threatened] += [Wait(minutes, bool(over))] * cases
    return dict(found)


@dataclass(frozen=True)
class Trends:
    """The same stretches twice: cases with a threat, and cases in which we turned to the customer first."""

    threats: tuple[Stretch, ...]
    first_moves: tuple[Stretch, ...]


def stretches(session: Session, teams: Teams, starts: Sequence[date]) -> Trends:
    """Return how many cases came in each stretch of four weeks, with a threat and by our own first move."""
    place = sa.case(
        *((Case.came_at >= midnight(day, teams.zone), place) for place, day in _newest_first(starts)),
        else_=0,
    ).label("place")
    counted = (
        sa.select(place, Case.threatened, Case.proactive, sa.func.count())
        .where(*teams.since(starts[0]))
        .group_by(place, Case.threatened, Case.proactive)
    )
    rows = list(session.execute(counted).tuples())

    def by(column: int) -> tuple[Stretch, ...]:
        return tuple(
            Stretch(
                day,
                sum(row[3] for row in rows if row[0] == place and row[column]),
                sum(row[3] for row in rows if row[0] == place),
            )
            for place, day in enumerate(starts)
        )

    return Trends(by(1), by(2))


def _newest_first(starts: Sequence[date]) -> Iterator[tuple[int, date]]:
    return reversed(list(enumerate(starts)))


def ended(session: Session, teams: Teams, day: date) -> tuple[Chance, ...]:
    """Return how cases that came on a local day or later ended, by first, second, third or later chance."""
    counted = (
        sa.select(Case.chance, Case.outcome, sa.func.count())
        .where(*teams.since(day), Case.outcome.is_not(None))
        .group_by(Case.chance, Case.outcome)
    )
    rows = session.execute(counted).tuples()
    return chances((number, str(outcome), cases) for number, outcome, cases in rows)
