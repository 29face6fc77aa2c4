"""Read the people file: who works where, who signs in, and who holds which role over which unit.

Columns: name, team; and, each of them optional: site, login, role, role_unit, language.

- ``team`` is a team's name, or its path ("Riverside/Parts"); ``site`` goes before it. The name alone is
  enough where only one team has it.
- ``role`` is staff (or empty), manager, hr or admin; several stand between bars: manager|hr.
- ``role_unit`` says over which unit the role holds: a site, a team or the organisation's name; one for all
  roles, or one for each between bars. Empty: a manager's own team, the whole organisation for hr and admin.
- ``language`` is one that the product speaks, or empty.
"""

import re
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, field
from functools import partial

from flask_babel import gettext as _

from wellbeing.cells import MAX_NAME, Cells, LineError, name_in, team_path, word_in
from wellbeing.csvfile import BadLine, CsvFileError, Source, read_lines
from wellbeing.permissions import Role

__all__ = ["BadLine", "NewPerson", "NewRole", "PeopleFileError", "UnitPath", "new_teams_in", "read_people"]

PeopleFileError = CsvFileError

REQUIRED = ("name", "team")
OPTIONAL = ("site", "login", "role", "role_unit", "language")

ROLES = {role.value: role for role in Role}
LANGUAGES = {"en": "en", "es": "es"}
LOGIN = re.compile(rf"[a-z0-9][a-z0-9._@+-]{{1,{MAX_NAME - 1}}}")

UnitPath = tuple[str, ...]
ORGANISATION: UnitPath = ()
SITE_AND_TEAM = 2


@dataclass(frozen=True)
class NewRole:
    """A manager's, HR's or admin's role, and the path of the unit it holds over; () is the organisation."""

    role: Role
    unit: UnitPath


@dataclass(frozen=True)
class NewPerson:
    """Somebody to be added; ``team`` is a path below the organisation, and all are staff of their team."""

    line: int
    name: str
    team: UnitPath
    login: str | None = None
    roles: tuple[NewRole, ...] = ()
    language: str | None = None


@dataclass(frozen=True)
class _Known:
    """What the site has already, with all words folded, and on which line the file named whom."""

    teams: Mapping[UnitPath, UnitPath]
    units: Mapping[UnitPath, UnitPath]
    people: Collection[tuple[UnitPath, str]]
    logins: Collection[str]
    lines: dict[Hashable, int] = field(default_factory=dict)


def read_people(
    source: Source,
    known_teams: Collection[UnitPath],
    known_logins: Collection[str],
    known_people: Collection[tuple[UnitPath, str]] = (),
    organisation: str = "",
    known_units: Collection[UnitPath] = (),
) -> tuple[list[NewPerson], list[BadLine]]:
    """Return the people to be added, in the file's order, and the lines that cannot be taken.

    ``known_teams`` holds the paths below the organisation of all teams, ("Riverside", "Parts"), and may be a
    mapping by path; ``known_people`` holds (team's path, name) of who is there already; ``organisation``
    is its name. Roles hold over ``known_units``, or where none are given over the teams and whatever they
    stand in. Raises PeopleFileError where the file as a whole cannot be read.
    """
    units = {team[:depth] for team in known_teams for depth in range(1, len(team) + 1)}
    if known_units:
        units = set(known_units)
    known = _Known(
        teams={_folded(team): team for team in known_teams},
        units={(organisation.casefold(),): ORGANISATION} | {_folded(unit): unit for unit in units},
        people=frozenset((_folded(team), name.casefold()) for team, name in known_people),
        logins=frozenset(login.lower() for login in known_logins),
    )
    return read_lines(source, REQUIRED, OPTIONAL, partial(_person, known))


def new_teams_in(source: Source, known_teams: Collection[UnitPath]) -> list[UnitPath]:
    """Return the teams that the file names in full, with their site, and that are not there yet, in order.

    A team's first spelling stands. Raises PeopleFileError where the file as a whole cannot be read.
    """
    named, _bad = read_lines(source, REQUIRED, OPTIONAL, lambda _line, cells: team_path(_team(cells)))
    known = {_folded(team) for team in known_teams}
    new: dict[UnitPath, UnitPath] = {}
    for team in named:
        if len(team) == SITE_AND_TEAM and _folded(team) not in known:
            new.setdefault(_folded(team), team)
    return list(new.values())


def _person(known: _Known, line: int, cells: Cells) -> NewPerson:
    team = _unit(known.teams, _team(cells), "team")
    name = _name(known, line, cells, team)
    return NewPerson(
        line=line,
        name=name,
        team=team,
        login=_login(known, line, cells),
        roles=_roles(known, cells, team),
        language=word_in(cells, "language", LANGUAGES),
    )


def _team(cells: Cells) -> str:
    return "/".join(filter(None, (cells["site"], name_in(cells, "team"))))


def _unit(units: Mapping[UnitPath, UnitPath], text: str, column: str) -> UnitPath:
    """Return the one unit whose path is, or ends with, the path in ``text``."""
    path = _folded(team_path(text))
    ending = [unit for folded, unit in units.items() if folded[-len(path) :] == path]
    if path in units or len(ending) == 1:
        return units.get(path, ending[0])
    if ending:
        raise LineError(_("%(column)s fits more than one unit; write it with its site.", column=column))
    raise LineError(_("%(column)s names no unit of this site: %(unit)s.", column=column, unit=text))


def _folded(path: UnitPath) -> UnitPath:
    return tuple(part.casefold() for part in path)


def _name(known: _Known, line: int, cells: Cells, team: UnitPath) -> str:
    name = name_in(cells, "name")
    if "@" in name:
        raise LineError(_("name looks like an e-mail address; it is what colleagues read on the tablet."))
    if not any(sign.isalpha() for sign in name):
        raise LineError(_("name has no letter."))
    person = (_folded(team), name.casefold())
    if person in known.people:
        raise LineError(_("Somebody of this name is in this team already."))
    if (first := known.lines.setdefault(person, line)) != line:
        raise LineError(_("The same name in the same team stands on line %(number)s.", number=first))
    return name


def _login(known: _Known, line: int, cells: Cells) -> str | None:
    login = cells["login"].lower()
    if not login:
        return None
    if not LOGIN.fullmatch(login):
        raise LineError(_("login must be 2 to %(limit)s of a-z, 0-9 and . _ @ + - only.", limit=MAX_NAME))
    if login in known.logins:
        raise LineError(_("login belongs to somebody already."))
    if (first := known.lines.setdefault(login, line)) != line:
        raise LineError(_("The same login stands on line %(number)s.", number=first))
    return login


def _roles(known: _Known, cells: Cells, team: UnitPath) -> tuple[NewRole, ...]:
    """Return the roles besides staff, each once, and each with its unit."""
    roles = [word_in({"role": word.strip()}, "role", ROLES) for word in cells["role"].split("|")]
    units = [word.strip() for word in cells["role_unit"].split("|")]
    if len(units) == 1:
        units *= len(roles)
    if len(units) != len(roles):
        raise LineError(_("role_unit has another number of parts than role."))
    found = (
        NewRole(role, _role_unit(known, role, unit, team))
        for role, unit in zip(roles, units, strict=True)
        if role and role is not Role.STAFF
    )
    return tuple(dict.fromkeys(found))


def _role_unit(known: _Known, role: Role, unit: str, team: UnitPath) -> UnitPath:
    if unit:
        return _unit(known.units, unit, "role_unit")
    return team if role is Role.MANAGER else ORGANISATION
