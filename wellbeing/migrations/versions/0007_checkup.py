"""the quarterly check-up"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def closed(name: str, *members: str) -> sa.Enum:
    """Return the column type of a closed set of words."""
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def keep_ledger() -> None:
    """Let the database itself refuse to change or delete what was released."""
    for act in ("UPDATE", "DELETE"):
        op.execute(_trigger(act))
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TRIGGER checkup_block_no_truncate BEFORE TRUNCATE ON checkup_block "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def _trigger(act: str) -> str:
    name = f"checkup_block_no_{act.lower()}"
    if op.get_bind().dialect.name == "postgresql":
        return f"CREATE TRIGGER {name} BEFORE {act} ON checkup_block FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    return (
        f"CREATE TRIGGER {name} BEFORE {act} ON checkup_block "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    )


# What PostgreSQL keeps samples of, in its catalogue and for months, must not be keys, pseudonyms or answers.
UNSAMPLED = {
    "checkup_key": ("wrapped_key",),
    "pending_checkup": ("id", "contributor", "item", "yes", "consistently", "properly", "effective"),
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
        "checkup_quarter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("people_needed", sa.SmallInteger(), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=True),
        sa.CheckConstraint("closes_at > opens_at", name=op.f("ck_checkup_quarter_forwards")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_checkup_quarter")),
        sa.UniqueConstraint("opens_at", name=op.f("uq_checkup_quarter_opens_at")),
    )
    op.create_table(
        "checkup_key",
        sa.Column("quarter_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["quarter_id"], ["checkup_quarter.id"], name=op.f("fk_checkup_key_quarter_id_checkup_quarter")
        ),
        sa.PrimaryKeyConstraint("quarter_id", name=op.f("pk_checkup_key")),
    )
    op.create_table(
        "checkup_place",
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_checkup_place_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["pool_id"], ["unit.id"], name=op.f("fk_checkup_place_pool_id_unit")),
        sa.ForeignKeyConstraint(
            ["quarter_id"], ["checkup_quarter.id"], name=op.f("fk_checkup_place_quarter_id_checkup_quarter")
        ),
        sa.PrimaryKeyConstraint("quarter_id", "person_id", name=op.f("pk_checkup_place")),
    )
    op.create_table(
        "pending_checkup",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("contributor", sa.LargeBinary(length=32), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("yes", closed("reply_yes", "yes", "partly", "no"), nullable=True),
        sa.Column("consistently", closed("reply_consistently", "yes", "partly", "no"), nullable=True),
        sa.Column("properly", closed("reply_properly", "yes", "partly", "no"), nullable=True),
        sa.Column("effective", closed("reply_effective", "yes", "partly", "no"), nullable=True),
        sa.ForeignKeyConstraint(["pool_id"], ["unit.id"], name=op.f("fk_pending_checkup_pool_id_unit")),
        sa.ForeignKeyConstraint(
            ["quarter_id"], ["checkup_quarter.id"], name=op.f("fk_pending_checkup_quarter_id_checkup_quarter")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_checkup")),
        sa.UniqueConstraint("quarter_id", "item", "contributor", name="uq_pending_checkup_once"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "checkup_block",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quarter_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("aspect", closed("aspect", "yes", "consistently", "properly", "effective"), nullable=False),
        sa.Column("word", closed("shareword", "few", "some", "most"), nullable=False),
        sa.Column("people_needed", sa.SmallInteger(), nullable=False),
        sa.Column("rules_version", sa.SmallInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("people_needed >= 5", name=op.f("ck_checkup_block_people_needed")),
        sa.ForeignKeyConstraint(
            ["quarter_id"], ["checkup_quarter.id"], name=op.f("fk_checkup_block_quarter_id_checkup_quarter")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_checkup_block_unit_id_unit")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_checkup_block")),
        sa.UniqueConstraint("hash", name=op.f("uq_checkup_block_hash")),
        sa.UniqueConstraint(
            "quarter_id",
            "unit_id",
            "item",
            "aspect",
            name=op.f("uq_checkup_block_quarter_id_unit_id_item_aspect"),
        ),
    )
    op.create_index(op.f("ix_checkup_block_unit_id"), "checkup_block", ["unit_id"])
    op.create_table(
        "customers_asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("asked", sa.SmallInteger(), nullable=False),
        sa.Column("content", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("asked BETWEEN 1 AND 9999", name=op.f("ck_customers_asked_asked")),
        sa.CheckConstraint("content BETWEEN 0 AND asked", name=op.f("ck_customers_asked_content")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_customers_asked_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customers_asked")),
    )
    op.create_index(op.f("ix_customers_asked_unit_id"), "customers_asked", ["unit_id"])
    op.create_table(
        "mystery_inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("machine_first", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "answered_at IS NULL OR answered_at >= sent_at", name=op.f("ck_mystery_inquiry_forwards")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_mystery_inquiry_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mystery_inquiry")),
    )
    op.create_index(op.f("ix_mystery_inquiry_unit_id"), "mystery_inquiry", ["unit_id"])
    op.execute(
        "ALTER TABLE settings ADD COLUMN checkup_months SMALLINT DEFAULT '3' NOT NULL "
        "CONSTRAINT ck_settings_checkup_months CHECK (checkup_months IN (1, 3))"
    )
    keep_ledger()
    sample_nothing()


def downgrade() -> None:
    """Take the change back."""
    op.execute("ALTER TABLE settings DROP COLUMN checkup_months")
    for table in (
        "mystery_inquiry",
        "customers_asked",
        "checkup_block",
        "pending_checkup",
        "checkup_place",
        "checkup_key",
        "checkup_quarter",
    ):
        op.drop_table(table)
