"""What the documents need to know of an organisation that the site itself cannot know; the newest row stands.

A row is never changed: to put something right is to write the next version.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.agreements import PrivacyFacts


class Basis(StrEnum):
    """The lawful basis of Art. 6(1) GDPR for making figures of a team."""

    INTERESTS = "interests"
    OBLIGATION = "obligation"
    PUBLIC_TASK = "public_task"
    CONSENT = "consent"


class Condition(StrEnum):
    """The condition of Art. 9(2) GDPR for answers that may say something about health."""

    EMPLOYMENT = "employment"
    OCCUPATIONAL = "occupational"
    CONSENT = "consent"


class Council(StrEnum):
    """Whether somebody is elected to speak for the staff."""

    YES = "yes"
    NO = "no"


class Hosting(StrEnum):
    """Where the machine stands that this runs on."""

    OWN = "own"
    PROVIDER = "provider"
    ABROAD = "abroad"


@dataclass(frozen=True)
class Facts:
    """What one version says; what is empty is a gap, and the documents show it as one."""

    controller: str = ""
    address: str = ""
    contact: str = ""
    officer: str = ""
    # That none has to be appointed here is said, and is not a gap.
    no_officer: bool = False
    basis: Basis | None = None
    condition: Condition | None = None
    national_law: str = ""
    council: Council | None = None
    hosting: Hosting | None = None
    hosting_where: str = ""
    authority: str = ""
    staff_views: str = ""
    incidents_kept: str = ""
    files_kept: str = ""


CHOSEN: dict[str, type[StrEnum]] = {
    "basis": Basis,
    "condition": Condition,
    "council": Council,
    "hosting": Hosting,
}
# Everything else has to be known before the documents are whole.
OPTIONAL = frozenset({"no_officer"})


@dataclass(frozen=True)
class Version:
    """One version as it was written; ``set_so`` holds the site's own settings of that moment, if known."""

    id: int
    number: int
    written_at: datetime
    facts: Facts
    set_so: Mapping[str, Any] | None


def newest(session: Session) -> Version | None:
    """Return the version that stands; None before the first was written."""
    found = every(session)
    return found[0] if found else None


def every(session: Session) -> list[Version]:
    """Return all versions, the newest first."""
    rows = session.scalars(sa.select(PrivacyFacts).order_by(PrivacyFacts.id)).all()
    return [_version(row, number) for number, row in enumerate(rows, start=1)][::-1]


def _version(row: PrivacyFacts, number: int) -> Version:
    return Version(row.id, number, row.written_at, read(row.facts), row.facts.get("set_so"))


def read(stored: Mapping[str, Any]) -> Facts:
    """Return facts as they were stored or sent; what is not known, or was not said, is left out."""
    names = {field.name for field in fields(Facts)}
    known = {name: said for name, said in stored.items() if name in names and said is not None}
    return Facts(**known | {name: _chosen(kind, known.get(name)) for name, kind in CHOSEN.items()})


def _chosen(kind: type[StrEnum], value: Any) -> StrEnum | None:
    return kind(value) if value in list(kind) else None


def write(session: Session, facts: Facts, now: datetime, set_so: Mapping[str, Any] | None = None) -> None:
    """Write the next version, with the site's settings as they are (law.set_so). Commits."""
    session.add(PrivacyFacts(written_at=now, facts=asdict(facts) | {"set_so": set_so}))
    session.commit()


def gaps(facts: Facts) -> list[str]:
    """Return the names of what is missing, in the order of the form."""
    return [field.name for field in fields(Facts) if _is_gap(facts, field.name)]


def _is_gap(facts: Facts, name: str) -> bool:
    if name in OPTIONAL or (name == "officer" and facts.no_officer):
        return False
    return not getattr(facts, name)
