"""A browser between the password and the second factor: it holds a token that opens nothing."""

from flask import session

from wellbeing.sign_in import SignedIn
from wellbeing.web import entering, unlocked
from wellbeing.web.own_path import own_path

# Not where Flask-Login looks for whoever is signed in.
TOKEN = "half_way"  # noqa: S105 -- the name under which the cookie holds it
WANTED = "half_way_wanted"


def begin(found: SignedIn, password: str, wanted: str | None) -> None:
    """Remember, in a session begun afresh, whose second factor is waited for and where they want to go."""
    entering.begin_afresh(found.person.language)
    person_id = found.person.id
    session[TOKEN] = found.token
    session[WANTED] = own_path(wanted) or ""
    unlocked.hold(found.token, person_id, password)


def token() -> str:
    """Return what this browser holds while it waits; empty where it does not."""
    return str(session.get(TOKEN, ""))
