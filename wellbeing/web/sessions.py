"""The counter and own phones have no session: by construction they read no cookie, and set none."""

from flask import Flask, Request
from flask.sessions import NullSession, SecureCookieSession, SecureCookieSessionInterface

BY_TOKEN = ("/counter", "/phone")


def speaks_by_token(path: str) -> bool:
    """Tell whether an address is one at which the token of a tablet or a phone alone speaks."""
    return any(path == door or path.startswith(door + "/") for door in BY_TOKEN)


class SessionsButNotByToken(SecureCookieSessionInterface):
    """Flask's signed cookie everywhere but where a token speaks; there none is read or written."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the browser's session, or at the counter and on own phones one that is always empty."""
        return NullSession() if speaks_by_token(request.path) else super().open_session(app, request)
