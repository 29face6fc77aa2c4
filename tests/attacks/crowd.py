"""People by the dozen, for detail that only crowds are told of: a second site, and answers of four weeks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from tests.answers import House, after_tick, epoch_of
from tests.cast import CONFIRMED
from wellbeing import epochs, keys
from wellbeing.disclosure import release
from wellbeing.models.accounts import Level, Person, Unit
from wellbeing.models.detail_ledger import DetailBlock, DetailWord
from wellbeing.models.epochs import LedgerKind
from wellbeing.models.pending import Dimension, PendingDetail, PendingSpillover

# Which teams a crowd stands in, for its figure to be found at each height of the tree.
TEAMS_AT = {
    "team": ("Service counter",),
    "site": ("Service counter", "Showroom"),
    "organisation": ("Service counter", "Southgate desk"),
}
UNIT_AT = {"team": "Service counter", "site": "Northgate", "organisation": "Harbour Motors"}


@dataclass(frozen=True)
class CheckIn:
    """One check-in of somebody's, as the question of spillover sees it."""

    mood: int
    follows_rough: bool = False
    break_between: bool = False


@dataclass(frozen=True)
class Crowd:
    """People who answered in the first four weeks of a site with two branches."""

    house: House
    units: Mapping[str, int]
    key: bytes
    epoch_id: int

    def pools(self, height: str, people: int) -> list[tuple[int, int]]:
        """Return so many people's ids with their pools, spread evenly over the teams of a height."""
        teams = TEAMS_AT[height]
        return [(1000 + number, self.units[teams[number % len(teams)]]) for number in range(people)]

    def take_part(
        self, height: str, participants: int, chosen: Sequence[Iterable[str]], dimension: Dimension
    ) -> None:
        """Let people take part, the first of them with the categories that they chose."""
        rows = []
        for number, (person, pool) in enumerate(self.pools(height, max(participants, len(chosen)))):
            took_part = [""] if number < participants else []
            for category in (*took_part, *(chosen[number] if number < len(chosen) else ())):
                rows.append(self._row(dimension.value, person, pool) | {"category": category})
        self._insert(PendingDetail, [row | {"dimension": dimension} for row in rows])

    def check_in(self, height: str, told: Sequence[Iterable[CheckIn]]) -> None:
        """Let people check in, each as often as told."""
        rows = [
            self._row("spillover", person, pool) | vars(check_in)
            for (person, pool), own in zip(self.pools(height, len(told)), told, strict=True)
            for check_in in own
        ]
        self._insert(PendingSpillover, rows)

    def _row(self, dimension: str, person: int, pool: int) -> dict[str, object]:
        name = keys.detail_contributor(self.key, dimension, person)
        return {"id": keys.new_id(), "epoch_id": self.epoch_id, "pool_id": pool, "contributor": name}

    def _insert(self, table: type, rows: list[dict]) -> None:
        with self.house.engine.begin() as connection:
            if rows:
                connection.execute(sa.insert(table), rows)

    def tick(self, number: int = 1) -> None:
        """Run a four-week tick, counted from 1."""
        with self.house.engine.begin() as connection:
            epochs.open_due(connection, self.house.server_key, after_tick(4 * number))
        over = epoch_of(self.house, number, LedgerKind.DETAIL)
        with self.house.engine.begin() as connection:
            release.run_tick(connection, over, self.house.server_key)

    def told(self) -> dict[tuple[str, str], dict[str, str]]:
        """Return all words of the detail ledger, by unit and question."""
        names = {unit: name for name, unit in self.units.items()}
        query = sa.select(DetailBlock.unit_id, DetailBlock.question, DetailWord.category, DetailWord.word)
        found: dict[tuple[str, str], dict[str, str]] = {}
        with self.house.engine.connect() as connection:
            joined = query.join(DetailWord, DetailWord.position == DetailBlock.position)
            for unit, question, category, word in connection.execute(joined).tuples():
                found.setdefault((names[unit], question.value), {})[category] = word.value
        return found


def crowd(house: House, people: int = 60) -> Crowd:
    """Return a crowd of so many who have not answered yet, in a house that gets a second site for them."""
    units = dict(house.cast.units)
    with house.engine.begin() as connection:
        for name, level, parent in (
            ("Southgate", Level.SITE, "Harbour Motors"),
            ("Southgate desk", Level.TEAM, "Southgate"),
        ):
            made = sa.insert(Unit).values(name=name, level=level, parent_id=units[parent]).returning(Unit.id)
            units[name] = connection.execute(made).scalar_one()
        home = {"unit_id": units["Southgate desk"], "active": True, "created_at": CONFIRMED}
        values = [{"id": 1000 + number, "name": f"Made up {number}"} | home for number in range(people)]
        connection.execute(sa.insert(Person), values)
    epoch = epoch_of(house, 1, LedgerKind.DETAIL)
    return Crowd(house, units, keys.unwrapped(house.server_key, epoch.wrapped_key), epoch.id)
