"""When check-ups are open: by the calendar of the site, with a key and places that stand until they close.

A check-up lasts a calendar quarter, or a month where the site asks more often. The first one opens with the
site, unless less than a fortnight is left of the calendar's; then it opens with the next. One whose days have
all gone by while nothing ran is never opened: nobody could answer it any more.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import checkup_questions, keys
from wellbeing.epochs import hold_people, roster
from wellbeing.models.accounts import RoleGrant
from wellbeing.models.checkup import Quarter, QuarterKey, QuarterPlace
from wellbeing.models.settings import Settings
from wellbeing.permissions import VIEWER_ROLES
from wellbeing.pools import pool_map
from wellbeing.quarters import period
from wellbeing.ticks import Reader, hold

SHORTEST_FIRST = timedelta(days=14)


def open_due(connection: sa.Connection, server_key: bytes, now: datetime) -> bool:
    """Open the check-up of these days unless one is open; before the first import, none. Tells if it did."""
    site = connection.execute(sa.select(Settings.__table__)).one()
    if site.confirmed_at is None:
        return False
    hold(connection)
    found = _coming(connection, site, now)
    if found is None:
        return False
    today = now.astimezone(ZoneInfo(site.time_zone)).date()
    statement = sa.insert(Quarter).values(
        opens_at=found[0],
        closes_at=found[1],
        people_needed=site.people_needed,
        asked=checkup_questions.asked_on(connection, today),
    )
    quarter_id = int(connection.execute(statement.returning(Quarter.id)).scalar_one())
    wrapped = keys.wrapped(server_key, keys.new_key())
    connection.execute(sa.insert(QuarterKey).values(quarter_id=quarter_id, wrapped_key=wrapped))
    _place_everybody(connection, quarter_id, site, now)
    return True


def _coming(connection: sa.Connection, site: sa.Row, now: datetime) -> tuple[datetime, datetime] | None:
    """Return from when to when the check-up lasts that is to be opened now; None where there is none."""
    last = connection.execute(sa.select(sa.func.max(Quarter.closes_at))).scalar()
    begins, ends = period(now, site.checkup_months, ZoneInfo(site.time_zone))
    opens_at = max(begins, last or site.confirmed_at)
    too_short = last is None and ends - opens_at < SHORTEST_FIRST
    return None if opens_at > now or too_short else (opens_at, ends)


def _place_everybody(connection: sa.Connection, quarter_id: int, site: sa.Row, now: datetime) -> None:
    """Fix whose replies go where: as in a week's pools, but without anybody who can view a figure.

    Replies of a team too few of whom took part are shown one level up, also to the team's manager, so nobody
    who looks by a role may be among them (R1, R11).
    """
    today = now.astimezone(ZoneInfo(site.time_zone)).date()
    hold_people(connection)
    watching = viewers(connection)
    places = pool_map(roster(connection, site.own_pool_from, today)).places
    rows = [
        {"quarter_id": quarter_id, "person_id": person, "pool_id": pool}
        for person, pool in sorted(places.items())
        if person not in watching
    ]
    if rows:
        connection.execute(sa.insert(QuarterPlace), rows)


def viewers(connection: Reader) -> set[int]:
    """Return everybody who holds a manager, HR or admin role anywhere."""
    return set(
        connection.execute(sa.select(RoleGrant.person_id).where(RoleGrant.role.in_(VIEWER_ROLES))).scalars()
    )


def ask_every(session: Session, months: int) -> None:
    """Ask every quarter (3) or every month (1) from the next check-up on; the open one stays. Commits."""
    session.execute(sa.update(Settings).values(checkup_months=months))
    session.commit()


def open_now(reader: Reader, now: datetime) -> sa.Row | None:
    """Return the check-up that is open: its id, ``opens_at``, ``closes_at`` and what is ``asked``.

    None between two.
    """
    query = sa.select(Quarter.id, Quarter.opens_at, Quarter.closes_at, Quarter.asked)
    found = query.where(Quarter.opens_at <= now, Quarter.closes_at > now)
    return reader.execute(found.order_by(Quarter.opens_at.desc()).limit(1)).one_or_none()
