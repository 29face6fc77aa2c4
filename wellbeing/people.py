"""People on the roster: their PINs and codes, and from when their answers may count (R1)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing import codes, directory, epochs, keys, site, ticks
from wellbeing.models.accounts import CodePurpose, Level, Person, PinFailure, RoleGrant, Unit
from wellbeing.models.epochs import LedgerKind, Place
from wellbeing.models.settings import Settings, SiteKind
from wellbeing.permissions import Role
from wellbeing.pools import pool_map
from wellbeing.roster import LANGUAGES, LOGIN, NewPerson, NewRole
from wellbeing.units import Tree, place_of, read_tree

PIN_LENGTHS = range(4, 7)
DIGITS_IN_A_ROW = ("01234567890", "09876543210")


class PinTooSimple(Exception):
    """A PIN that a colleague would try first: digits all equal, or in a row."""


class PinMisshapen(ValueError):
    """A PIN has four to six digits."""


class SiteRefused(Exception):
    """A site cannot be set up like this; the text says why, in a sentence."""


@dataclass(frozen=True)
class NewSite:
    """What a site is set up with; the help contact is what staff read under "Get help"."""

    organisation: str
    admin_name: str
    admin_login: str
    help_contact: str
    time_zone: str
    language: str = "en"
    kind: SiteKind = SiteKind.REAL


def choose_pin(connection: codes.Executor, pepper: bytes, code: str, pin: str, now: datetime) -> str:
    """Keep the PIN that a one-time code allows to choose, and return its owner's name.

    Runs in the caller's transaction and does not commit. Raises PinMisshapen, PinTooSimple or CodeRefused.
    """
    if len(pin) not in PIN_LENGTHS or not (pin.isascii() and pin.isdigit()):
        raise PinMisshapen
    if is_simple(pin):
        raise PinTooSimple
    person_id = codes.redeem(connection, code, CodePurpose.PIN, now).person_id or 0
    connection.execute(sa.delete(PinFailure).where(PinFailure.person_id == person_id))
    statement = sa.update(Person).where(Person.id == person_id).returning(Person.name)
    values = {"pin_mac": keys.pin_mac(pepper, person_id, pin), "pin_length": len(pin)}
    return str(connection.execute(statement.values(values)).scalar_one())


def is_simple(pin: str) -> bool:
    """Tell whether a PIN is all one digit, or digits in a row."""
    return len(set(pin)) == 1 or any(pin in row for row in DIGITS_IN_A_ROW)


def counting(
    connection: codes.Executor, person_id: int, counts_from: date | None
) -> tuple[bool, date | None]:
    """Tell whether a person's answers count in this epoch and, where they will later, from which day on.

    The day is that of a tick: a pool's people stand for a whole epoch. (False, None) is somebody whom an
    admin has yet to confirm, who can see every figure that they could be part of, or whose organisation is
    too small for any figure.
    """
    epoch = ticks.newest(connection, LedgerKind.WEEKLY)
    if epoch is None:
        return False, counts_from
    place = sa.select(Place.pool_id).where(Place.epoch_id == epoch.id, Place.person_id == person_id)
    if connection.execute(place).first() is not None:
        return True, None
    opened_on = epoch.opens_at.astimezone(_zone(connection)).date()
    if counts_from is None or counts_from <= opened_on:
        return False, None
    day = _first_tick(connection, counts_from, epoch.opens_at)
    return False, day if _will_count(connection, person_id, epoch.own_pool_from, day) else None


def _zone(connection: codes.Executor) -> ZoneInfo:
    return ZoneInfo(connection.execute(sa.select(Settings.time_zone)).scalar_one())


def _first_tick(connection: codes.Executor, counts_from: date, after: datetime) -> date:
    """Return the day of the first tick from ``counts_from`` on, by the ticks that are planned."""
    opening = ticks.coming(connection, after)
    while opening is not None and opening.day < counts_from:
        opening = ticks.following(connection, opening)
    return opening.day if opening else counts_from


def _will_count(connection: codes.Executor, person_id: int, own_pool_from: int, day: date) -> bool:
    """Tell whether a person has a place at a tick if nothing changes on the roster until then."""
    return person_id in pool_map(epochs.roster(connection, own_pool_from, day)).places


def has_ledger(connection: codes.Executor, now: datetime) -> bool:
    """Tell whether anybody's answers count here; an organisation that is too small has no figures (R2)."""
    settings = connection.execute(sa.select(Settings.own_pool_from, Settings.time_zone)).one()
    today = now.astimezone(ZoneInfo(settings.time_zone)).date()
    return bool(pool_map(epochs.roster(connection, settings.own_pool_from, today)).places)


