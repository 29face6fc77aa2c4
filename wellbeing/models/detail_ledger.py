"""The detail ledger: what rough interactions were about, four weeks at a time, in words alone (R11, R12)."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from wellbeing.models.accounts import Unit
from wellbeing.models.base import closed_set, db
from wellbeing.models.ledger import Tick


class Question(StrEnum):
    """What a detail block answers: a dimension of rough interactions, or whether mood was lower after one."""

    SEVERITY = "severity"
    BEHAVIOUR = "behaviour"
    CAUSE = "cause"
    CHANNEL = "channel"
    AREA = "area"
    WEEKDAY = "weekday"
    DAY_PART = "day_part"
    SPILLOVER = "spillover"


class ShareWord(StrEnum):
    """How many of those who had the event said yes; the detail ledger knows no number."""

    FEW = "few"
    SOME = "some"
    MOST = "most"


class DetailBlock(db.Model):
    """One question's released pool of four weeks; its words stand in DetailWord."""

    __tablename__ = "detail_block"
    __table_args__ = (
        sa.UniqueConstraint("tick_id", "unit_id", "question"),
        sa.Index("ix_detail_block_unit_id_position", "unit_id", "position"),
        sa.CheckConstraint("participants_needed >= 20", name="participants_needed"),
        sa.CheckConstraint("event_people_needed >= 10", name="event_people_needed"),
        sa.CheckConstraint("tick_days = 28", name="tick_days"),
    )

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    tick_id: Mapped[int] = mapped_column(sa.ForeignKey("tick.id"))
    unit_id: Mapped[int] = mapped_column(sa.ForeignKey("unit.id"))
    question: Mapped[Question] = mapped_column(closed_set(Question))
    participants_needed: Mapped[int] = mapped_column(sa.SmallInteger)
    event_people_needed: Mapped[int] = mapped_column(sa.SmallInteger)
    tick_days: Mapped[int] = mapped_column(sa.SmallInteger)
    rules_version: Mapped[int] = mapped_column(sa.SmallInteger)
    hash: Mapped[bytes] = mapped_column(sa.LargeBinary(32), unique=True)

    tick: Mapped[Tick] = relationship()
    unit: Mapped[Unit] = relationship()
    words: Mapped[list["DetailWord"]] = relationship(order_by="DetailWord.category")


class DetailWord(db.Model):
    """One category of a detail block, in a word; every category of the list has one, whoever chose it."""

    __tablename__ = "detail_word"

    position: Mapped[int] = mapped_column(
        sa.ForeignKey("detail_block.position"), primary_key=True, autoincrement=False
    )
    category: Mapped[str] = mapped_column(sa.String(40), primary_key=True)
    word: Mapped[ShareWord] = mapped_column(closed_set(ShareWord))
