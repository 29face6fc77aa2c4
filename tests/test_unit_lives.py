"""Lives of a tree of units: whatever is planned, taken back and done, nobody and no unit is lost."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy.orm import Session

from tests.attacks.lives import live
from wellbeing import closings, moves, unit_making, unit_moves
from wellbeing.models.accounts import Level, Person, Unit
from wellbeing.models.base import db
from wellbeing.models.changes import UnitMerge
from wellbeing.models.settings import Settings, SiteKind
from wellbeing.moves import MoveRefused
from wellbeing.unit_making import UnitRefused
from wellbeing.units import opening, read_tree

EXAMPLES = 25
NOW = datetime(2026, 3, 4, 11, 30, tzinfo=UTC)
number = st.integers(0, 999)


def ready(connection, _record) -> None:
    """Keep SQLite's foreign keys, and its transactions where they are begun."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


class Tree(RuleBasedStateMachine):
    """An organisation of two sites, four teams and six people, in a database of its own."""

    seen: ClassVar[set[str]] = set()

    def __init__(self) -> None:
        super().__init__()
        engine = sa.create_engine("sqlite://")
        sa.event.listen(engine, "connect", ready)
        sa.event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
        db.metadata.create_all(engine)
        self.session = Session(engine, expire_on_commit=False)
        self.now, self.named, self.paths = NOW, 0, {}
        self.session.add(Settings(id=1, kind=SiteKind.TEST, time_zone="Europe/Madrid", help_contact="Marta"))
        top = Unit(name="Top", level=Level.ORGANISATION)
        sites = [Unit(name=name, level=Level.SITE, parent=top) for name in ("A", "B")]
        teams = [Unit(name=f"T{place}", level=Level.TEAM, parent=sites[place % 2]) for place in range(4)]
        self.session.add_all([top, *sites, *teams])
        self.session.flush()
        self.session.add_all(
            Person(name=f"P{place}", unit_id=teams[place % 3].id, active=True, created_at=NOW)
            for place in range(6)
        )
        self.session.commit()

    def units(self) -> list[Unit]:
        return list(self.session.scalars(sa.select(Unit).order_by(Unit.id)))

    def one(self, place: int) -> Unit:
        found = self.units()
        return found[place % len(found)]

    def open_one(self, place: int, level: Level) -> Unit:
        found = [unit for unit in self.units() if unit.closed_on is None and unit.level is level]
        return found[place % len(found)]

    def name(self) -> str:
        """Return a name that is new, or now and then one that is taken."""
        self.named += 1
        return f"N{self.named - self.named % 3}"

    def tries(self, act) -> None:
        with suppress(MoveRefused, UnitRefused):
            act()
        self.session.rollback()

    @rule(parent=number)
    def make(self, parent: int) -> None:
        def act() -> None:
            unit_making.make(self.session, self.one(parent), self.name())
            self.session.commit()

        self.tries(act)

    @rule(team=number, site=number)
    def go(self, team: int, site: int) -> None:
        chosen = self.open_one(team, Level.TEAM), self.open_one(site, Level.SITE)
        self.tries(lambda: unit_moves.plan(self.session, *chosen, self.now))

    @rule(unit=number, site=number)
    def go_anywhere(self, unit: int, site: int) -> None:
        self.tries(lambda: unit_moves.plan(self.session, self.one(unit), self.one(site), self.now))

    @rule(first=number, second=number, level=st.sampled_from([Level.SITE, Level.TEAM, Level.TEAM]))
    def merge(self, first: int, second: int, level: Level) -> None:
        chosen = [self.open_one(first, level), self.open_one(second, level)]
        self.tries(lambda: moves.plan_merge(self.session, chosen, self.name(), self.now))

    @rule(unit=number)
    def close(self, unit: int) -> None:
        for found in (self.one(unit), self.open_one(unit, Level.TEAM), self.open_one(unit, Level.SITE)):
            self.tries(lambda found=found: closings.plan(self.session, found, self.now))

    @rule(unit=number)
    def remove(self, unit: int) -> None:
        found = self.one(unit)
        self.tries(lambda: unit_making.remove(self.session, found))

    @rule(person=number, unit=number)
    def move(self, person: int, unit: int) -> None:
        people = list(self.session.scalars(sa.select(Person).order_by(Person.id)))
        chosen = people[person % len(people)]
        self.tries(lambda: moves.plan_move(self.session, chosen, self.one(unit), self.now))

    @rule(place=number)
    def take_back(self, place: int) -> None:
        waiting = list(self.session.scalars(sa.select(UnitMerge).where(~UnitMerge.done)))
        if waiting and place % 2:
            self.tries(lambda: moves.cancel_merge(self.session, waiting[place % len(waiting)].into_unit))
        self.tries(lambda: closings.cancel(self.session, self.one(place)))

    @rule()
    def tick(self) -> None:
        self.now += timedelta(days=7)
        connection = self.session.connection()
        moves.apply_due(connection, self.now.date())
        closings.apply_due(connection, self.now.date())
        self.session.commit()
        self.session.expire_all()
        for unit in self.units():
            if unit.closed_on and unit.parent:
                merged = unit.parent.level is unit.level
                gone = self.session.scalar(sa.select(UnitMerge).where(UnitMerge.unit_id == unit.id))
                self.seen.add("merged" if merged else "moved" if gone else "closed")

    @invariant()
    def everybody_is_in_one_open_team(self) -> None:
        planned = opening(self.session)
        for person in self.session.scalars(sa.select(Person)):
            assert person.unit.closed_on is None
            assert person.unit.level is Level.TEAM
            assert person.unit_id not in planned
        self.session.rollback()

    @invariant()
    def every_unit_keeps_its_place_and_its_name_for_ever(self) -> None:
        tree = read_tree(self.session)
        paths = {unit.id: tree.path_of(unit) for unit in tree.units}
        for unit, path in paths.items():
            assert self.paths.setdefault(unit, path) == path
            assert len(path) == [Level.ORGANISATION, Level.SITE, Level.TEAM].index(
                self.session.get_one(Unit, unit).level
            )
        assert len(set(paths.values())) == len(paths)
        self.paths = {unit: path for unit, path in self.paths.items() if unit in paths}
        self.session.rollback()

    @invariant()
    def what_is_open_stands_in_something_that_can_be_reached(self) -> None:
        """What was merged leads up to the open unit it went into; what closed where it stood has no team."""
        for unit in self.units():
            above = unit.parent
            assert (above is None) == (unit.level is Level.ORGANISATION)
            if unit.closed_on is None and above is not None and above.closed_on is not None:
                assert above.parent is not None and above.parent.level is above.level
        self.session.rollback()

    def teardown(self) -> None:
        self.session.close()
        self.session.get_bind().dispose()


def test_whatever_is_planned_taken_back_and_done_nobody_and_no_unit_is_lost():
    live(Tree, EXAMPLES)

    assert Tree.seen == {"merged", "moved", "closed"}
