"""How a tablet or an own phone shows its token, and how it is told that something was not done."""

import sqlalchemy as sa
from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import phones, tablets
from wellbeing.counter.acts import Refused

STATUSES = {
    "bad_request": 400,
    "tablet_unknown": 401,
    "pin_wrong": 403,
    "pin_locked": 429,
    "pin_locked_today": 429,
    "badge_unknown": 403,
    "pin_needed": 403,
    "phone_unknown": 403,
    "not_found": 404,
    "code_expired": 410,
    "undo_over": 410,
    "pin_weak": 422,
    "not_taken": 422,
    "nobody_reads": 422,
    "sign_in_taken": 422,
}


def token() -> str:
    """Return the token that the request shows, or nothing."""
    scheme, _space, shown = request.headers.get("Authorization", "").partition(" ")
    return shown if scheme == "Bearer" else ""


def tablet(connection: sa.Connection, shown: str) -> tablets.TabletFacts:
    """Return the tablet that a token belongs to; raise Refused for one that is unknown."""
    found = tablets.tablet_of(connection, shown) if shown else None
    if found is None:
        raise Refused("tablet_unknown")
    return found


def phone(connection: sa.Connection, shown: str) -> phones.PhoneFacts:
    """Return the own phone that a token belongs to; raise Refused for one that is unknown."""
    found = phones.phone_of(connection, shown) if shown else None
    if found is None:
        # To the scripts, which are the tablet's, it is the same; the sentence is for whoever holds the phone.
        raise Refused("tablet_unknown", _phone_unknown())
    return found


def _phone_unknown() -> str:
    return _("This phone is not set up, or was removed. Sign in to set it up.")


def refused(error: Refused) -> ResponseReturnValue:
    """Say why something was not done."""
    return jsonify(error=error.sentence or _sentence(error.code), code=str(error.code)), STATUSES[error.code]


def _sentence(code: str) -> str:
    sentences = {
        "bad_request": _("The request is not complete."),
        "tablet_unknown": _("This tablet is not enrolled, or was signed out. Ask your manager for a code."),
        "pin_wrong": _("That PIN does not match. Try again."),
        "pin_locked": _(
            "Too many wrong tries. Wait a quarter of an hour, or ask your manager for a new code."
        ),
        "pin_locked_today": _(
            "Too many wrong tries in one day. Wait until tomorrow, or ask your manager for a new code."
        ),
        "badge_unknown": _(
            "This badge is not known, or works no more. Use your name and PIN, or ask for a new badge."
        ),
        "pin_needed": _("A PIN is needed with the badge here."),
        "phone_unknown": _phone_unknown(),
        "not_found": _("That is not here any more."),
        "undo_over": _("The minute for undo is over. You can still take everything back."),
        "not_taken": _("This cannot be kept as it is."),
        "nobody_reads": _("Nobody was appointed to read this. Turn to the contact here, or to a helpline."),
        "sign_in_taken": _(
            "You have a sign-in already, or you look after others. Sign in on your phone and tap “Make this "
            "my own phone” under “Sign-in”. For a password, whoever looks after your team makes you a code."
        ),
        "pin_weak": _("That PIN is too easy to guess. Choose digits that are not all equal or in a row."),
    }
    return sentences[code]
