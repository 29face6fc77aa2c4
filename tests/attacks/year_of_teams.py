"""Made-up teams' answers, released by the real rules into the real ledger, and taken away as HR's file."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import SimpleNamespace

import sqlalchemy as sa
from flask.testing import FlaskClient

from tests.attacks.intersection import Figure, Victims
from tests.attacks.shift_teams import DAYS_A_WEEK, WEEKS_A_YEAR, CheckIn, Team
from wellbeing.disclosure import ledger
from wellbeing.disclosure.rules import FEWEST_PEOPLE, mood_vote
from wellbeing.disclosure.tabulate import Vote
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.base import db
from wellbeing.models.epochs import LedgerKind
from wellbeing.models.ledger import Tick

FIRST_MONDAY = date(2026, 3, 2)
WORDS = {"low": 2.2, "middle": 3.0, "high": 3.8}

Votes = Mapping[int, Vote]
Line = Mapping[str, str]


@dataclass(frozen=True)
class Year:
    """Teams by their units' ids, the days between two ticks, and the number of the first tick."""

    teams: Mapping[int, Team]
    tick_days: int
    first: int

    def tick(self, weeks: int) -> int:
        """Return the number of the tick that ends so many weeks."""
        return self.first - 1 + weeks * DAYS_A_WEEK // self.tick_days


def add_units(site_id: int, teams: Sequence[Team]) -> dict[int, Team]:
    """Give every team a unit below a site."""
    units = [Unit(name=f"Team {at:04d}", level=Level.TEAM, parent_id=site_id) for at in range(len(teams))]
    db.session.add_all(units)
    db.session.flush()
    ids = [unit.id for unit in units]
    db.session.commit()
    return dict(zip(ids, teams, strict=True))


def release(year: Year) -> None:
    """Release everything that the teams said in a year, tick by tick, by the real rules."""
    epoch = SimpleNamespace(people_needed=FEWEST_PEOPLE, own_pool_from=7, tick_days=year.tick_days)
    pools = {unit: list(votes_by_tick(team, year.tick_days)) for unit, team in year.teams.items()}
    with db.engine.begin() as connection:
        for at in range(year.tick(WEEKS_A_YEAR) - year.first + 1):
            drafts = [
                ledger.draft(unit, list(votes[at].values()), epoch)  # type: ignore[arg-type]
                for unit, votes in pools.items()
                if votes[at]
            ]
            ledger.append(connection, _next_tick(connection, year.first + at, year.tick_days), drafts)


def _next_tick(connection: sa.Connection, number: int, tick_days: int) -> int:
    opened_on = connection.execute(sa.select(sa.func.max(Tick.closed_on))).scalar() or FIRST_MONDAY
    values = {"ledger": LedgerKind.WEEKLY, "number": number, "opened_on": opened_on}
    made = sa.insert(Tick).values(values | {"closed_on": opened_on + timedelta(days=tick_days)})
    return int(connection.execute(made.returning(Tick.id)).scalar_one())


def votes_by_tick(team: Team, tick_days: int) -> Iterator[Votes]:
    """Yield each tick's released votes by person; nobody's where the pool is held, and so joins the next."""
    weeks = tick_days // DAYS_A_WEEK
    waiting: list[list[CheckIn]] = [[] for _ in team.people]
    for start in range(0, len(team.weeks), weeks):
        for week in team.weeks[start : start + weeks]:
            waiting = [own + new for own, new in zip(waiting, week, strict=True)]
        votes = {at: _vote(own) for at, own in enumerate(waiting) if own}
        released = len(votes) >= FEWEST_PEOPLE
        if released:
            waiting = [[] for _ in team.people]
        yield votes if released else {}


def _vote(own: Sequence[CheckIn]) -> Vote:
    return Vote(mood_vote(said.mood for said in own), any(said.rough for said in own), False)


def download(client: FlaskClient, year: Year, weeks: int) -> list[Line]:
    """Return the lines of HR's file of the year's first weeks."""
    asked = {"unit": list(year.teams), "from": year.first, "to": year.tick(weeks)}
    answer = client.get("/summaries.csv", query_string=asked)
    assert answer.status_code == 200, answer.text
    lines = answer.text.lstrip("\N{BYTE ORDER MARK}").splitlines()
    return list(csv.DictReader(io.StringIO("\n".join(line for line in lines if line[:1] != "#"))))


def victims(year: Year, lines: Sequence[Line]) -> list[Victims]:
    """Return what an attacker makes of the file who knows exactly who is in each of its lines."""
    by_team: dict[str, list[Line]] = {}
    for line in lines:
        by_team.setdefault(line["unit"].rpartition(" > ")[2], []).append(line)
    return [
        Victims(_figures(year, team, by_team[f"Team {at:04d}"]), team.moods)
        for at, team in enumerate(year.teams.values())
    ]


def _figures(year: Year, team: Team, lines: Sequence[Line]) -> list[Figure]:
    members = dict(enumerate(votes_by_tick(team, year.tick_days), start=year.first))
    return [_figure(list(members[int(line["tick"])]), line) for line in lines]


def _figure(members: list[int], line: Line) -> Figure:
    people = len(members)
    mood = float(line["mood"]) if line["mood"] else WORDS[line["mood_word"]]
    ends = {"few": 1, "most": people - 1}
    rough = ends[line["rough"]] if line["rough"] in ends else int(line["rough"])
    return Figure(members, mood, rough / people)
