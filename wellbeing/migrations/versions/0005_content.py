"""texts of a site's own, their history, and what was uploaded"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def closed(name: str, *members: str) -> sa.Enum:
    """Return the column type of a closed set of words."""
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "content_entry",
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("words", sa.JSON(), nullable=True),
        sa.Column("origin", closed("origin", "shipped", "file", "site"), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("shown_from", sa.Date(), nullable=True),
        sa.Column("shown_until", sa.Date(), nullable=True),
        sa.Column("offered", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "key", name=op.f("pk_content_entry")),
    )
    op.create_table(
        "content_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("origin", closed("origin", "shipped", "file", "site"), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["kind", "key"],
            ["content_entry.kind", "content_entry.key"],
            name=op.f("fk_content_version_kind_key_content_entry"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_content_version")),
    )
    op.create_index("ix_content_version_kind_key", "content_version", ["kind", "key"])
    op.create_table(
        "upload",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_upload")),
    )


def downgrade() -> None:
    """Take the change back."""
    for table in ("upload", "content_version", "content_entry"):
        op.drop_table(table)
