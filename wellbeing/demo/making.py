"""The demo site: a made-up dealership whose 26 weeks went through the real collect-and-release path."""

import fcntl
import os
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import sqlalchemy as sa
from flask import Flask

from wellbeing import (
    access_log,
    agreements,
    clock,
    create_app,
    keys,
    notes,
    passwords,
    people,
    schema,
    site,
    tablets,
)
from wellbeing.config import Config
from wellbeing.demo import by_name, case_life, cases, checkup, diaries, known_today, own_texts, privacy, wall
from wellbeing.demo.changes import CHANGES
from wellbeing.demo.dealership import Dealership, dealership
from wellbeing.demo.looks import looks
from wellbeing.models.accounts import Person, RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.settings import Settings, SiteKind
from wellbeing.permissions import Role
from wellbeing.replay import running
from wellbeing.reports import reading
from wellbeing.units import read_tree

SEED = 7
ZONE = "Europe/London"
PASSWORD = "a walk round the block"  # noqa: S105 -- printed for everybody: a demo has no secrets
PIN = "2468"
HELP_CONTACT = "Marta in the office, first floor, or extension 12"


def make(config: Config) -> None:
    """Make the demo site once; an interrupted try leaves no site behind, and two at a time make one.

    In PostgreSQL an interrupted try does leave its half: drop that database, and begin with an empty one.
    """
    with (config.instance / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if config.is_sqlite:
            _make_file(config)
        else:
            _build_with(config)


def _make_file(config: Config) -> None:
    finished = Path(sa.make_url(config.database_url).database or "")
    if finished.exists():
        _build_with(config)
        return
    unfinished = finished.with_suffix(".making")
    for leftover in finished.parent.glob(unfinished.name + "*"):
        leftover.unlink()
    _build_with(replace(config, database_url=f"sqlite:///{unfinished}"))
    os.replace(unfinished, finished)


def _build_with(config: Config) -> None:
    app = create_app(config)
    try:
        build(app, config)
    finally:
        with app.app_context():
            db.engine.dispose()
        reading.close(app)


def build(app: Flask, config: Config) -> None:
    """Fill an empty database with the demo site: accounts, and every answer through collect and its ticks."""
    with app.app_context():
        schema.upgrade()
        found = db.session.get(Settings, 1)
        if found is not None:
            if found.kind is not SiteKind.REAL:  # An earlier release made it, when nothing was signed yet.
                agreements.sign_made_up(db.session(), site.now())
            return
        db.session.rollback()
        shown = dealership(SEED, clock.now().astimezone(ZoneInfo(ZONE)))
        _set_up(shown)
        diaries.begin(db.session(), PASSWORD)
        _play(config, shown)
        diaries.write_notes(db.session(), config.secrets.server_key, site.now())
        _hang_up_notices()
        _tell_changes(shown)
        _bring_cases()
        _hang_up_walls()
        _find_out()
        by_name.send(db.session(), site.now(), site.zone())
        own_texts.write(db.session(), site.now(), site.today(db.session()))
        _note_looks(shown)


def _set_up(shown: Dealership) -> None:
    began = shown.entries[0].at
    admin = next(person for person in shown.people if any(role.role is Role.ADMIN for role in person.roles))
    new = people.NewSite(
        organisation=shown.organisation,
        admin_name=admin.name,
        admin_login=admin.login or "admin",
        help_contact=HELP_CONTACT,
        time_zone=ZONE,
        kind=SiteKind.DEMO,
    )
    people.create_site(db.session(), new, began)
    people.add_people(db.session(), [person for person in shown.people if person is not admin], began)
    people.confirm_import(db.session(), began)
    privacy.write(db.session(), began)
    agreements.sign_made_up(db.session(), began)
    _give_sign_ins()


def _give_sign_ins() -> None:
    """Give everybody the demo's PIN, and whoever has a sign-in name the demo's password."""
    pepper, hashed = _pepper(), passwords.hashed(PASSWORD)
    for person in db.session.scalars(sa.select(Person)):
        person.pin_mac, person.pin_length = keys.pin_mac(pepper, person.id, PIN), len(PIN)
        person.password_hash = hashed if person.login else None
    db.session.commit()


def _pepper() -> bytes:
    return site.config().secrets.pin_pepper


def _play(config: Config, shown: Dealership) -> None:
    plan = running.prepare(db.session(), shown.entries)
    asked = checkup.CheckUps()
    with click.progressbar(plan.days, label="Making the demo site, day by day") as days:
        for day in days:
            running.play_day(db.engine, config, plan, day)
            asked.reply_if_due(db.engine, config.secrets.server_key, day[-1].at)
    running.finish(db.engine, config, plan, to_now=True)


def _tell_changes(shown: Dealership) -> None:
    """Write down what the dealership changed, as far as it has the units and was open by then."""
    began, now = shown.entries[0].at.astimezone(ZoneInfo(ZONE)).date(), site.now()
    tree = read_tree(db.session())
    units = {tree.path_of(unit): unit.id for unit in tree.units}
    today = now.astimezone(ZoneInfo(ZONE)).date()
    for change in CHANGES:
        if change.unit in units and change.day(today) >= began:
            notes.write(db.session(), units[change.unit], change.day(today).isoformat(), change.text, now)


def _bring_cases() -> None:
    """Let customers bring what they brought in half a year."""
    now, zone = site.now(), site.zone()
    tree = read_tree(db.session())
    units = {tree.path_of(unit): unit.id for unit in tree.units}
    case_life.play(db.session(), cases.brought(SEED, now.astimezone(zone)), units, now, zone)


def _hang_up_walls() -> None:
    tree = read_tree(db.session())
    units = {tree.path_of(unit): unit.id for unit in tree.units}
    wall.hang_up(db.session(), units, site.now(), site.today(db.session()))


def _find_out() -> None:
    tree = read_tree(db.session())
    units = {tree.path_of(unit): unit.id for unit in tree.units}
    checkup.find_out(db.session(), units, site.now(), site.zone())


def _note_looks(shown: Dealership) -> None:
    """Fill the log of who looked, as far back as the dealership was open."""
    zone = ZoneInfo(ZONE)
    began, today = shown.entries[0].at.astimezone(zone).date(), site.now().astimezone(zone).date()
    held = [(grant.unit_id, grant.role) for grant in db.session.scalars(sa.select(RoleGrant))]
    connection = db.session.connection()
    for day, act, look in looks(held, began, today):
        access_log.record(lambda job: job(connection), day, act, {look})
    db.session.commit()


def _hang_up_notices() -> None:
    team = db.session.get_one(Unit, _first_counter())
    known_today.hang_up(db.session(), team, site.now(), site.zone())


def sign_ins(app: Flask, address: str) -> str:
    """Return what a newcomer needs to look around: address, a sign-in per role, the PIN, a tablet's link."""
    with app.app_context():
        code = tablets.make_code(db.session(), _first_counter(), site.now())
    lines = [
        f"Second Wind's demo site: {address}",
        *(
            f"  {role:8} sign in as {role}, password: {PASSWORD}"
            for role in ("manager", "hr", "admin", "staff")
        ),
        f"  tablet   {address}/counter#code={code} (for 15 minutes); everybody's PIN is {PIN}",
    ]
    return "\n".join(lines)


def _first_counter() -> int:
    manager = sa.select(Person.unit_id).where(Person.login == "manager")
    return int(db.session.execute(manager).scalar_one())
