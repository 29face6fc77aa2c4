"""Every view is closed unless it says who may open it; what is not yours does not exist (404)."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, current_app, request
from flask_login import current_user

from wellbeing.models.accounts import Level, Unit
from wellbeing.models.base import db
from wellbeing.permissions import ROLE_PERMISSIONS, Permission, Role

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
    """Return the roles a person holds, each with its unit; everybody is staff of their own team.

    A role reaches down to every unit below, so somebody placed at a site or at the top is staff of none.
    """
    held = [(grant.role, grant.unit_id) for grant in person.grants]
    home = db.session.get(Unit, person.unit_id)
    return [*held, (Role.STAFF, person.unit_id)] if home and home.level is Level.TEAM else held


def units_with(permission: Permission) -> set[int]:
    """Return the ids of the units at which the signed-in person holds ``permission`` directly."""
    return {unit for role, unit in roles_here(current_user) if permission in ROLE_PERMISSIONS[role]}


def may(permission: Permission, unit: Unit | None) -> bool:
    """Tell whether the signed-in person holds ``permission`` over a unit, directly or from above."""
    held = units_with(permission)
    while unit is not None:
        if unit.id in held:
            return True
        unit = unit.parent
    return False


def unit_or_404(unit_id: int, permission: Permission) -> Unit:
    """Return a unit that the signed-in person may see in this way; for them no other exists."""
    unit = db.session.get(Unit, unit_id)
    if unit is None or not may(permission, unit):
        abort(404)
    return unit
