"""a diary that only its owner can read, passkeys, and own phones"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


# What PostgreSQL keeps samples of, in its catalogue and for months, must not be keys or what they sealed.
UNSAMPLED = {
    "diary_entry": ("id", "owner", "sealed", "expires"),
    "diary_key": ("public_key", "by_password", "by_recovery"),
    "diary_opened": ("token_mac", "wrapped_key"),
    "passkey": ("credential_id", "by_passkey"),
}


def sample_nothing() -> None:
    """Let PostgreSQL's planner do without statistics of columns that its catalogue must not quote."""
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in UNSAMPLED.items():
            for column in columns:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "diary_key",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("by_password", sa.LargeBinary(length=200), nullable=True),
        sa.Column("by_recovery", sa.LargeBinary(length=200), nullable=False),
        sa.Column("agreed_version", sa.SmallInteger(), nullable=False),
        sa.Column("paused", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("kept_days", sa.SmallInteger(), server_default="180", nullable=False),
        sa.Column("note_days", sa.SmallInteger(), server_default="30", nullable=False),
        sa.CheckConstraint("kept_days BETWEEN 30 AND 1830", name=op.f("ck_diary_key_kept_days")),
        sa.CheckConstraint("length(public_key) = 32", name=op.f("ck_diary_key_public_key")),
        sa.CheckConstraint("note_days BETWEEN 1 AND 1830", name=op.f("ck_diary_key_note_days")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_diary_key_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_diary_key")),
    )
    op.create_table(
        "diary_entry",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("owner", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_diary_entry")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_diary_entry_expires", "diary_entry", ["expires"])
    op.create_index("ix_diary_entry_owner", "diary_entry", ["owner"])
    op.create_table(
        "diary_opened",
        sa.Column("token_mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(length=200), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["token_mac"],
            ["sign_in.token_mac"],
            name=op.f("fk_diary_opened_token_mac_sign_in"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("token_mac", name=op.f("pk_diary_opened")),
    )
    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("by_passkey", sa.LargeBinary(length=200), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_passkey_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    op.create_index(op.f("ix_passkey_person_id"), "passkey", ["person_id"])
    op.create_table(
        "passkey_challenge",
        sa.Column("challenge", sa.LargeBinary(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("challenge", name=op.f("pk_passkey_challenge")),
    )
    op.create_table(
        "phone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("token_mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("set_up_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_phone_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phone")),
        sa.UniqueConstraint("token_mac", name=op.f("uq_phone_token_mac")),
    )
    op.create_index(op.f("ix_phone_person_id"), "phone", ["person_id"])
    sample_nothing()


def downgrade() -> None:
    """Take the change back."""
    for table in ("phone", "passkey_challenge", "passkey", "diary_opened", "diary_entry", "diary_key"):
        op.drop_table(table)
