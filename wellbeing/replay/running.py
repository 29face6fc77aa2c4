"""Replays entries through collect and the tick, one commit per day; accounts are made, PINs are left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import agreements, clock, collect, jobs, site, ticks
from wellbeing.answer import Answer
from wellbeing.cells import team_path
from wellbeing.config import Config
from wellbeing.models.accounts import Level, Person, Unit
from wellbeing.models.epochs import LedgerKind
from wellbeing.models.pending import Dimension
from wellbeing.models.settings import Settings
from wellbeing.replay.reading import Entry
from wellbeing.units import PathRefused, Tree, UnitPath, place_of, read_tree

REPLAYED_SITE = "Replayed"
# A day of a replay begins when a tick may run, so that no tick falls inside one.
DAY_BEGINS = timedelta(hours=4)

Key = tuple[str, str]


class ReplayRefused(Exception):
    """The file does not fit this site; the text says why."""


@dataclass(frozen=True)
class Plan:
    """The entries by day, and each person's id by team and name."""

    days: Sequence[Sequence[Entry]]
    people: Mapping[Key, int]


def prepare(session: Session, entries: Sequence[Entry]) -> Plan:
    """Make the people whom the entries name, seasoned, open the site and its figures if it is new. Commits.

    Returns the plan; raises ReplayRefused where the file begins before the site's newest epoch or opening.
    """
    first = entries[0].at
    settings, zone = site.settings(), site.zone()
    newest = ticks.newest(session.connection(), LedgerKind.WEEKLY)
    began = newest.opens_at if newest else settings.confirmed_at
    if began is not None and first < began:
        raise ReplayRefused(
            "The file begins before this site's present week, whose past is already released."
        )
    if settings.confirmed_at is None:
        settings.confirmed_at = first
        for person in session.scalars(sa.select(Person).where(Person.counts_from.is_(None))):
            person.counts_from = _day(first, zone)
    try:
        people = _people(session, entries, zone)
    except PathRefused as refused:
        raise ReplayRefused(str(refused)) from None
    agreements.sign_made_up(session, first)
    session.commit()
    return Plan(_by_day(entries, zone), people)


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return (moment.astimezone(zone) - DAY_BEGINS).date()


def _by_day(entries: Sequence[Entry], zone: ZoneInfo) -> list[list[Entry]]:
    return [list(found) for _day_of, found in groupby(entries, lambda entry: _day(entry.at, zone))]


def _people(session: Session, entries: Sequence[Entry], zone: ZoneInfo) -> dict[Key, int]:
    tree = read_tree(session)
    known = {
        (row.unit_id, row.name): row.id
        for row in session.execute(sa.select(Person.id, Person.name, Person.unit_id))
    }
    found: dict[Key, int] = {}
    for entry in entries:
        key = (entry.team, entry.person)
        if key not in found:
            unit = place_of(tree, _path(tree, entry.team))
            found[key] = known.get((unit.id, entry.person)) or _add(session, unit, entry, zone)
    return found


def _path(tree: Tree, team: str) -> UnitPath:
    """Return where a team stands: as written, or, of one name, where a team of that name is."""
    path = team_path(team)
    if len(path) != 1:
        return path
    known = next((unit for unit in tree.units if unit.level is Level.TEAM and unit.name == path[0]), None)
    return tree.path_of(known) if known else (REPLAYED_SITE, *path)


def _add(session: Session, unit: Unit, entry: Entry, zone: ZoneInfo) -> int:
    day = _day(entry.at, zone)
    made = Person(name=entry.person, unit_id=unit.id, active=True, created_at=entry.at, counts_from=day)
    session.add(made)
    session.flush()
    return made.id


def play_day(engine: sa.Engine, config: Config, plan: Plan, day: Sequence[Entry]) -> None:
    """Run the ticks that are due before a day, then record all of its entries in one commit."""
    server_key = config.secrets.server_key
    if _epoch_over(engine, day[0].at):
        jobs.run(engine, server_key, day[0].at)
    with engine.begin() as connection:
        for entry in day:
            person = plan.people[(entry.team, entry.person)]
            for answer in answers_of(entry):
                collect.record(connection, server_key, person, answer, entry.at)


def _epoch_over(engine: sa.Engine, moment: datetime) -> bool:
    with engine.connect() as connection:
        newest = ticks.newest(connection, LedgerKind.WEEKLY)
    return newest is None or newest.closes_at <= moment


def answers_of(entry: Entry) -> list[Answer]:
    """Return the acts that an entry stands for: a check-in or a rough one, and a break."""
    answers = []
    if entry.rough:
        answers.append(Answer(mood=entry.mood, rough=True, details=tuple(_details(entry))))
    elif entry.mood is not None:
        answers.append(Answer(mood=entry.mood))
    if entry.break_minutes:
        answers.append(Answer(break_minutes=entry.break_minutes, break_kind=entry.break_kind))
    return answers


def _details(entry: Entry) -> list[tuple[Dimension, str]]:
    single = {
        Dimension.SEVERITY: entry.severity,
        Dimension.CAUSE: entry.cause,
        Dimension.CHANNEL: entry.channel,
        Dimension.AREA: entry.area,
    }
    several = [(Dimension.BEHAVIOUR, behaviour) for behaviour in entry.behaviours]
    return several + [(dimension, key) for dimension, key in single.items() if key]


def finish(engine: sa.Engine, config: Config, plan: Plan, to_now: bool) -> int:
    """Run what is due at the end and leave the site's clock there or at the present; return all ticks."""
    last = plan.days[-1][-1].at
    now = clock.now()
    ahead = 0 if to_now else int((last - now) / timedelta(seconds=1))
    with engine.begin() as connection:
        connection.execute(sa.update(Settings).values(clock_ahead_seconds=ahead))
    jobs.run(engine, config.secrets.server_key, now if to_now else last)
    with engine.connect() as connection:
        return jobs.ticks_so_far(connection)
