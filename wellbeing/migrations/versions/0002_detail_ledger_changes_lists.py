"""the detail ledger, changes that wait for a tick, lists of a site's own"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


OLD_ONCE = (
    "uq_pending_detail_epoch_id_contributor_category_pool_id",
    "epoch_id, contributor, category, pool_id",
)
NEW_ONCE = ("uq_pending_detail_once", "epoch_id, contributor, category, pool_id, waited")
APPEND_ONLY = ("detail_block", "detail_word")


def keep_ledger() -> None:
    """Let the database itself refuse to change or delete what was released."""
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


def tell_apart(before: tuple[str, str], after: tuple[str, str]) -> None:
    """Replace the rule that a detail row is there once; SQLite can only do so in a new table."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"ALTER TABLE pending_detail DROP CONSTRAINT {before[0]}")
        op.execute(f"ALTER TABLE pending_detail ADD CONSTRAINT {after[0]} UNIQUE ({after[1]})")
        return
    master = sa.text("SELECT sql FROM sqlite_master WHERE name = 'pending_detail'")
    old = op.get_bind().execute(master).scalar_one()
    rule = "CONSTRAINT {} UNIQUE ({})"
    _head, columns = old.replace(rule.format(*before), rule.format(*after)).split("(", 1)
    op.execute(f"CREATE TABLE pending_detail_anew ({columns}")
    op.execute("INSERT INTO pending_detail_anew SELECT * FROM pending_detail")
    op.execute("DROP TABLE pending_detail")
    op.execute("ALTER TABLE pending_detail_anew RENAME TO pending_detail")


# What PostgreSQL keeps samples of, in its catalogue and for months, must not be keys, pseudonyms or answers.
UNSAMPLED = {
    "epoch": ("wrapped_key",),
    "pending": ("id", "contributor", "mood", "rough", "break_taken"),
    "pending_detail": ("id", "dimension", "contributor", "category", "waited"),
    "pending_spillover": ("id", "contributor", "mood", "follows_rough", "break_between", "waited"),
    "receipt": ("client_mac", "week"),
    "shift_state": ("name", "rough_at", "break_followed", "touched_at"),
}


