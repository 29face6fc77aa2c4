"""The two sites that are judged: the demo's dealership, and office workers who really answered."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from math import floor
from pathlib import Path
from zoneinfo import ZoneInfo

from wellbeing.demo.dealership import dealership
from wellbeing.models.settings import SiteKind
from wellbeing.people import NewSite
from wellbeing.permissions import Role
from wellbeing.replay.reading import Entry, read_entries
from wellbeing.roster import NewPerson

LONDON, ROME = "Europe/London", "Europe/Rome"
SEED = 7
# A fixed moment, so that a second run judges the same demo.
DEMO_UNTIL = datetime(2026, 11, 18, 12, tzinfo=ZoneInfo(LONDON))
TEAM_SIZE = 12
OFFICE = "Office"
# The file knows no rough interactions. A negative event of 3 or more out of 7 stands for one.
ROUGH_FROM = 3
COLUMNS = ("person", "team", "time", "mood", "rough", "break_kind")


@dataclass(frozen=True)
class Source:
    """A site before its first answer, and all that its people will say, in order of time."""

    name: str
    site: NewSite
    people: tuple[NewPerson, ...]
    entries: tuple[Entry, ...]


def demo() -> Source:
    """Return the demo site's people and 26 weeks of entries."""
    shown = dealership(SEED, DEMO_UNTIL)
    admin = next(person for person in shown.people if any(role.role is Role.ADMIN for role in person.roles))
    site = _site(shown.organisation, admin.name, LONDON)
    others = tuple(person for person in shown.people if person is not admin)
    return Source("demo", site, others, shown.entries)


def _site(organisation: str, admin: str, zone: str) -> NewSite:
    return NewSite(organisation, admin, "admin", "Marta, 2nd floor", zone, kind=SiteKind.TEST)


def office_workers(file: Path, folder: Path) -> Source:
    """Return the office workers of ``file`` as a site, by way of a replay file in ``folder``.

    The file names no teams. People are put in order of their first day, then of their name, and every 12
    in a row are a team, so that a team's people answered in the same weeks; the last team takes the rest.
    """
    with file.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    teams = teams_of(rows)
    replayed = folder / "office-workers.csv"
    with replayed.open("w", encoding="utf-8", newline="") as written:
        lines = csv.writer(written)
        lines.writerow(COLUMNS)
        lines.writerows(_line(row, teams[row["person"]]) for row in rows)
    entries, bad = read_entries(replayed, ZoneInfo(ROME))
    if bad:
        raise ValueError(f"{len(bad)} lines of the replay file cannot be taken.")
    people = tuple(NewPerson(0, name, (OFFICE, team), None, (), None) for name, team in sorted(teams.items()))
    return Source("office workers", _site("Office workers", "Ada Vale", ROME), people, tuple(entries))


def teams_of(rows: Sequence[dict[str, str]]) -> dict[str, str]:
    """Return the name of everybody's team, 12 to 23 people each, by the fixed rule."""
    first_day: dict[str, str] = {}
    for row in rows:
        first_day[row["person"]] = min(row["date"], first_day.get(row["person"], row["date"]))
    ordered = sorted(first_day, key=lambda person: (first_day[person], person))
    last = max(len(ordered) // TEAM_SIZE, 1) - 1
    return {person: f"Team {min(place // TEAM_SIZE, last) + 1:02}" for place, person in enumerate(ordered)}


def _line(row: dict[str, str], team: str) -> list[str]:
    negative = row["negative_events_1_7"]
    return [
        row["person"],
        f"{OFFICE}/{team}",
        f"{row['date']}T{row['time']}",
        str(five_steps(row["valence_mean_1_7"])),
        "1" if negative and int(negative) >= ROUGH_FROM else "0",
        "walk" if row["on_break"] == "1" else "",
    ]


def five_steps(seven: str) -> int:
    """Return a value from 1 to 7 on the scale from 1 to 5: 1 + round half up((x - 1) * 4 / 6)."""
    return 1 + floor((Fraction(seven) - 1) * 4 / 6 + Fraction(1, 2))
