"""The counter has no session: by construction it reads no cookie, and sets none."""

from flask import Flask, Request
from flask.sessions import NullSession, SecureCookieSession, SecureCookieSessionInterface

COUNTER = "/counter"


class SessionsButNotAtTheCounter(SecureCookieSessionInterface):
    """Flask's signed cookie everywhere but at the counter, where a session is neither read nor written."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return the browser's session, or at the counter one that is always empty."""
        if request.path == COUNTER or request.path.startswith(COUNTER + "/"):
            return NullSession()
        return super().open_session(app, request)
