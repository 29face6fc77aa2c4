"""keys for sealed entries, badges, and what a tablet says of itself"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "tablet_key",
        sa.Column("name", sa.String(length=16), nullable=False),
        sa.Column("public_key", sa.LargeBinary(length=65), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(length=400), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(public_key) = 65", name=op.f("ck_tablet_key_public_key")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_tablet_key")),
    )
    op.create_table(
        "badge",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_badge_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_badge")),
        sa.UniqueConstraint("mac", name=op.f("uq_badge_mac")),
    )
    op.add_column("tablet", sa.Column("seen_on", sa.Date(), nullable=True))
    op.add_column("tablet", sa.Column("waiting", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column(
        "settings", sa.Column("badge_alone", sa.Boolean(), nullable=False, server_default=sa.false())
    )


def downgrade() -> None:
    """Take the change back."""
    with op.batch_alter_table("settings") as batch:
        batch.drop_column("badge_alone")
    with op.batch_alter_table("tablet") as batch:
        batch.drop_column("waiting")
        batch.drop_column("seen_on")
    for table in ("badge", "tablet_key"):
        op.drop_table(table)