def create_site(session: Session, new: NewSite, now: datetime) -> str:
    """Set the site up, and return the one-time code with which its first admin chooses a password. Commits.

    Raises SiteRefused.
    """
    _check_site(session, new)
    session.add(
        Settings(
            id=1, kind=new.kind, time_zone=new.time_zone, language=new.language, help_contact=new.help_contact
        )
    )
    organisation = Unit(level=Level.ORGANISATION, name=new.organisation)
    session.add(organisation)
    session.flush()
    person = NewPerson(0, new.admin_name, (), new.admin_login, (NewRole(Role.ADMIN, ()),), new.language)
    admin = _add(session, read_tree(session), person, now, None)
    session.flush()
    return make_code(session, CodePurpose.PASSWORD, admin.id, now)


def _check_site(session: Session, new: NewSite) -> None:
    if session.get(Settings, 1) is not None:
        raise SiteRefused(_("This site is set up already."))
    for text, longest in ((new.organisation, 80), (new.admin_name, 80), (new.help_contact, 400)):
        if not 1 <= len(text.strip()) <= longest or not text.isprintable():
            raise SiteRefused(
                _("A name needs 1 to 80 characters and the help contact 1 to 400, all of them visible.")
            )
    if not LOGIN.fullmatch(new.admin_login):
        raise SiteRefused(_("A sign-in name has 2 to 80 letters without accents, digits or . _ @ + -"))
    if new.time_zone not in available_timezones():
        raise SiteRefused(
            _("There is no time zone “%(zone)s”; write one like Europe/Madrid.", zone=new.time_zone)
        )
    if new.language not in LANGUAGES:
        raise SiteRefused(_("Second Wind speaks: %(languages)s.", languages=", ".join(LANGUAGES)))


def add_people(session: Session, people: Sequence[NewPerson], now: datetime) -> int:
    """Add everybody whom a people file names, make units that are missing, and return how many people.

    Answers of people who come before the first import is confirmed wait for that; of others, the
    activation days of the settings. All or nothing. Raises PathRefused. Commits.
    """
    made = place_people(session, people, now)
    session.commit()
    return len(made)


def place_people(session: Session, people: Sequence[NewPerson], now: datetime) -> list[Person]:
    """Add people as add_people does, and return them; does not commit. Raises PathRefused."""
    confirmed = site.settings().confirmed_at is not None
    counts_from = _active_from(now) if confirmed else None
    tree = read_tree(session)
    made = [_add(session, tree, person, now, counts_from) for person in people]
    session.flush()
    return made


def begin_anew(person: Person, now: datetime) -> None:
    """Let an account that was closed count as late as a new one: it is as young as one. Does not commit.

    Otherwise whoever keeps closed accounts could open a pool of puppets on the day on which they need it.
    Who waits for an admin still does.
    """
    person.created_at = now
    if person.counts_from is not None:
        person.counts_from = max(person.counts_from, _active_from(now))


def _add(session: Session, tree: Tree, new: NewPerson, now: datetime, counts_from: date | None) -> Person:
    person = Person(
        name=new.name,
        unit_id=place_of(tree, new.team).id,
        active=True,
        language=new.language,
        created_at=now,
        counts_from=counts_from,
        login=new.login,
    )
    person.grants = [RoleGrant(unit_id=place_of(tree, role.unit).id, role=role.role) for role in new.roles]
    session.add(person)
    return person


def make_code(session: Session, purpose: CodePurpose, person_id: int, now: datetime) -> str:
    """Return a code with which a person chooses a PIN or a password. Commits."""
    code = codes.make_code(session, purpose, person_id, now)
    session.commit()
    return code


def confirm_import(session: Session, now: datetime) -> int:
    """Let everybody of the first import count at once, and return how many they are. Commits.

    It happens once: were it possible again, whoever creates accounts could make a pool of puppets in a day.
    """
    settings = site.settings()
    found = directory.unconfirmed(session)
    if settings.confirmed_at is not None or not found:
        return 0
    settings.confirmed_at = now
    for person in found:
        person.counts_from = _day(now)
    session.commit()
    return len(found)


def confirm_person(session: Session, person: Person, now: datetime) -> None:
    """Let somebody's answers count, if their account is as old as the settings ask, or then. Commits."""
    if person.counts_from is None and site.settings().confirmed_at is not None:
        person.counts_from = max(_active_from(person.created_at), _day(now))
        session.commit()


def _active_from(made_at: datetime) -> date:
    return _day(made_at + timedelta(days=site.settings().activation_days))


def _day(moment: datetime) -> date:
    return moment.astimezone(site.zone()).date()
