"""The privacy step: what was agreed with whom before the first figure, and who signed it.

A row is never changed: what is agreed anew is signed anew, and the newest stands.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.agreements import Agreement, AgreementKind, PrivacyFacts
from wellbeing.models.settings import Settings, SiteKind

MADE_UP = "Made up, like everybody here"


@dataclass(frozen=True)
class Signature:
    """What somebody signs by typing their name; reference and day may be missing where none was needed."""

    kind: AgreementKind
    reference: str
    agreed_on: date | None
    signed_by: str
    helpline_checked_on: date


def standing(session: Session) -> Agreement | None:
    """Return the agreement that stands; None as long as nobody has signed."""
    return session.scalars(_NEWEST).one_or_none()


_NEWEST = sa.select(Agreement).order_by(Agreement.id.desc()).limit(1)


def is_signed(session: Session) -> bool:
    """Tell whether figures are open: whether anything was ever signed."""
    return session.execute(_ANY).first() is not None


_ANY = sa.select(Agreement.id).limit(1)


def sign(session: Session, signature: Signature, now: datetime) -> Agreement:
    """Keep a signature, together with the version of the notice's facts that stands now. Commits."""
    signed_at = now.replace(second=0, microsecond=0)
    agreement = Agreement(**asdict(signature), signed_at=signed_at, facts_id=_facts(session, signed_at))
    session.add(agreement)
    session.commit()
    return agreement


def _facts(session: Session, now: datetime) -> int:
    """Return the version that stands; where nobody has written any, one that names its gaps."""
    newest = session.scalar(sa.select(sa.func.max(PrivacyFacts.id)))
    if newest is not None:
        return newest
    written = PrivacyFacts(written_at=now, facts={})
    session.add(written)
    session.flush()
    return written.id


def sign_made_up(session: Session, now: datetime) -> None:
    """Open the figures of a demo or test site, whose people are made up. Commits.

    Raises ValueError on a real one: there nothing but a person's own signature opens them.
    """
    if session.get_one(Settings, 1).kind is SiteKind.REAL:
        raise ValueError("a real site is signed by a person")
    if not is_signed(session):
        sign(session, Signature(AgreementKind.NONE_NEEDED, "", None, MADE_UP, now.date()), now)
