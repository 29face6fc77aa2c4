"""What a site still lacks before its people can rely on it, and which helplines want another look."""

from datetime import date

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing import appointed
from wellbeing.content import entries, helplines
from wellbeing.models.asking import ReaderOf
from wellbeing.models.settings import Settings


def missing(session: Session, today: date) -> list[str]:
    """Return a sentence for each thing without which a site is not ready."""
    found = []
    if not session.get_one(Settings, 1).help_contact.strip():
        found.append(_("nobody is named whom staff can turn to here"))
    if not entries.shown(session, "helpline", today, "en"):
        found.append(_("no helpline is offered"))
    return found


def wants(session: Session, today: date) -> list[str]:
    """Return a sentence for each thing that an admin should look at before long."""
    closed = {
        ReaderOf.CONTACT: _("Nobody reads “Ask someone to contact me”, so that the form is not offered."),
        ReaderOf.INCIDENT: _("Nobody reads incident reports, so that they can only be printed."),
    }
    silent = [subject for subject in closed if not appointed.readers(session, subject)]
    unread = [closed[subject] for subject in silent]
    # The last reader may have left: whoever sent something was promised that it is read.
    if any(appointed.waits(session, subject) for subject in silent):
        unread.append(_("What somebody sent waits, and nobody reads it: appoint a reader."))
    stale = helplines.stale(entries.every(session, "helpline"), today)
    if not stale:
        return unread
    names = ", ".join(str(entry.said("en")["name"]) for entry in stale)
    return [*unread, _("These helplines were last checked more than 180 days ago: %(names)s.", names=names)]
