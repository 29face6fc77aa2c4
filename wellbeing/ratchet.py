"""Settings that can be tightened at the next tick, and loosened only after a tick of warning (R14)."""

from dataclasses import asdict, astuple, dataclass, fields
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing import ticks
from wellbeing.models.changes import SettingsChange
from wellbeing.models.settings import Settings

FEWEST_PEOPLE, FEWEST_OF_THEIR_OWN = 5, 7
MOST_PEOPLE, MOST_OF_THEIR_OWN = 40, 100
TICKS = (7, 14)
FEWEST_ACTIVATION_DAYS, MOST_ACTIVATION_DAYS = 14, 90


class SettingsRefused(Exception):
    """Settings that cannot be planned; the text says why, in a sentence."""


@dataclass(frozen=True)
class Values:
    """How figures are made: people needed for one (k), for a pool of one's own (H), days between ticks.

    ``activation_days`` is how many days after it was made a new account counts.
    """

    people_needed: int
    own_pool_from: int
    tick_days: int
    activation_days: int = FEWEST_ACTIVATION_DAYS

    def loosens(self, before: "Values") -> bool:
        """Tell whether any of these gives more away than ``before`` does."""
        return any(new < old for new, old in zip(astuple(self), astuple(before), strict=True))


@dataclass(frozen=True)
class _Start:
    number: int
    day: date
    announced_on: date


def values_of(row: Any) -> Values:
    """Return the values of the settings or of a planned change."""
    return Values(**{field.name: getattr(row, field.name) for field in fields(Values)})


def announced(reader: ticks.Reader) -> sa.Row | None:
    """Return the change that is planned and not in force yet, if there is one."""
    planned = reader.execute(_NEWEST).one_or_none()
    if planned is None or values_of(planned) == in_force(reader):
        return None
    return planned


_NEWEST = sa.select(SettingsChange.__table__).order_by(SettingsChange.from_number.desc()).limit(1)


def in_force(reader: ticks.Reader) -> Values:
    """Return the settings of the epoch that runs."""
    columns = [getattr(Settings, field.name) for field in fields(Values)]
    return values_of(reader.execute(sa.select(*columns)).one())


def plan(session: Session, wanted: Values, now: datetime) -> SettingsChange:
    """Plan a change, in place of the one that waits, and return it. Commits.

    What tightens binds from the next tick on. What loosens anything is announced from now on and binds one
    tick later than that, so that a whole tick passes in which staff can read of it; a change that takes the
    place of one already announced keeps its day unless it loosens more. Raises SettingsRefused.
    """
    _check(wanted)
    ticks.hold(session)
    waiting = announced(session)
    if wanted == in_force(session):
        raise SettingsRefused(_as_today(waiting))
    if waiting is not None and wanted == values_of(waiting):
        raise SettingsRefused(_("This very change is planned already."))
    start = _kept(in_force(session), wanted, waiting)
    _delete(session, waiting)
    start = start or _anew(session, wanted, now)
    change = SettingsChange(
        from_number=start.number,
        announced_on=start.announced_on,
        takes_effect_on=start.day,
        **asdict(wanted),
    )
    session.add(change)
    session.commit()
    return change


def _as_today(waiting: sa.Row | None) -> str:
    if waiting is None:
        return _("Figures are made like this already.")
    return _(
        "Figures are made like this today, and another change is planned. To keep everything as it is, take "
        "the planned change back."
    )


def _check(wanted: Values) -> None:
    if not FEWEST_PEOPLE <= wanted.people_needed <= MOST_PEOPLE:
        raise SettingsRefused(
            _(
                "The people needed for a figure are a number from %(fewest)s to %(most)s.",
                fewest=FEWEST_PEOPLE,
                most=MOST_PEOPLE,
            )
        )
    fewest = max(FEWEST_OF_THEIR_OWN, wanted.people_needed)
    if not fewest <= wanted.own_pool_from <= MOST_OF_THEIR_OWN:
        raise SettingsRefused(
            _(
                "The people needed for a team's own figure are a number from %(fewest)s to %(most)s.",
                fewest=fewest,
                most=MOST_OF_THEIR_OWN,
            )
        )
    if wanted.tick_days not in TICKS:
        raise SettingsRefused(_("Figures come every 7 or every 14 days."))
    if not FEWEST_ACTIVATION_DAYS <= wanted.activation_days <= MOST_ACTIVATION_DAYS:
        raise SettingsRefused(
            _(
                "New accounts count %(fewest)s to %(most)s days after they were made.",
                fewest=FEWEST_ACTIVATION_DAYS,
                most=MOST_ACTIVATION_DAYS,
            )
        )


def _kept(today: Values, wanted: Values, waiting: sa.Row | None) -> _Start | None:
    """Return the start that was announced, where staff know of everything that the new plan loosens."""
    if waiting is None or not wanted.loosens(today):
        return None
    told = values_of(waiting)
    if not told.loosens(today) or wanted.loosens(told):
        return None
    return _Start(waiting.from_number, waiting.takes_effect_on, waiting.announced_on)


def _anew(session: Session, wanted: Values, now: datetime) -> _Start:
    zone = ZoneInfo(session.execute(sa.select(Settings.time_zone)).scalar_one())
    today = now.astimezone(zone).date()
    opening = ticks.coming(session, now)
    if opening is None:  # Nobody has answered yet, so there is nobody to warn.
        return _Start(1, today, today)
    if wanted.loosens(in_force(session)):
        opening = ticks.following(session, opening)
    return _Start(opening.number, opening.day, today)


def _delete(session: Session, waiting: sa.Row | None) -> None:
    if waiting is not None:
        session.execute(sa.delete(SettingsChange).where(SettingsChange.id == waiting.id))


def withdraw(session: Session) -> bool:
    """Take the planned change back, and tell whether there was one. Commits."""
    ticks.hold(session)
    waiting = announced(session)
    _delete(session, waiting)
    session.commit()
    return waiting is not None


def stay_tight(connection: sa.Connection, before: Values) -> None:
    """Loosen nothing of ``before``, where a backup has taken a site's place; within the caller's transaction.

    What is planned in the backup and would loosen anything has to be planned, and announced, again.
    """
    tight = Values(*map(max, astuple(in_force(connection)), astuple(before)))
    connection.execute(sa.update(Settings).values(**asdict(tight)))
    waiting = announced(connection)
    if waiting is not None and values_of(waiting).loosens(tight):
        connection.execute(sa.delete(SettingsChange).where(SettingsChange.id == waiting.id))


def apply_due(connection: sa.Connection, number: int) -> None:
    """Put the change in force that binds from weekly epoch ``number`` on, within the caller's transaction."""
    due = sa.select(SettingsChange.__table__).where(SettingsChange.from_number == number)
    change = connection.execute(due).one_or_none()
    if change is not None:
        connection.execute(sa.update(Settings).values(**asdict(values_of(change))))
