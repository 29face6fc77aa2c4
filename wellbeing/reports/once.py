"""What a reading session was told already: the parts of a page ask for the same things, the database once."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlalchemy.orm import Session

from wellbeing.models.settings import Settings

Found = TypeVar("Found")


def once(session: Session, question: Hashable, find: Callable[[], Found]) -> Found:
    """Return what ``find`` returned when a session was first asked a question; a session is one request's."""
    known: dict[Hashable, Found] = session.info.setdefault("once", {})
    if question not in known:
        known[question] = find()
    return known[question]


def settings(session: Session) -> Settings:
    """Return the site's settings."""
    return once(session, "settings", lambda: session.get_one(Settings, 1))
