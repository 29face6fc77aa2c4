"""good moments, ideas, pledges, and asking for help by name"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def closed(name: str, *members: str) -> sa.Enum:
    """Return the column type of a closed set of words."""
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "good_moment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=240), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_good_moment_text")),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["person.id"], name=op.f("fk_good_moment_signed_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_good_moment_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_good_moment")),
    )
    op.create_index(op.f("ix_good_moment_unit_id"), "good_moment", ["unit_id"])
    op.create_table(
        "idea",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=240), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("state", closed("ideastate", "new", "trying", "done", "not_now"), nullable=False),
        sa.Column("reply", sa.String(length=240), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_idea_text")),
        sa.ForeignKeyConstraint(
            ["signed_by"], ["person.id"], name=op.f("fk_idea_signed_by_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_idea_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idea")),
    )
    op.create_index(op.f("ix_idea_unit_id"), "idea", ["unit_id"])
    op.create_table(
        "pledge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=240), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(text) > 0", name=op.f("ck_pledge_text")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pledge_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pledge")),
    )
    op.create_index(op.f("ix_pledge_unit_id"), "pledge", ["unit_id"])
    op.create_table(
        "pledge_signature",
        sa.Column("pledge_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_pledge_signature_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pledge_id"],
            ["pledge.id"],
            name=op.f("fk_pledge_signature_pledge_id_pledge"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pledge_id", "person_id", name=op.f("pk_pledge_signature")),
    )
    op.create_table(
        "appointed_reader",
        sa.Column("subject", closed("readerof", "contact", "incident"), nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_appointed_reader_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("subject", "person_id", name=op.f("pk_appointed_reader")),
    )
    op.create_table(
        "contact_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("team", sa.String(length=80), nullable=False),
        sa.Column("reach", sa.String(length=120), nullable=False),
        sa.Column("words", sa.String(length=240), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_contact_request_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_request")),
    )
    op.create_index(op.f("ix_contact_request_person_id"), "contact_request", ["person_id"])
    op.create_table(
        "incident_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("about_when", sa.String(length=40), nullable=False),
        sa.Column("whereabouts", sa.String(length=80), nullable=False),
        sa.Column("what", sa.String(length=2000), nullable=False),
        sa.Column("kinds", sa.String(length=120), nullable=False),
        sa.Column("hurt", sa.String(length=400), nullable=False),
        sa.Column("witnesses", sa.String(length=240), nullable=False),
        sa.Column("wish", sa.String(length=400), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(what) > 0", name=op.f("ck_incident_report_what")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_incident_report_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_incident_report_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident_report")),
    )
    op.create_index(op.f("ix_incident_report_person_id"), "incident_report", ["person_id"])
    op.create_index(op.f("ix_incident_report_unit_id"), "incident_report", ["unit_id"])


def downgrade() -> None:
    """Take the change back."""
    for table in (
        "incident_report",
        "contact_request",
        "appointed_reader",
        "pledge_signature",
        "pledge",
        "idea",
        "good_moment",
    ):
        op.drop_table(table)
