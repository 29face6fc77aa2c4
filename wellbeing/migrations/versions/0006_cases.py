"""customers' open cases"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

PARTS = (
    ("open", "closed_at IS NULL", "overdue_from", "id"),
    ("open_unit", "closed_at IS NULL", "unit_id", "overdue_from", "id"),
    ("open_channel", "closed_at IS NULL", "channel", "overdue_from", "id"),
    ("open_owner", "closed_at IS NULL", "owner_id", "overdue_from", "id"),
    ("closed", "closed_at IS NOT NULL", "closed_at", "id"),
    ("closed_unit", "closed_at IS NOT NULL", "unit_id", "closed_at", "id"),
    ("recontact", "recontact_on IS NOT NULL", "recontact_on", "id"),
    ("recontact_unit", "recontact_on IS NOT NULL", "unit_id", "recontact_on", "id"),
)


def closed(name: str, *members: str) -> sa.Enum:
    """Return the column type of a closed set of words."""
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "customer_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("area", sa.String(length=40), nullable=True),
        sa.Column("cause", sa.String(length=40), nullable=True),
        sa.Column("order_number", sa.String(length=40), nullable=False),
        sa.Column("what", sa.String(length=400), nullable=False),
        sa.Column("tried_before", sa.String(length=40), nullable=True),
        sa.Column("threatened", sa.Boolean(), nullable=False),
        sa.Column("reading", closed("reading", "good_faith", "ill_will"), nullable=False),
        sa.Column("proactive", sa.Boolean(), nullable=False),
        sa.Column("promised", sa.String(length=240), nullable=False),
        sa.Column("next_step", sa.String(length=160), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("first_attention_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("chance", sa.SmallInteger(), nullable=False),
        sa.Column("recontact_on", sa.Date(), nullable=True),
        sa.Column("open_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("overdue_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("felt_better", sa.Boolean(), nullable=True),
        sa.Column("mattered", sa.Boolean(), nullable=True),
        sa.Column("outcome", closed("outcome", "stayed", "left", "unknown"), nullable=True),
        sa.Column("prevention", sa.String(length=240), nullable=False),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (felt_better IS NULL)", name=op.f("ck_customer_case_shoes")
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (mattered IS NULL)", name=op.f("ck_customer_case_mattered")
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (outcome IS NULL)", name=op.f("ck_customer_case_closed_outcome")
        ),
        sa.CheckConstraint("chance BETWEEN 1 AND 9", name=op.f("ck_customer_case_chance")),
        sa.CheckConstraint(
            "first_attention_at IS NULL OR first_attention_at >= came_at",
            name=op.f("ck_customer_case_attention"),
        ),
        sa.CheckConstraint("length(what) > 0", name=op.f("ck_customer_case_what")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["person.id"], name=op.f("fk_customer_case_owner_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_customer_case_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_case")),
        sa.UniqueConstraint("form", name=op.f("uq_customer_case_form")),
    )
    op.create_index(op.f("ix_customer_case_owner_id"), "customer_case", ["owner_id"])
    op.create_index(
        "ix_customer_case_unit_id_came_at_cause", "customer_case", ["unit_id", "came_at", "cause"]
    )
    op.create_index("ix_customer_case_unit_id_id", "customer_case", ["unit_id", "id"])
    for name, where, *columns in PARTS:
        part = sa.text(where)
        op.create_index(
            f"ix_customer_case_{name}", "customer_case", columns, sqlite_where=part, postgresql_where=part
        )
    op.create_table(
        "case_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.String(length=400), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_case_note_text")),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["customer_case.id"],
            name=op.f("fk_case_note_case_id_customer_case"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_case_note_person_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_note")),
    )
    op.create_index(op.f("ix_case_note_case_id"), "case_note", ["case_id"])
    op.create_table(
        "case_word",
        sa.Column(
            "word",
            sa.String(length=40).with_variant(sa.String(length=40, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"],
            ["customer_case.id"],
            name=op.f("fk_case_word_case_id_customer_case"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("word", "case_id", name=op.f("pk_case_word")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_case_word_case_id"), "case_word", ["case_id"])


def downgrade() -> None:
    """Take the change back."""
    for table in ("case_word", "case_note", "customer_case"):
        op.drop_table(table)
