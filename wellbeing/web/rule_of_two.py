"""Where viewers need a second factor, whoever lacks one is led to set it up before any other page."""

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from wellbeing import second_factor_rule
from wellbeing.models.accounts import SignInMethod
from wellbeing.models.base import db
from wellbeing.web.access import is_viewer

# Beside what anybody may open without signing in: setting a second factor up, and leaving.
OPEN = {
    *("my_second_factor.overview", "my_second_factor.begin"),
    *("my_second_factor.app", "my_second_factor.confirm"),
    *("my_passkeys.ask", "my_passkeys.add", "auth.sign_out", "auth.sign_out_everywhere"),
}


def lead_to_set_up() -> ResponseReturnValue | None:
    """Lead a viewer without a second factor to the page that sets one up, whatever they asked for."""
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "access", "public") in ("public", "tablet") or request.endpoint in OPEN:
        return None
    if not current_user.is_authenticated or not needs_one():
        return None
    return redirect(url_for("my_second_factor.overview"))


def needs_one() -> bool:
    """Tell whether the signed-in person may open nothing before they have a second factor.

    Not who came by the company's sign-in: that asks for what the company wants.
    """
    return (
        second_factor_rule.is_on(db.session())
        and is_viewer()
        and current_user.method is not SignInMethod.COMPANY
        and not second_factor_rule.has_one(db.session(), current_user.id)
    )