def sample_nothing() -> None:
    """Let PostgreSQL's planner do without statistics of columns that its catalogue must not quote."""
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in UNSAMPLED.items():
            for column in columns:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def closed(name: str, *members: str) -> sa.Enum:
    """Return the column type of a closed set of words."""
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    """Apply the change."""
    op.add_column("unit", sa.Column("closed_on", sa.Date(), nullable=True))
    for table in ("pending_detail", "pending_spillover"):
        waited = sa.Column("waited", sa.Boolean(), server_default=sa.false(), nullable=False)
        op.add_column(table, waited)
    tell_apart(OLD_ONCE, NEW_ONCE)
    op.create_table(
        "detail_block",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("tick_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "question",
            closed(
                "question",
                *("severity", "behaviour", "cause", "channel", "area", "weekday", "day_part", "spillover"),
            ),
            nullable=False,
        ),
        sa.Column("participants_needed", sa.SmallInteger(), nullable=False),
        sa.Column("event_people_needed", sa.SmallInteger(), nullable=False),
        sa.Column("tick_days", sa.SmallInteger(), nullable=False),
        sa.Column("rules_version", sa.SmallInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint("participants_needed >= 20", name=op.f("ck_detail_block_participants_needed")),
        sa.CheckConstraint("event_people_needed >= 10", name=op.f("ck_detail_block_event_people_needed")),
        sa.CheckConstraint("tick_days = 28", name=op.f("ck_detail_block_tick_days")),
        sa.ForeignKeyConstraint(["tick_id"], ["tick.id"], name=op.f("fk_detail_block_tick_id_tick")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_detail_block_unit_id_unit")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_detail_block")),
        sa.UniqueConstraint("hash", name=op.f("uq_detail_block_hash")),
        sa.UniqueConstraint(
            "tick_id", "unit_id", "question", name=op.f("uq_detail_block_tick_id_unit_id_question")
        ),
    )
    op.create_index("ix_detail_block_unit_id_position", "detail_block", ["unit_id", "position"])
    op.create_table(
        "detail_word",
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("word", closed("shareword", "few", "some", "most"), nullable=False),
        sa.ForeignKeyConstraint(
            ["position"], ["detail_block.position"], name=op.f("fk_detail_word_position_detail_block")
        ),
        sa.PrimaryKeyConstraint("position", "category", name=op.f("pk_detail_word")),
    )
    op.create_table(
        "team_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_unit_id", sa.Integer(), nullable=False),
        sa.Column("to_unit_id", sa.Integer(), nullable=False),
        sa.Column("takes_effect_on", sa.Date(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.CheckConstraint("from_unit_id <> to_unit_id", name=op.f("ck_team_change_elsewhere")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_team_change_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["from_unit_id"], ["unit.id"], name=op.f("fk_team_change_from_unit_id_unit")),
        sa.ForeignKeyConstraint(["to_unit_id"], ["unit.id"], name=op.f("fk_team_change_to_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_change")),
    )
    op.create_index(op.f("ix_team_change_person_id"), "team_change", ["person_id"])
    op.create_table(
        "unit_merge",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("into_unit_id", sa.Integer(), nullable=False),
        sa.Column("takes_effect_on", sa.Date(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.CheckConstraint("unit_id <> into_unit_id", name=op.f("ck_unit_merge_elsewhere")),
        sa.ForeignKeyConstraint(["into_unit_id"], ["unit.id"], name=op.f("fk_unit_merge_into_unit_id_unit")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_merge_unit_id_unit")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit_merge")),
    )
    op.create_table(
        "figure_above",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("from_number", sa.Integer(), nullable=False),
        sa.CheckConstraint("unit_id <> source_id", name=op.f("ck_figure_above_elsewhere")),
        sa.ForeignKeyConstraint(["source_id"], ["unit.id"], name=op.f("fk_figure_above_source_id_unit")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_figure_above_unit_id_unit")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_figure_above")),
    )
    op.create_table(
        "settings_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("from_number", sa.Integer(), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=False),
        sa.Column("takes_effect_on", sa.Date(), nullable=False),
        sa.Column("people_needed", sa.SmallInteger(), nullable=False),
        sa.Column("own_pool_from", sa.SmallInteger(), nullable=False),
        sa.Column("tick_days", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("own_pool_from >= people_needed", name=op.f("ck_settings_change_own_pool_from")),
        sa.CheckConstraint("people_needed >= 5", name=op.f("ck_settings_change_people_needed")),
        sa.CheckConstraint("tick_days IN (7, 14)", name=op.f("ck_settings_change_tick_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settings_change")),
        sa.UniqueConstraint("from_number", name=op.f("uq_settings_change_from_number")),
    )
    op.create_table(
        "list_entry",
        sa.Column(
            "list_name",
            closed("listname", "behaviour", "cause", "channel", "area", "break_kind"),
            nullable=False,
        ),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=True),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.CheckConstraint("length(label) > 0", name=op.f("ck_list_entry_label")),
        sa.PrimaryKeyConstraint("list_name", "key", name=op.f("pk_list_entry")),
    )
    keep_ledger()
    sample_nothing()


def downgrade() -> None:
    """Take the change back."""
    for table in (
        "detail_word",
        "detail_block",
        "team_change",
        "unit_merge",
        "settings_change",
        "list_entry",
        "figure_above",
    ):
        op.drop_table(table)
    op.execute("DELETE FROM pending_detail WHERE waited")
    tell_apart(NEW_ONCE, OLD_ONCE)
    for table in ("pending_detail", "pending_spillover"):
        op.drop_column(table, "waited")
    op.drop_column("unit", "closed_on")
