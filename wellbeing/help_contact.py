"""Whom staff can turn to at their place of work: without somebody, a site is not ready."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing.models.settings import Settings

LONGEST = 400


class ContactRefused(Exception):
    """This names nobody; the text says what is wanted."""


def change(session: Session, typed: str) -> None:
    """Name somebody else, for every tablet and page at once. Commits. Raises ContactRefused."""
    text = typed.strip()
    if not 1 <= len(text) <= LONGEST or not text.isprintable():
        raise ContactRefused(_("Say in 1 to 400 characters whom staff can turn to here, and how."))
    session.get_one(Settings, 1).help_contact = text
    session.commit()
