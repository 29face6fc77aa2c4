"""Acts of whoever runs a command, for the audit log."""

from typing import Any

from wellbeing import audit, site
from wellbeing.audit import Act
from wellbeing.models.base import db


def noted(act: Act, *, person_id: int | None = None, unit_id: int | None = None, **facts: Any) -> None:
    """Note what a command is about to do; the act's own commit writes it down."""
    audit.note(db.session(), act, None, site.now(), person_id=person_id, unit_id=unit_id, facts=facts)
