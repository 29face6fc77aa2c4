"""The only reader of cases for figures: what one period of one unit and the teams below it holds."""

from collections.abc import Collection
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.case_figures import recurring
from wellbeing.case_figures.recurring import Recurring
from wellbeing.models.cases import Case


def coming_back(
    session: Session, unit_ids: Collection[int], today: date, zone: ZoneInfo, times: int = recurring.TIMES
) -> list[Recurring]:
    """Return the causes that came back within 13 weeks in one of some teams, counted by the database."""
    since = datetime.combine(recurring.first_day(today), time(), zone)
    often = (
        sa.select(Case.unit_id, Case.cause, sa.func.count())
        .where(Case.unit_id.in_(unit_ids), Case.came_at >= since, Case.cause.is_not(None))
        .group_by(Case.unit_id, Case.cause)
        .having(sa.func.count() >= times)
    )
    counted = {(unit_id, cause): count for unit_id, cause, count in session.execute(often).tuples()}
    return recurring.of_counts(counted, times)
