"""Acts of the signed-in person for the audit log."""

from typing import Any

from flask_login import current_user

from wellbeing import audit, site
from wellbeing.audit import Act
from wellbeing.models.base import db


def noted(act: Act, *, person_id: int | None = None, unit_id: int | None = None, **facts: Any) -> None:
    """Note what the signed-in person is about to do; the act's own commit writes it down."""
    audit.note(
        db.session(), act, current_user.id, site.now(), person_id=person_id, unit_id=unit_id, facts=facts
    )
