"""notes, notices, the access log, and who is told of new figures"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def closed(name: str, *members: str) -> sa.Enum:
    """Return the column type of a closed set of words."""
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def unit_key(table: str) -> sa.ForeignKeyConstraint:
    """Return the rule that a table's unit exists."""
    return sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f(f"fk_{table}_unit_id_unit"))


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("text", sa.String(length=80), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_note_text")),
        unit_key("note"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("unit_id", "happened_on", "text", name=op.f("uq_note_unit_id_happened_on_text")),
    )
    op.create_index(op.f("ix_note_unit_id"), "note", ["unit_id"])
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=240), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_notice_forwards")),
        sa.CheckConstraint("length(what) > 0", name=op.f("ck_notice_what")),
        unit_key("notice"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_unit_id"), "notice", ["unit_id"])
    op.create_table(
        "audience",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("whom", sa.String(length=80), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("length(whom) > 0", name=op.f("ck_audience_whom")),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_audience_notice_id_notice"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience")),
    )
    op.create_index(op.f("ix_audience_notice_id"), "audience", ["notice_id"])
    op.create_table(
        "access_entry",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("role", closed("role", "staff", "manager", "hr", "admin"), nullable=False),
        sa.Column(
            "act",
            closed("act", "opened", "monday_sheet", "csv", "xlsx", "pdf", "json", "external"),
            nullable=False,
        ),
        unit_key("access_entry"),
        sa.PrimaryKeyConstraint("day", "unit_id", "role", "act", name=op.f("pk_access_entry")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "release_mail",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("told_number", sa.Integer(), nullable=False),
        sa.CheckConstraint("told_number >= 0", name=op.f("ck_release_mail_told_number")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_release_mail_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_release_mail")),
    )


def downgrade() -> None:
    """Take the change back."""
    for table in ("release_mail", "access_entry", "audience", "notice", "note"):
        op.drop_table(table)
