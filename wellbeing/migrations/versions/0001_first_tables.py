"""first tables"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


APPEND_ONLY = ("tick", "block", "noisy_block")


def keep_ledger() -> None:
    """Let the database itself refuse to change or delete what was released."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$"
        )
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            op.execute(_trigger(table, act))
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )


def _trigger(table: str, act: str) -> str:
    name = f"{table}_no_{act.lower()}"
    if op.get_bind().dialect.name == "postgresql":
        return f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    return (
        f"CREATE TRIGGER {name} BEFORE {act} ON {table} "
        "BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END"
    )


def release_ledger() -> None:
    """Drop the guards, so that the tables can go."""
    for table in APPEND_ONLY:
        for act in ("UPDATE", "DELETE"):
            on = f" ON {table}" if op.get_bind().dialect.name == "postgresql" else ""
            op.execute(f"DROP TRIGGER {table}_no_{act.lower()}{on}")
        if op.get_bind().dialect.name == "postgresql":
            op.execute(f"DROP TRIGGER {table}_no_truncate ON {table}")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_change()")


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "epoch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "ledger",
            sa.Enum(
                "weekly", "detail", name="ledgerkind", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(length=40), nullable=True),
        sa.Column("people_needed", sa.SmallInteger(), nullable=False),
        sa.Column("own_pool_from", sa.SmallInteger(), nullable=False),
        sa.Column("tick_days", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_epoch_forwards")),
        sa.CheckConstraint("people_needed >= 5", name=op.f("ck_epoch_people_needed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_epoch")),
        sa.UniqueConstraint("ledger", "number", name=op.f("uq_epoch_ledger_number")),
    )
    op.create_table(
        "password_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login_mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_password_failure")),
    )
    with op.batch_alter_table("password_failure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_password_failure_login_mac"), ["login_mac"], unique=False)

    op.create_table(
        "receipt",
        sa.Column("client_mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("client_mac", name=op.f("pk_receipt")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "real", "demo", "test", name="sitekind", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("help_contact", sa.String(length=400), nullable=False),
        sa.Column("people_needed", sa.SmallInteger(), nullable=False),
        sa.Column("own_pool_from", sa.SmallInteger(), nullable=False),
        sa.Column("tick_days", sa.SmallInteger(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("clock_ahead_seconds", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind <> 'real' OR clock_ahead_seconds = 0", name=op.f("ck_settings_real_time")),
        sa.CheckConstraint("id = 1", name=op.f("ck_settings_one_row")),
        sa.CheckConstraint("own_pool_from >= people_needed", name=op.f("ck_settings_own_pool_from")),
        sa.CheckConstraint("people_needed >= 5", name=op.f("ck_settings_people_needed")),
        sa.CheckConstraint("tick_days IN (7, 14)", name=op.f("ck_settings_tick_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings")),
    )
    op.create_table(
        "tick",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "ledger",
            sa.Enum(
                "weekly", "detail", name="ledgerkind", native_enum=False, create_constraint=True, length=24
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tick")),
        sa.UniqueConstraint("ledger", "number", name=op.f("uq_tick_ledger_number")),
    )
    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column(
            "level",
            sa.Enum(
                "organisation",
                "site",
                "team",
                name="level",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.CheckConstraint("(parent_id IS NULL) = (level = 'organisation')", name=op.f("ck_unit_root")),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_unit_not_its_own_parent")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("parent_id", "name", name=op.f("uq_unit_parent_id_name")),
    )
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.create_index(
            "ix_unit_one_organisation",
            ["level"],
            unique=True,
            sqlite_where=sa.text("level = 'organisation'"),
            postgresql_where=sa.text("level = 'organisation'"),
        )
        batch_op.create_index(batch_op.f("ix_unit_parent_id"), ["parent_id"], unique=False)

    op.create_table(
        "block",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tick_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("people_floor", sa.SmallInteger(), nullable=False),
        sa.Column("mood", sa.SmallInteger(), nullable=True),
        sa.Column(
            "mood_word",
            sa.Enum(
                "low", "middle", "high", name="moodword", native_enum=False, create_constraint=True, length=24
            ),
            nullable=True,
        ),
        sa.Column("rough_count", sa.Integer(), nullable=True),
        sa.Column(
            "rough_word",
            sa.Enum("few", "most", name="rough_word", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("break_count", sa.Integer(), nullable=True),
        sa.Column(
            "break_word",
            sa.Enum("few", "most", name="break_word", native_enum=False, create_constraint=True, length=24),
            nullable=True,
        ),
        sa.Column("people_needed", sa.SmallInteger(), nullable=False),
        sa.Column("own_pool_from", sa.SmallInteger(), nullable=False),
        sa.Column("tick_days", sa.SmallInteger(), nullable=False),
        sa.Column("rules_version", sa.SmallInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("(break_count IS NULL) <> (break_word IS NULL)", name=op.f("ck_block_break")),
        sa.CheckConstraint("(mood IS NULL) = (people_floor = 5)", name=op.f("ck_block_figure_from_eight")),
        sa.CheckConstraint(
            "(mood_word IS NOT NULL) = (people_floor = 5)", name=op.f("ck_block_words_below_eight")
        ),
        sa.CheckConstraint("(rough_count IS NULL) <> (rough_word IS NULL)", name=op.f("ck_block_rough")),
        sa.CheckConstraint("mood BETWEEN 10 AND 50", name=op.f("ck_block_mood")),
        sa.CheckConstraint("people_floor IN (5, 8, 12, 20, 40)", name=op.f("ck_block_people_floor")),
        sa.CheckConstraint("people_needed >= 5", name=op.f("ck_block_people_needed")),
        sa.CheckConstraint("rough_count > 2 AND break_count > 2", name=op.f("ck_block_counts_above_two")),
        sa.ForeignKeyConstraint(["tick_id"], ["tick.id"], name=op.f("fk_block_tick_id_tick")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_block_unit_id_unit")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_block")),
        sa.UniqueConstraint("hash", name=op.f("uq_block_hash")),
        sa.UniqueConstraint("tick_id", "unit_id", name=op.f("uq_block_tick_id_unit_id")),
    )
    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.create_index("ix_block_unit_id_position", ["unit_id", "position"], unique=False)

    op.create_table(
        "held_pool",
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("ticks", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["pool_id"], ["unit.id"], name=op.f("fk_held_pool_pool_id_unit")),
        sa.PrimaryKeyConstraint("pool_id", name=op.f("pk_held_pool")),
    )
    op.create_table(
        "pending",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("epoch_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("contributor", sa.LargeBinary(length=32), nullable=False),
        sa.Column("mood", sa.SmallInteger(), nullable=True),
        sa.Column("rough", sa.Boolean(), nullable=False),
        sa.Column("break_taken", sa.Boolean(), nullable=False),
        sa.CheckConstraint("mood BETWEEN 1 AND 5", name=op.f("ck_pending_mood")),
        sa.ForeignKeyConstraint(["epoch_id"], ["epoch.id"], name=op.f("fk_pending_epoch_id_epoch")),
        sa.ForeignKeyConstraint(["pool_id"], ["unit.id"], name=op.f("fk_pending_pool_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("pending", schema=None) as batch_op:
        batch_op.create_index("ix_pending_epoch_id_pool_id", ["epoch_id", "pool_id"], unique=False)

    op.create_table(
        "pending_detail",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("epoch_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column(
            "dimension",
            sa.Enum(
                "severity",
                "behaviour",
                "cause",
                "channel",
                "area",
                "weekday",
                "day_part",
                name="dimension",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("contributor", sa.LargeBinary(length=32), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["epoch_id"], ["epoch.id"], name=op.f("fk_pending_detail_epoch_id_epoch")),
        sa.ForeignKeyConstraint(["pool_id"], ["unit.id"], name=op.f("fk_pending_detail_pool_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_detail")),
        sa.UniqueConstraint(
            "epoch_id",
            "contributor",
            "category",
            "pool_id",
            name=op.f("uq_pending_detail_epoch_id_contributor_category_pool_id"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pending_spillover",
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("epoch_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.Column("contributor", sa.LargeBinary(length=32), nullable=False),
        sa.Column("mood", sa.SmallInteger(), nullable=False),
        sa.Column("follows_rough", sa.Boolean(), nullable=False),
        sa.Column("break_between", sa.Boolean(), nullable=False),
        sa.CheckConstraint("mood BETWEEN 1 AND 5", name=op.f("ck_pending_spillover_mood")),
        sa.ForeignKeyConstraint(["epoch_id"], ["epoch.id"], name=op.f("fk_pending_spillover_epoch_id_epoch")),
        sa.ForeignKeyConstraint(["pool_id"], ["unit.id"], name=op.f("fk_pending_spillover_pool_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pending_spillover")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counts_from", sa.Date(), nullable=True),
        sa.Column("login", sa.String(length=80), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("pin_mac", sa.LargeBinary(length=32), nullable=True),
        sa.Column("pin_length", sa.SmallInteger(), nullable=True),
        sa.CheckConstraint("(pin_mac IS NULL) = (pin_length IS NULL)", name=op.f("ck_person_pin_whole")),
        sa.CheckConstraint("pin_length BETWEEN 4 AND 6", name=op.f("ck_person_pin_length")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_person_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_person_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "shift_state",
        sa.Column("name", sa.LargeBinary(length=32), nullable=False),
        sa.Column("epoch_id", sa.Integer(), nullable=False),
        sa.Column("rough_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("break_followed", sa.Boolean(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["epoch_id"], ["epoch.id"], name=op.f("fk_shift_state_epoch_id_epoch")),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_shift_state")),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("shift_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shift_state_epoch_id"), ["epoch_id"], unique=False)

    op.create_table(
        "tablet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("token_mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_tablet_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tablet")),
        sa.UniqueConstraint("token_mac", name=op.f("uq_tablet_token_mac")),
    )
    with op.batch_alter_table("tablet", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tablet_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "cover_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_cover_request_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_cover_request_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cover_request")),
    )
    with op.batch_alter_table("cover_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_cover_request_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "noisy_block",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("mood_sum", sa.Integer(), nullable=False),
        sa.Column("rough", sa.Integer(), nullable=False),
        sa.Column("breaks", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["position"], ["block.position"], name=op.f("fk_noisy_block_position_block")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_noisy_block")),
    )
    op.create_table(
        "one_time_code",
        sa.Column("code_mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "pin",
                "password",
                "tablet",
                name="codepurpose",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(purpose = 'tablet') = (person_id IS NULL)", name=op.f("ck_one_time_code_person")
        ),
        sa.CheckConstraint(
            "(purpose = 'tablet') = (unit_id IS NOT NULL)", name=op.f("ck_one_time_code_unit")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_one_time_code_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_one_time_code_unit_id_unit")),
        sa.PrimaryKeyConstraint("code_mac", name=op.f("pk_one_time_code")),
    )
    op.create_table(
        "pin_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("tablet_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_pin_failure_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["tablet_id"], ["tablet.id"], name=op.f("fk_pin_failure_tablet_id_tablet"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pin_failure")),
    )
    with op.batch_alter_table("pin_failure", schema=None) as batch_op:
        batch_op.create_index("ix_pin_failure_person_id_tablet_id", ["person_id", "tablet_id"], unique=False)

    op.create_table(
        "place",
        sa.Column("epoch_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("pool_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["epoch_id"], ["epoch.id"], name=op.f("fk_place_epoch_id_epoch")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_place_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["pool_id"], ["unit.id"], name=op.f("fk_place_pool_id_unit")),
        sa.PrimaryKeyConstraint("epoch_id", "person_id", name=op.f("pk_place")),
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "staff",
                "manager",
                "hr",
                "admin",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_role_grant_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
        sa.UniqueConstraint(
            "person_id", "unit_id", "role", name=op.f("uq_role_grant_person_id_unit_id_role")
        ),
    )
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_role_grant_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("token_mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_mac", name=op.f("pk_sign_in")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_person_id"), ["person_id"], unique=False)
    keep_ledger()


def downgrade() -> None:
    """Take the change back."""
    release_ledger()
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_person_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("role_grant", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_role_grant_unit_id"))

    op.drop_table("role_grant")
    op.drop_table("place")
    with op.batch_alter_table("pin_failure", schema=None) as batch_op:
        batch_op.drop_index("ix_pin_failure_person_id_tablet_id")

    op.drop_table("pin_failure")
    op.drop_table("one_time_code")
    op.drop_table("noisy_block")
    with op.batch_alter_table("cover_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_cover_request_unit_id"))

    op.drop_table("cover_request")
    with op.batch_alter_table("tablet", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_tablet_unit_id"))

    op.drop_table("tablet")
    with op.batch_alter_table("shift_state", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shift_state_epoch_id"))

    op.drop_table("shift_state")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_person_unit_id"))

    op.drop_table("person")
    op.drop_table("pending_spillover")
    op.drop_table("pending_detail")
    with op.batch_alter_table("pending", schema=None) as batch_op:
        batch_op.drop_index("ix_pending_epoch_id_pool_id")

    op.drop_table("pending")
    op.drop_table("held_pool")
    with op.batch_alter_table("block", schema=None) as batch_op:
        batch_op.drop_index("ix_block_unit_id_position")

    op.drop_table("block")
    with op.batch_alter_table("unit", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_parent_id"))
        batch_op.drop_index(
            "ix_unit_one_organisation",
            sqlite_where=sa.text("level = 'organisation'"),
            postgresql_where=sa.text("level = 'organisation'"),
        )

    op.drop_table("unit")
    op.drop_table("tick")
    op.drop_table("settings")
    op.drop_table("receipt")
    with op.batch_alter_table("password_failure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_password_failure_login_mac"))

    op.drop_table("password_failure")
    op.drop_table("epoch")
