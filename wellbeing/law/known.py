"""Reading what a document is made of: a version of the facts, the site as it is set, and what was signed."""

from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import plain_words, site
from wellbeing.law import facts, set_so
from wellbeing.law.facts import Facts, Version
from wellbeing.law.filling import Known, Rankings, Signed
from wellbeing.law.set_so import SetSo
from wellbeing.models.agreements import Agreement


def of_version(session: Session, version: Version) -> Known:
    """Return what is known of a version: the site as it was set then, and as it is now."""
    since = set_so.now(session, site.config())
    return Known(
        facts=version.facts,
        so=set_so.read(version.set_so) or since,
        since=since,
        number=version.number,
        written_on=site.day(session, version.written_at),
        signed=_signed(session, version),
        rankings=_rankings(),
    )


def in_force(session: Session) -> Known:
    """Return what is known of the version that stands, or of a draft full of gaps where none was written."""
    version = facts.newest(session)
    return of_version(session, version) if version else _draft(session)


def _draft(session: Session) -> Known:
    so = set_so.now(session, site.config())
    return Known(Facts(), so, so, 0, site.today(session), None, _rankings())


def before_set_up(today: date) -> Known:
    """Return what the product comes with, before anybody has set the site up."""
    return Known(Facts(), SetSo(), SetSo(), 0, today, None, _rankings())


def _signed(session: Session, version: Version) -> Signed | None:
    """Return the newest signature under this version or one before it."""
    query = sa.select(Agreement).where(Agreement.facts_id <= version.id).order_by(Agreement.id.desc())
    found = session.scalars(query.limit(1)).one_or_none()
    if found is None:
        return None
    numbers = {one.id: one.number for one in facts.every(session)}
    return Signed(
        found.kind,
        found.reference,
        found.agreed_on,
        found.signed_by,
        site.day(session, found.signed_at),
        numbers[found.facts_id],
        found.helpline_checked_on,
    )


def _rankings() -> Rankings:
    found = plain_words.found()
    return Rankings(found.weekly.low, found.weekly.high, found.strict.low, found.strict.high)
