"""The audit log: what those who run the site did, written in the act's own transaction or not at all.

No screen and no command changes it, and the database's own triggers refuse to (models/audit.py).
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.models.audit import AuditEntry

KEPT = timedelta(days=3 * 366)


class Act(StrEnum):
    """What was done; its words stand in `audit_words`."""

    SITE_CREATED = "site_created"
    SITE_CHANGED = "site_changed"
    UNIT_CREATED = "unit_created"
    UNIT_RENAMED = "unit_renamed"
    UNIT_MOVED = "unit_moved"
    UNITS_MERGED = "units_merged"
    UNIT_REMOVED = "unit_removed"
    UNIT_CLOSED = "unit_closed"
    UNIT_CHANGE_CANCELLED = "unit_change_cancelled"
    PERSON_ADDED = "person_added"
    PEOPLE_IMPORTED = "people_imported"
    IMPORT_CONFIRMED = "import_confirmed"
    PERSON_CONFIRMED = "person_confirmed"
    PERSON_CHANGED = "person_changed"
    PERSON_MOVED = "person_moved"
    MOVE_CANCELLED = "move_cancelled"
    PERSON_LENT = "person_lent"
    LOAN_ENDED = "loan_ended"
    PERSON_DEACTIVATED = "person_deactivated"
    PERSON_REACTIVATED = "person_reactivated"
    PERSON_ERASED = "person_erased"
    ROLE_GIVEN = "role_given"
    ROLE_TAKEN = "role_taken"
    PIN_CODE_MADE = "pin_code_made"
    PASSWORD_CODE_MADE = "password_code_made"  # noqa: S105 -- the name of an act, not a secret
    BADGE_MADE = "badge_made"
    BADGE_REMOVED = "badge_removed"
    TABLET_CODE_MADE = "tablet_code_made"
    TABLET_RENAMED = "tablet_renamed"
    TABLET_REVOKED = "tablet_revoked"
    SETTINGS_PLANNED = "settings_planned"
    SETTINGS_WITHDRAWN = "settings_withdrawn"
    BADGE_RULE_CHANGED = "badge_rule_changed"
    CHECKUP_RULE_CHANGED = "checkup_rule_changed"
    LIST_CHANGED = "list_changed"
    TEXT_CHANGED = "text_changed"
    TEXTS_REVIEWED = "texts_reviewed"
    CLIP_CHANGED = "clip_changed"
    HELP_CONTACT_CHANGED = "help_contact_changed"
    READER_APPOINTED = "reader_appointed"
    READER_REMOVED = "reader_removed"
    PRIVACY_FACTS_WRITTEN = "privacy_facts_written"
    PRIVACY_SIGNED = "privacy_signed"
    SECOND_FACTOR_RULE_CHANGED = "second_factor_rule_changed"
    SECOND_FACTOR_REMOVED = "second_factor_removed"
    SIGNED_OUT = "signed_out"
    GROUP_MAPPED = "group_mapped"
    GROUP_UNMAPPED = "group_unmapped"
    ROLE_BY_GROUP = "role_by_group"
    ROLE_GONE_WITH_GROUP = "role_gone_with_group"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    UPGRADED = "upgraded"


def note(
    session: Session,
    act: Act,
    by: int | None,
    now: datetime,
    *,
    person_id: int | None = None,
    unit_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Note an act by the person ``by``, or by a command where that is None. Does not commit.

    Called before the function that does it and commits, so that both stand there or neither. ``facts`` holds
    numbers, days, keys and names of units, and never the name of a person.
    """
    entry = AuditEntry(
        at=now.replace(second=0, microsecond=0),
        act=act.value,
        actor_id=by,
        by_command=by is None,
        person_id=person_id,
        unit_id=unit_id,
        facts=dict(facts or {}),
    )
    session.add(entry)


def forget_old(connection: sa.Connection, now: datetime) -> None:
    """Delete what was done more than three years ago; ``now`` is the real moment, not a demo site's."""
    connection.execute(sa.delete(AuditEntry).where(AuditEntry.at < now - KEPT))
