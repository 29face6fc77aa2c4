"""The diary of whoever sits at this browser, while it is open: only the cookie can read along."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import redirect, request, session, url_for
from flask_login import current_user

from wellbeing import site
from wellbeing.diary import agreeing, door, opening, unlocking
from wellbeing.diary.opening import Found
from wellbeing.models.base import db
from wellbeing.web.access import signed_in

View = Callable[..., Any]
SECRET = "diary"  # noqa: S105 -- the name under which the cookie holds it
HELD = "diary_held"


def keep_open(private: bytes) -> None:
    """Keep the signed-in person's diary open in this browser for a quarter of an hour. Commits."""
    secret = unlocking.unlock(db.session(), current_user.token, private, site.now())
    session[SECRET] = urlsafe_b64encode(secret).decode()


def open_at_sign_in(password: str) -> None:
    """Open the diary of whoever has just signed in with their password; nothing in time tells who has one."""
    private = door.at_sign_in(db.session(), current_user.id, password)
    if private is not None:
        keep_open(private)


def hold(token: str, person_id: int, password: str) -> None:
    """Keep the diary that a password opened for a browser that waits for its second factor. Commits.

    The password itself is kept nowhere. What is kept needs this browser's cookie to be read, like a diary
    that is open, and opens no page: it is wrapped for nothing but `held`.
    """
    private = door.at_sign_in(db.session(), person_id, password)
    if private is not None:
        secret = unlocking.unlock(db.session(), token, private, site.now(), unlocking.HALF_WAY)
        session[HELD] = urlsafe_b64encode(secret).decode()


def held(token: str) -> bytes | None:
    """Return the private key of the diary that was held for a browser; None where none was."""
    secret = urlsafe_b64decode(session.get(HELD, ""))
    return unlocking.private_key(db.session(), token, secret, site.now(), unlocking.HALF_WAY)


def close() -> None:
    """Close the diary in this browser. Commits."""
    session.pop(SECRET, None)
    unlocking.lock(db.session(), current_user.token)
    db.session.commit()


def private_key() -> bytes | None:
    """Return the private key of the signed-in person's diary where it is open here; else None."""
    secret = session.get(SECRET)
    if not secret:
        return None
    return unlocking.private_key(db.session(), current_user.token, urlsafe_b64decode(secret), site.now())


def with_open_diary(view: View) -> View:
    """Open a view to signed-in people whose diary is open here; others are asked to open or begin it.

    Where the words that its owner agreed to have changed, they are asked first, before a page and not in the
    middle of a form.
    """

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        asks = request.method == "GET"
        wanted = request.full_path.rstrip("?") if asks else None
        if private_key() is None:
            return redirect(url_for("my_diary.open_diary", next=wanted))
        if asks and agreeing.must_ask(opening.diary_of(db.session(), current_user.id)):
            return redirect(url_for("my_agreement.agreement", next=wanted))
        return view(*args, **kwargs)

    return signed_in(guarded)


def entries() -> list[Found]:
    """Return what the open diary holds, those that were felt first in front."""
    private = private_key()
    if private is None:
        return []
    server_key = site.config().secrets.server_key
    return opening.read(db.session().connection(), server_key, current_user.id, private)
