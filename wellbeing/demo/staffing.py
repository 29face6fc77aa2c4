"""Who works at the made-up dealership: a manager in every team, and HR and the admin in the office."""

from collections.abc import Iterator, Sequence
from random import Random

from wellbeing.demo.house import BAD_MONTH, OFFICE, Team
from wellbeing.demo.names import made_up_names
from wellbeing.permissions import Role
from wellbeing.roster import ORGANISATION, NewPerson, NewRole

SPEAKS_SPANISH_FIRST = 0.12


def staff(dice: Random, teams: Sequence[Team]) -> tuple[NewPerson, ...]:
    """Return everybody, team by team.

    The first of a team is its manager, who signs in. The logins ``manager`` and ``staff`` belong to the team
    that has the bad month, ``hr`` and ``admin`` to the office.
    """
    names = iter(made_up_names(dice, sum(team.people for team in teams)))
    people = [
        (name, team, place) for team in teams for place, name in zip(range(team.people), names, strict=False)
    ]
    return tuple(
        NewPerson(
            line=line,
            name=name,
            team=team.path,
            login=_login(name, team, place),
            roles=tuple(_roles(team, place)),
            language="es" if dice.random() < SPEAKS_SPANISH_FIRST else None,
        )
        for line, (name, team, place) in enumerate(people, 2)
    )


def _login(name: str, team: Team, place: int) -> str | None:
    """Return a login for those who sign in: the managers and the four of the tour."""
    tour = {BAD_MONTH.team: ("manager", "staff"), OFFICE: (None, "hr", "admin")}.get(team.path, ())
    if place < len(tour) and tour[place]:
        return tour[place]
    return name.lower().replace(" ", ".") if place == 0 else None


def _roles(team: Team, place: int) -> Iterator[NewRole]:
    if place == 0:
        yield NewRole(Role.MANAGER, team.path)
    if team.path == OFFICE and place in (1, 2):
        yield NewRole((Role.HR, Role.ADMIN)[place - 1], ORGANISATION)
