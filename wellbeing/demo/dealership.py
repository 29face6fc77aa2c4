"""A seeded, believable dealership: its sites, people and 26 weeks of what they told the tablet.

Nobody in it exists. The same seed and end give the same dealership, so that a demo can be spoken about.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import IO

from wellbeing.demo.house import ORGANISATION, TEAMS
from wellbeing.demo.staffing import staff
from wellbeing.demo.telling import team_weeks, told_by
from wellbeing.permissions import Role
from wellbeing.replay.reading import OPTIONAL, REQUIRED, Entry
from wellbeing.roster import NewPerson

WEEKS = 26


@dataclass(frozen=True)
class Site:
    """A site and the names of its teams."""

    name: str
    teams: tuple[str, ...]


@dataclass(frozen=True)
class Dealership:
    """Everything a demo site starts from; ``entries`` come in order of time, as a replay file holds them."""

    organisation: str
    sites: tuple[Site, ...]
    people: tuple[NewPerson, ...]
    entries: tuple[Entry, ...]


def dealership(seed: int, until: datetime) -> Dealership:
    """Return the dealership after 26 whole weeks and the days since Monday up to ``until``, an aware moment.

    Shifts begin and end by the clock of ``until``'s own time zone; entries are in UTC.
    """
    if until.tzinfo is None:
        raise ValueError("until needs a time zone: shifts go by its clock")
    sites = dict.fromkeys(team.site for team in TEAMS)
    people = staff(_dice(seed, "people"), TEAMS)
    return Dealership(
        organisation=ORGANISATION,
        sites=tuple(Site(site, tuple(team.name for team in TEAMS if team.site == site)) for site in sites),
        people=people,
        entries=_in_order_of_time(_told(seed, until, people)),
    )


def write_csv(shown: Dealership, file: IO[str]) -> None:
    """Write the entries as a replay file; open ``file`` with ``newline=""`` and in UTF-8."""
    columns = [column for column in REQUIRED + OPTIONAL if column != "shift"]
    rows = csv.DictWriter(file, columns, restval="")
    rows.writeheader()
    rows.writerows(_cells(entry, columns) for entry in shown.entries)


def _cells(entry: Entry, columns: list[str]) -> dict[str, object]:
    cells = {column: getattr(entry, column, None) for column in columns} | {
        "time": entry.at.isoformat(),
        "rough": int(entry.rough),
        "behaviour": "|".join(entry.behaviours),
    }
    return {column: value for column, value in cells.items() if value is not None}


def _told(seed: int, until: datetime, people: tuple[NewPerson, ...]) -> Iterator[Entry]:
    """Yield what everybody told the tablet, person by person; HR and the admin have no part in it."""
    teams = {team.path: team for team in TEAMS}
    monday = until.date() - timedelta(weeks=WEEKS, days=until.weekday())
    weeks = {path: team_weeks(_dice(seed, *path), path, WEEKS) for path in teams}
    for person in people:
        if not any(new.role in (Role.HR, Role.ADMIN) for new in person.roles):
            dice = _dice(seed, person.name)
            yield from told_by(dice, person.name, teams[person.team], weeks[person.team], monday, until)


def _dice(seed: int, *names: str) -> Random:
    """Return dice of their own for each name, so that one person's luck does not move everybody else's."""
    return Random("/".join((str(seed), *names)))  # noqa: S311 -- made-up people need no secret


def _in_order_of_time(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries with the line numbers they have in a file; the header is line 1."""
    ordered = sorted(entries, key=lambda entry: (entry.at, entry.person))
    return tuple(replace(entry, line=line) for line, entry in enumerate(ordered, 2))
