"""The set-up: seven steps from a site just created to figures that are open, and what each writes."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from zoneinfo import available_timezones

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing import agreements, ticks
from wellbeing.models.accounts import Level, Tablet, Unit
from wellbeing.models.epochs import Epoch
from wellbeing.models.settings import Settings
from wellbeing.roster import NewPerson, UnitPath
from wellbeing.units import LONGEST_NAME, PathRefused, Tree, place_of, read_tree

MOST_AT_ONCE = 200
MOST_ZONES, ALIKE = 3, 0.8


class Step(StrEnum):
    """The steps, in their order."""

    ORGANISATION = "organisation"
    UNITS = "units"
    PEOPLE = "people"
    TABLETS = "tablets"
    HELP = "help"
    TEXTS = "texts"
    PRIVACY = "privacy"


class StepRefused(Exception):
    """What was typed in a step cannot be taken; the text says why, in a sentence."""


@dataclass(frozen=True)
class Progress:
    """Which steps are done, and which of the others comes next; None once all are."""

    done: frozenset[Step]
    next: Step | None


def progress(session: Session) -> Progress:
    """Return how far a site's set-up is."""
    settings = session.get_one(Settings, 1)
    teams = sa.select(Unit.id).where(Unit.level == Level.TEAM, Unit.closed_on.is_(None))
    tablets = sa.select(Tablet.id).where(Tablet.revoked_on.is_(None))
    found = {
        Step.ORGANISATION: True,
        Step.UNITS: session.execute(teams.limit(1)).first() is not None,
        Step.PEOPLE: settings.confirmed_at is not None,
        Step.TABLETS: session.execute(tablets.limit(1)).first() is not None,
        Step.HELP: bool(settings.help_contact.strip()),
        Step.TEXTS: settings.texts_reviewed_on is not None,
        Step.PRIVACY: agreements.is_signed(session),
    }
    done = frozenset(step for step in Step if found[step])
    return Progress(done, next((step for step in Step if step not in done), None))


def may_change_zone(session: Session) -> bool:
    """Tell whether the organisation's name and time zone can still be changed: no week has begun."""
    return session.execute(sa.select(Epoch.id).limit(1)).first() is None


def change_organisation(session: Session, name: str, time_zone: str) -> None:
    """Give the organisation another name and time zone, before its first week begins. Commits.

    Raises StepRefused.
    """
    ticks.hold(session)
    if not may_change_zone(session):
        raise StepRefused(_("The first week has begun: its days were counted in this time zone."))
    if time_zone not in available_timezones():
        raise StepRefused(_no_zone(time_zone))
    organisation = session.scalars(sa.select(Unit).where(Unit.level == Level.ORGANISATION)).one()
    organisation.name = _name(name)
    session.get_one(Settings, 1).time_zone = time_zone
    session.commit()


def _no_zone(typed: str) -> str:
    if meant := ", ".join(zones_like(typed)):
        return _("There is no such time zone. Did you mean %(zones)s?", zones=meant)
    return _("There is no such time zone. Write one like Europe/Madrid.")


def zones_like(typed: str) -> list[str]:
    """Return up to three time zones whose city is what was typed, or else nearly so: Chicago, berlin."""
    cities: dict[str, list[str]] = {}
    for zone in zones():
        cities.setdefault(_city(zone), []).append(zone)
    wanted = _city(typed.split(",")[0])
    near = [wanted] if wanted in cities else get_close_matches(wanted, cities, MOST_ZONES, ALIKE)
    return [zone for city in near for zone in cities[city]][:MOST_ZONES]


def zones() -> list[str]:
    """Return the time zones that are named after a place."""
    return sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))


def _city(zone: str) -> str:
    return "_".join(zone.rpartition("/")[2].casefold().split())


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise StepRefused(_("A name has 1 to %(most)s characters that can be read.", most=LONGEST_NAME))
    return name


def lines_of(typed: str) -> list[str]:
    """Return the names that were typed, one a line; raise StepRefused."""
    named = [_name(line) for line in typed.splitlines() if line.strip()]
    if not named:
        raise StepRefused(_("Write at least one name, each on a line of its own."))
    if len(named) > MOST_AT_ONCE:
        raise StepRefused(_("At most %(most)s names at a time.", most=MOST_AT_ONCE))
    return named


def _twice_in(named: list[str]) -> str | None:
    """Return the first name that stands in a list more than once, however it is spelt."""
    folded = [name.casefold() for name in named]
    return next((name for name in named if folded.count(name.casefold()) > 1), None)


def add_teams(session: Session, site: str, typed: str) -> list[Unit]:
    """Make teams of a site, and the site where there is none of that name; return what is new.

    Does not commit. Raises StepRefused.
    """
    site, names = _name(site), lines_of(typed)
    if twice := _twice_in(names):
        raise StepRefused(_("“%(name)s” stands here twice.", name=twice))
    if any("/" in name for name in (site, *names)):
        raise StepRefused(_("A name cannot hold “/”, which stands between a site and its team."))
    tree = read_tree(session)
    site = _as_known(tree, site)
    before = len(tree.units)
    for name in names:
        _refuse_known(tree, site, name)
        try:
            place_of(tree, (site, name))
        except PathRefused as refused:
            raise StepRefused(str(refused)) from None
    return tree.units[before:]


def _as_known(tree: Tree, site: str) -> str:
    """Return a site's name as it is spelt in the tree, where it is there."""
    known = {unit.name.casefold(): unit.name for unit in tree.first_under(tree.root())}
    return known.get(site.casefold(), site)


def _refuse_known(tree: Tree, site: str, name: str) -> None:
    known = {tuple(part.casefold() for part in tree.path_of(unit)) for unit in tree.units}
    if (site.casefold(), name.casefold()) in known:
        raise StepRefused(_("“%(name)s” is there already.", name=name))


def people_of(
    typed: str, team: UnitPath, known: frozenset[tuple[UnitPath, str]], language: str
) -> list[NewPerson]:
    """Return the people who were typed, one a line, to be added to a team; raise StepRefused."""
    there = {name.casefold() for path, name in known if path == team}
    named = lines_of(typed)
    if twice := _twice_in(named):
        raise StepRefused(_two_people(_("“%(name)s” stands here twice.", name=twice)))
    again = next((name for name in named if name.casefold() in there), None)
    if again is not None:
        raise StepRefused(_two_people(_("“%(name)s” is in this team already.", name=again)))
    return [NewPerson(line, name, team, language=language) for line, name in enumerate(named, start=1)]


def _two_people(refusal: str) -> str:
    """Add to a refusal what helps where two people have the same name."""
    remedy = _("Two people? Add a second name or an initial, so that each finds their tile.")
    return f"{refusal} {remedy}"


def texts_fit(session: Session, today: date) -> None:
    """Keep that an admin looked through the texts. Commits."""
    session.get_one(Settings, 1).texts_reviewed_on = today
    session.commit()


def change_language(session: Session, language: str) -> None:
    """Change the language, one of ours, of whoever has chosen none. Commits."""
    session.get_one(Settings, 1).language = language
    session.commit()
