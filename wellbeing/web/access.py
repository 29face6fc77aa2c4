"""Every view is closed unless it says who may open it; what is not yours does not exist (404)."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import wraps
from typing import Any

import sqlalchemy as sa
from flask import abort, current_app, request
from flask_login import current_user

from wellbeing import appointed
from wellbeing.models.accounts import Level, Person, RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.changes import UnitMerge
from wellbeing.permissions import ROLE_PERMISSIONS, VIEWER_ROLES, Permission, Role

View = Callable[..., Any]


def public(view: View) -> View:
    """Open a view to everybody, signed in or not."""
    view.__dict__["access"] = "public"
    return view


def by_tablet_token(view: View) -> View:
    """Leave a view's door to the tablet token that it checks itself; it reads no cookie."""
    view.__dict__["access"] = "tablet"
    return view


def signed_in(view: View) -> View:
    """Open a view to every signed-in person; what it shows is theirs."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if not current_user.is_authenticated:
            return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
        return view(*args, **kwargs)

    guarded.__dict__["access"] = "signed in"
    return guarded


def requires(permission: Permission) -> Callable[[View], View]:
    """Open a view to people who hold ``permission`` somewhere; its records are reached by unit_or_404."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]
            if not units_with(permission):
                abort(404)
            return view(*args, **kwargs)

        guarded.__dict__["access"] = permission
        return guarded

    return decorate


def refuse_unmarked() -> None:
    """Answer 404 for a view that forgot to say who may open it."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.endpoint != "static" and view is not None and not hasattr(view, "access"):
        abort(404)


def roles_here(person: Any) -> list[tuple[Role, int]]:
    """Return the roles a person holds, each with its unit; everybody with a team is staff.

    A role reaches down to every unit below. Staff hold theirs at the highest unit from which somebody manages
    their team, so that they open exactly the pages that their managers open (R17); somebody placed at a site
    or at the top is staff of none. Worked out once in a request, and anew in the next.
    """
    kept: dict[int, list[tuple[Role, int]]] = request.environ.setdefault(_KEPT, {})
    if person.id not in kept:
        kept[person.id] = _granted(person) + [(Role.STAFF, unit) for unit in _mirrored(person)]
    return kept[person.id]


_KEPT = "second_wind.roles"


def _granted(person: Any) -> list[tuple[Role, int]]:
    return [(grant.role, grant.unit_id) for grant in person.grants]


def _mirrored(person: Any) -> list[int]:
    """Return the units whose pages, and those below them, a person reads as staff: none without a team.

    What their team was, where it came from another site, is among them: whoever led it there reads it, too.
    """
    home = db.session.get(Unit, person.unit_id)
    if home is None or home.level is not Level.TEAM:
        return []
    return [_highest_managed(home), *_left_behind(home)]


def _highest_managed(home: Unit) -> int:
    above = [unit.id for unit in _path_up(home)]
    managed = set(
        db.session.scalars(
            sa.select(RoleGrant.unit_id)
            .join(Person, Person.id == RoleGrant.person_id)
            .where(RoleGrant.role == Role.MANAGER, RoleGrant.unit_id.in_(above), Person.active)
        )
    )
    return next((unit for unit in reversed(above) if unit in managed), home.id)


def _left_behind(home: Unit) -> list[int]:
    """Return the units that went into a team and stand elsewhere; the oldest last."""
    found, waiting = [], [home]
    while waiting:
        came = db.session.scalars(
            sa.select(Unit)
            .join(UnitMerge, UnitMerge.unit_id == Unit.id)
            .where(UnitMerge.done, UnitMerge.into_unit_id.in_([unit.id for unit in waiting]))
            .order_by(Unit.id)
        )
        waiting = list(came)
        found += [unit.id for unit in waiting if home not in _path_up(unit)]
    return found


def _path_up(unit: Unit | None) -> Iterator[Unit]:
    while unit is not None:
        yield unit
        unit = unit.parent


def units_with(permission: Permission) -> set[int]:
    """Return the ids of the units at which the signed-in person holds ``permission`` directly."""
    return {unit for role, unit in roles_here(current_user) if permission in ROLE_PERMISSIONS[role]}


def may(permission: Permission, unit: Unit | None) -> bool:
    """Tell whether the signed-in person holds ``permission`` over a unit, directly or from above."""
    held = units_with(permission)
    return any(above.id in held for above in _path_up(unit))


def person_or_404(person_id: int | None, permission: Permission) -> Person:
    """Return a person in a unit over which I hold a permission; anybody else does not exist (404)."""
    person = db.session.get(Person, person_id)
    if person is None:
        abort(404)
    unit_or_404(person.unit_id, permission)
    return person


def may_reset(person: Person) -> bool:
    """Tell whether the signed-in person may make a code or a badge for another.

    Whoever makes it could use it, so nobody makes one for a role above their own reach: for managers, HR and
    admins only an admin of the same unit does, for readers of what is sent by name only the organisation's.
    """
    if person.id in _readers() and not may_everywhere(Permission.ADMINISTER):
        return False
    return all(may(Permission.ADMINISTER, grant.unit) for grant in person.grants)


def _readers() -> set[int]:
    """Return who was appointed to read something; asked once in a request."""
    if _READERS not in request.environ:
        request.environ[_READERS] = appointed.everybody(db.session())
    found: set[int] = request.environ[_READERS]
    return found


_READERS = "second_wind.readers"


def is_viewer() -> bool:
    """Tell whether the signed-in person looks at figures of others by a role, and not as staff alone."""
    return any(role in VIEWER_ROLES for role, _unit in _granted(current_user))


def viewer_roles_over(unit_ids: Collection[int]) -> set[tuple[int, Role]]:
    """Return the roles that make the signed-in person a viewer of some units, directly or from above."""
    held = [(role, unit) for role, unit in _granted(current_user) if role in VIEWER_ROLES]
    if not held:
        return set()
    parents = dict(db.session.execute(_PARENTS, {"units": list(unit_ids)}).tuples().all())
    paths = {unit: _ids_up(parents, unit) for unit in unit_ids}
    return {(unit, role) for unit, path in paths.items() for role, at in held if at in path}


_UNIT = Unit.__table__.c
_UP = (
    sa.select(_UNIT.id, _UNIT.parent_id)
    .where(_UNIT.id.in_(sa.bindparam("units", expanding=True)))
    .cte("up", recursive=True)
)
# Units and all above them, each with the one right above it; a site may have thousands of others.
_PARENTS = sa.select(_UP.union(sa.select(_UNIT.id, _UNIT.parent_id).where(_UNIT.id == _UP.c.parent_id)))


def _ids_up(parents: Mapping[int, int | None], unit: int | None) -> list[int]:
    found = []
    while unit is not None:
        found.append(unit)
        unit = parents[unit]
    return found


def unit_or_404(unit_id: int, permission: Permission) -> Unit:
    """Return a unit that the signed-in person may see in this way; for them no other exists."""
    unit = db.session.get(Unit, unit_id)
    if unit is None or not may(permission, unit):
        abort(404)
    return unit


def everywhere_or_404(permission: Permission) -> None:
    """Answer 404 to whoever holds a permission over a part alone: what follows is the same for everybody."""
    if not may_everywhere(permission):
        abort(404)


def may_everywhere(permission: Permission) -> bool:
    """Tell whether the signed-in person holds ``permission`` over the whole organisation."""
    return may(permission, db.session.scalars(_ORGANISATION).one())


_ORGANISATION = sa.select(Unit).where(Unit.level == Level.ORGANISATION)
