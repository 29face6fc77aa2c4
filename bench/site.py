"""Makes a site to measure: made-up teams of a dozen people with PINs, a tablet, a manager signed in."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from wellbeing import config, create_app, epochs, keys
from wellbeing.models.accounts import Level, Person, RoleGrant, SignIn, Tablet, Unit
from wellbeing.models.base import db
from wellbeing.models.epochs import LedgerKind
from wellbeing.models.ledger import Block, Tick
from wellbeing.models.settings import Settings, SiteKind
from wellbeing.permissions import Role

PEOPLE = 12
PIN = "2580"
TOKEN = "the tablet of the benchmark"
SIGN_IN = "the manager's browser"
SEASONED = date(2020, 1, 1)


@dataclass(frozen=True)
class Site:
    """A site in a folder of its own: what its processes are told, its app, its first team and its people."""

    environment: dict[str, str]
    app: Flask
    team: int
    people: tuple[int, ...]


def make(folder: Path, teams: int = 2) -> Site:
    """Make a site with its database migrated and its first week open."""
    folder.mkdir()
    environment = {
        "SECOND_WIND_MODE": "test",
        "BENCH_FOLDER": str(folder),
        "FLASK_APP": "bench.app",
        "DATABASE_URL": f"sqlite:///{folder / 'site.db'}",
        **{name: secrets.token_urlsafe(config.SECRET_BYTES) for name in config.SECRETS},
    }
    app = create_app(config.load(environment, folder))
    with app.app_context():
        upgrade()
        with db.engine.begin() as connection:
            people = _fill(connection, app, teams)
            epochs.open_due(connection, _secrets(app).server_key, datetime.now(UTC))
    team, members = next(iter(people.items()))
    return Site(environment, app, team, members)


def _secrets(app: Flask) -> config.Secrets:
    found: config.Config = app.extensions["config"]
    return found.secrets


def _fill(connection: sa.Connection, app: Flask, teams: int) -> dict[int, tuple[int, ...]]:
    now, pepper = datetime.now(UTC), _secrets(app).pin_pepper
    connection.execute(
        sa.insert(Settings),
        {
            "kind": SiteKind.TEST,
            "time_zone": "UTC",
            "help_contact": "Ask at the front desk.",
            "confirmed_at": now - timedelta(hours=1),
        },
    )
    top = add_unit(connection, None, Level.ORGANISATION, "Harbour Motors")
    house = add_unit(connection, top, Level.SITE, "Northgate")
    found = {}
    for number in range(teams):
        team = add_unit(connection, house, Level.TEAM, f"Team {number}")
        found[team] = _people(connection, team, now, pepper)
    _tablet_and_manager(connection, house, next(iter(found)), now, pepper)
    return found


def add_unit(connection: sa.Connection, parent: int | None, level: Level, name: str) -> int:
    row = sa.insert(Unit).values(parent_id=parent, level=level, name=name)
    return int(connection.execute(row.returning(Unit.id)).scalar_one())


def _people(connection: sa.Connection, team: int, now: datetime, pepper: bytes) -> tuple[int, ...]:
    ids = [_person(connection, team, f"Person {team}-{number}", now) for number in range(PEOPLE)]
    for person in ids:
        chosen = {"pin_mac": keys.pin_mac(pepper, person, PIN), "pin_length": len(PIN)}
        connection.execute(sa.update(Person).where(Person.id == person).values(**chosen))
    return tuple(ids)


def _person(connection: sa.Connection, unit: int, name: str, now: datetime) -> int:
    row = sa.insert(Person).values(name=name, unit_id=unit, created_at=now, counts_from=SEASONED)
    return int(connection.execute(row.returning(Person.id)).scalar_one())


def _tablet_and_manager(
    connection: sa.Connection, house: int, team: int, now: datetime, pepper: bytes
) -> None:
    token = {"token_mac": keys.text_mac(pepper, "tablet", TOKEN), "enrolled_on": now.date()}
    connection.execute(sa.insert(Tablet).values(unit_id=team, name="Counter", **token))
    manager = _person(connection, house, "Manager", now)
    connection.execute(sa.insert(RoleGrant).values(person_id=manager, unit_id=team, role=Role.MANAGER))
    browser = {
        "token_mac": keys.text_mac(pepper, "sign-in", SIGN_IN),
        "expires_at": now + timedelta(hours=12),
    }
    connection.execute(sa.insert(SignIn).values(person_id=manager, **browser))


def add_blocks(site: Site, ticks: int, levels: tuple[Level, ...] = (Level.TEAM,)) -> int:
    """Give every team a released block for each of ``ticks`` past weeks; return how many blocks there are.

    Other ``levels`` have blocks as if some of their teams were small.
    """
    with site.app.app_context(), db.engine.begin() as connection:
        teams = connection.scalars(sa.select(Unit.id).where(Unit.level.in_(levels)).order_by(Unit.id)).all()
        monday = date.today() - timedelta(days=date.today().weekday(), weeks=ticks)
        position = 0
        for number in range(1, ticks + 1):
            tick = _tick(connection, number, monday + timedelta(weeks=number - 1))
            rows = [_block(position + place, tick, team) for place, team in enumerate(teams, start=1)]
            connection.execute(sa.insert(Block), rows)
            position += len(rows)
    return position


def _tick(connection: sa.Connection, number: int, opened_on: date) -> int:
    span = {"opened_on": opened_on, "closed_on": opened_on + timedelta(weeks=1)}
    row = sa.insert(Tick).values(ledger=LedgerKind.WEEKLY, number=number, **span)
    return int(connection.execute(row.returning(Tick.id)).scalar_one())


def _block(position: int, tick: int, team: int) -> dict[str, object]:
    return {
        "position": position,
        "tick_id": tick,
        "unit_id": team,
        "people_floor": 12,
        "mood": 2 + (tick + team) % 20 / 10,
        "rough_count": 3 + (tick + team) % 7,
        "break_word": "few",
        "people_needed": 5,
        "own_pool_from": 7,
        "tick_days": 7,
        "rules_version": 1,
        "hash": hashlib.sha256(str(position).encode()).digest(),
    }
