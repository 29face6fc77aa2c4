"""What was agreed before the first figure: the site's own words for its notice, and who signed what."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from wellbeing.models.base import Moment, closed_set, db


class AgreementKind(StrEnum):
    """With whom the use of the app was agreed."""

    WORKS_COUNCIL = "works_council"
    STAFF = "staff"
    NONE_NEEDED = "none_needed"


class PrivacyFacts(db.Model):
    """What the notice and the impact assessment need to know of this organisation; the newest row stands."""

    __tablename__ = "privacy_facts"

    id: Mapped[int] = mapped_column(primary_key=True)
    written_at: Mapped[datetime] = mapped_column(Moment)
    facts: Mapped[dict[str, Any]] = mapped_column(sa.JSON(none_as_null=True))


class Agreement(db.Model):
    """The privacy step as it was signed; the newest row stands, and until there is one no figure is shown."""

    __tablename__ = "agreement"
    __table_args__ = (
        sa.CheckConstraint("(kind = 'none_needed') OR length(reference) > 0", name="reference"),
        sa.CheckConstraint("(kind = 'none_needed') OR agreed_on IS NOT NULL", name="agreed_on"),
        sa.CheckConstraint("length(signed_by) > 0", name="signed_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[AgreementKind] = mapped_column(closed_set(AgreementKind))
    reference: Mapped[str] = mapped_column(sa.String(200), default="")
    agreed_on: Mapped[date | None]
    # The name that was typed as a signature.
    signed_by: Mapped[str] = mapped_column(sa.String(80))
    signed_at: Mapped[datetime] = mapped_column(Moment)
    # Which version of the notice was read, and when somebody last called the helplines on the page.
    facts_id: Mapped[int] = mapped_column(sa.ForeignKey("privacy_facts.id"))
    helpline_checked_on: Mapped[date]
