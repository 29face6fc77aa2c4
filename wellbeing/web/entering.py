"""What happens in a browser where somebody has just shown who they are, whichever way."""

from flask import flash, session
from flask_babel import gettext as _
from flask_login import login_user, logout_user

from wellbeing import passkeys, second_factor, site
from wellbeing.company import identities
from wellbeing.models.base import db
from wellbeing.reports import dates
from wellbeing.sign_in import SignedIn
from wellbeing.staffing.inviting import code_was_made
from wellbeing.web import checkup_reminder
from wellbeing.web.only_reading import only_reading


def enter(found: SignedIn) -> None:
    """Begin a fresh session, so that no cookie from before the sign-in is worth anything."""
    begin_afresh(found.person.language)
    login_user(found)
    checkup_reminder.remember(found.person.id)
    _tell_of_codes(found.person.id)
    _tell_of_removed_app(found.person.id)


def _tell_of_codes(person_id: int) -> None:
    """Say for seven days that somebody made a code: whoever used it could be somebody else."""
    with only_reading():
        made_at = code_was_made(db.session(), person_id, site.now())
    if made_at is not None:
        day = dates.whole(made_at.astimezone(site.zone()).date())
        flash(_("Somebody made a code for you on %(day)s. The page “Log” says who.", day=day), "warning")


def leave() -> None:
    """Forget whoever was signed in here; the language that they chose stays."""
    logout_user()
    begin_afresh(None)


def begin_afresh(own_language: str | None) -> None:
    """Forget all that the cookie held but the language."""
    chosen = session.get("language") or own_language
    session.clear()
    if chosen:
        session["language"] = chosen


def _tell_of_removed_app(person_id: int) -> None:
    """Say for a month that somebody's authenticator app was removed for them, until they have another."""
    with only_reading():
        removed = second_factor.removed_on(db.session(), person_id, site.now())
    if removed is not None:
        day = dates.whole(removed.astimezone(site.zone()).date())
        flash(
            _(
                "Your authenticator app was removed on %(day)s, with a one-time code or by whoever runs the "
                "machine. You can set it up anew under “Sign-in”.",
                day=day,
            ),
            "warning",
        )


def tell_of_passkeys(person_id: int, just_made: int = 0) -> None:
    """Say to somebody who came with a one-time code that other ways in from before it work as ever.

    Whoever once came in under their name, with a PIN or a code, may have left one of their own.
    """
    if len(passkeys.of_person(db.session(), person_id)) > just_made:
        flash(
            _("Passkeys from before still work. Look under “Sign-in” whether each of them is yours."),
            "warning",
        )
    company = site.config().company
    if company and identities.of_person(db.session(), person_id, company.issuer) is not None:
        flash(
            _("An account of the company is connected. Look under “Sign-in” whether it is yours."), "warning"
        )
