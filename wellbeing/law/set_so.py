"""How a site is set: what the documents say of it, and what has changed since a version was written."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import appointed, ratchet
from wellbeing.config import Config
from wellbeing.law.choices import word
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.asking import ReaderOf
from wellbeing.models.settings import Settings


@dataclass(frozen=True)
class SetSo:
    """The settings of a site that staff are told of."""

    organisation: str = ""
    time_zone: str = "UTC"
    people_needed: int = ratchet.FEWEST_PEOPLE
    own_pool_from: int = ratchet.FEWEST_OF_THEIR_OWN
    tick_days: int = 7
    activation_days: int = ratchet.FEWEST_ACTIVATION_DAYS
    checkup_months: int = 3
    badge_alone: bool = False
    second_factor: bool = False
    contact_readers: int = 0
    incident_readers: int = 0
    mail: bool = False
    company: bool = False
    database: str = "SQLite"


def now(session: Session, config: Config) -> SetSo:
    """Return how the site is set."""
    settings = session.get_one(Settings, 1)
    values = ratchet.in_force(session)
    return SetSo(
        organisation=session.scalars(_ORGANISATION).one(),
        time_zone=settings.time_zone,
        **asdict(values),
        checkup_months=settings.checkup_months,
        badge_alone=settings.badge_alone,
        second_factor=settings.second_factor,
        contact_readers=len(appointed.readers(session, ReaderOf.CONTACT)),
        incident_readers=len(appointed.readers(session, ReaderOf.INCIDENT)),
        mail=config.mail is not None,
        company=config.company is not None,
        database="SQLite" if config.is_sqlite else "PostgreSQL",
    )


_ORGANISATION = sa.select(Unit.name).where(Unit.level == Level.ORGANISATION)


def stored(so: SetSo) -> dict[str, Any]:
    """Return settings as they are kept with a version."""
    return asdict(so)


def read(kept: Mapping[str, Any] | None) -> SetSo | None:
    """Return settings as they were kept; None where none were."""
    if kept is None:
        return None
    return SetSo(**{field.name: kept[field.name] for field in fields(SetSo) if field.name in kept})


def changed(language: str, before: SetSo, since: SetSo) -> tuple[str, ...]:
    """Return a line for each setting that is another by now."""
    names = [field.name for field in fields(SetSo)]
    different = [name for name in names if getattr(before, name) != getattr(since, name)]
    return tuple(
        word(
            language,
            "words",
            "was",
            what=word(language, "set_so", name),
            now=shown(language, getattr(since, name)),
            before=shown(language, getattr(before, name)),
        )
        for name in different
    )


def rows(language: str, so: SetSo) -> tuple[tuple[str, str], ...]:
    """Return all settings by name."""
    names = [field.name for field in fields(SetSo)]
    return tuple((word(language, "set_so", name), shown(language, getattr(so, name))) for name in names)


def shown(language: str, value: object) -> str:
    """Return a setting in words."""
    if isinstance(value, bool):
        return word(language, "words", "yes" if value else "no")
    return str(value)
