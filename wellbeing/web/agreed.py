"""Figures stay closed until the privacy step is signed: for everybody, staff's mirror too (R17).

Whether they are open depends on the signature alone: not on what anybody answered, and not on who asks.
"""

from functools import wraps
from typing import Any

from flask import render_template
from flask_login import current_user

from wellbeing import agreements
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.web.access import View, may_everywhere


def once_agreed(view: View) -> View:
    """Answer with the page that says why as long as nothing is signed; stands below ``requires``."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if agreements.is_signed(db.session()):
            return view(*args, **kwargs)
        may_sign = may_everywhere(Permission.ADMINISTER)
        return render_template("errors/figures_closed.html", may_sign=may_sign), 409

    return guarded


def awaits_me() -> bool:
    """Tell whether the signed-in person is who can sign what nobody has signed yet."""
    return (
        current_user.is_authenticated
        and may_everywhere(Permission.ADMINISTER)
        and not agreements.is_signed(db.session())
    )
