"""A people file in the browser: what it would do is shown first, and exactly that is done."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from wellbeing.csvfile import BadLine, CsvFileError
from wellbeing.directory import OnRoster
from wellbeing.roster import NewPerson, new_teams_in, read_people
from wellbeing.units import UnitPath

LARGEST = 1_000_000
MOST_LINES = 5_000


@dataclass(frozen=True)
class Plan:
    """What a file would do: who comes, which teams are made, and the lines that cannot be taken."""

    people: tuple[NewPerson, ...]
    new_teams: tuple[UnitPath, ...]
    bad: tuple[BadLine, ...]

    @property
    def mark(self) -> str:
        """By what the same plan is known again, so that only what was shown is done."""
        return hashlib.sha256(repr((self.people, self.new_teams, self.bad)).encode()).hexdigest()


def within(known: OnRoster, mine: Collection[UnitPath]) -> OnRoster:
    """Return the roster as somebody sees it who looks after some units alone: others are not there."""
    here = frozenset(mine)
    return replace(known, organisation="", teams=known.teams & here, units=known.units & here)


def planned(content: bytes, known: OnRoster) -> Plan:
    """Return what a file would do to the roster; raise CsvFileError where it cannot be read as a whole.

    A roster without the organisation's name is that of an admin of some units: a role over the whole, and a
    team of another site, are beyond them.
    """
    _check_size(content)
    everywhere = bool(known.organisation)
    wanted = [team for team in new_teams_in(content, known.teams) if everywhere or team[:1] in known.units]
    _refuse_shut(known, wanted)
    teams = [*known.teams, *wanted]
    units = {*known.units, *(team[:depth] for team in wanted for depth in (1, 2))}
    found, bad = read_people(content, teams, known.logins, known.people, known.organisation, units)
    beyond = [person for person in found if not everywhere and any(not role.unit for role in person.roles)]
    bad += [
        BadLine(person.line, _("This role is beyond the units that you look after.")) for person in beyond
    ]
    return Plan(tuple(found), tuple(wanted), tuple(sorted(bad, key=lambda line: line.number)))


def _check_size(content: bytes) -> None:
    if not content:
        raise CsvFileError(_("The file is empty."))
    if len(content) > LARGEST or content.count(b"\n") > MOST_LINES + 1:
        raise CsvFileError(too_large())


def too_large() -> str:
    """Return the sentence for a file that is too large."""
    return _("At most 5,000 lines and 1 MB at once. Divide the file, with the first line in each part.")


def _refuse_shut(known: OnRoster, wanted: Collection[UnitPath]) -> None:
    shut = {tuple(name.casefold() for name in path) for path in known.closed | known.planned}
    for team in wanted:
        path = tuple(name.casefold() for name in team)
        if shut & {path, path[:1]}:
            raise CsvFileError(
                _(
                    "%(team)s is closed, or opens only at the next tick. Write another team.",
                    team="/".join(team),
                )
            )
