"""running a site: the audit log, agreements, lending, second factors, the company's sign-in, watching"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

# Within three years nothing but a name may leave the audit log, because somebody was erased.
KEPT = ("id", "at", "act", "by_command", "facts")
EMPTIED = ("actor_id", "person_id", "unit_id")
YEARS = 3

# What PostgreSQL keeps samples of, in its catalogue and for months, must not be secrets or who is who.
UNSAMPLED = {
    "authenticator": ("wrapped_secret",),
    "spare_code": ("code_mac",),
    "company_identity": ("subject",),
}

COLUMNS = (
    ("role_grant", "by_company BOOLEAN DEFAULT false NOT NULL"),
    *(
        (
            table,
            f"activation_days SMALLINT DEFAULT 14 NOT NULL CONSTRAINT ck_{table}_activation_days "
            "CHECK (activation_days BETWEEN 14 AND 90)",
        )
        for table in ("settings", "settings_change")
    ),
    ("settings", "second_factor BOOLEAN DEFAULT false NOT NULL"),
    ("settings", "texts_reviewed_on DATE"),
    ("sign_in", "complete BOOLEAN DEFAULT true NOT NULL"),
    (
        "sign_in",
        "method VARCHAR(24) DEFAULT 'password' NOT NULL "
        "CONSTRAINT ck_sign_in_signinmethod CHECK (method IN ('password', 'passkey', 'company'))",
    ),
)


def closed(name: str, *members: str) -> sa.Enum:
    """Return the column type of a closed set of words."""
    return sa.Enum(*members, name=name, native_enum=False, create_constraint=True, length=24)


def sample_nothing() -> None:
    """Let PostgreSQL's planner do without statistics of columns that its catalogue must not quote."""
    if op.get_bind().dialect.name == "postgresql":
        for table, columns in UNSAMPLED.items():
            for column in columns:
                op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")


def keep_audit() -> None:
    """Let the database itself refuse to change what was done, or to delete it too early."""
    if op.get_bind().dialect.name == "postgresql":
        _keep_on_postgresql()
    else:
        _keep_on_sqlite()


def _keep_on_postgresql() -> None:
    changed = " OR ".join(
        [f"NEW.{name}::text IS DISTINCT FROM OLD.{name}::text" for name in KEPT]
        + [f"(NEW.{name} IS NOT NULL AND NEW.{name} IS DISTINCT FROM OLD.{name})" for name in EMPTIED]
    )
    op.execute(
        "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF TG_OP = 'UPDATE' THEN IF NOT ({changed}) THEN RETURN NEW; END IF; "
        f"ELSIF TG_OP = 'DELETE' THEN IF OLD.at < now() - interval '{YEARS} years' THEN RETURN OLD; END IF; END IF; "
        "RAISE EXCEPTION 'the audit log is kept'; END $$"
    )
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_entry_no_{act.lower()} BEFORE {act} ON audit_entry "
            "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
        )
    op.execute(
        "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    )


def _keep_on_sqlite() -> None:
    changed = " OR ".join(
        [f"NEW.{name} IS NOT OLD.{name}" for name in KEPT]
        + [f"(NEW.{name} IS NOT NULL AND NEW.{name} IS NOT OLD.{name})" for name in EMPTIED]
    )
    early = f"OLD.at >= datetime('now', '-{YEARS} years')"
    for act, refused in (("UPDATE", changed), ("DELETE", early)):
        op.execute(
            f"CREATE TRIGGER audit_entry_no_{act.lower()} BEFORE {act} ON audit_entry WHEN {refused} "
            "BEGIN SELECT RAISE(ABORT, 'the audit log is kept'); END"
        )


def upgrade() -> None:
    """Apply the change."""
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("by_command", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_audit_entry_actor_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_audit_entry_person_id_person"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_audit_entry_unit_id_unit"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_actor_id"), "audit_entry", ["actor_id"])
    op.create_index(op.f("ix_audit_entry_at"), "audit_entry", ["at"])
    op.create_index(op.f("ix_audit_entry_person_id"), "audit_entry", ["person_id"])
    op.create_table(
        "privacy_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_privacy_facts")),
    )
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", closed("agreementkind", "works_council", "staff", "none_needed"), nullable=False),
        sa.Column("reference", sa.String(length=200), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=80), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts_id", sa.Integer(), nullable=False),
        sa.Column("helpline_checked_on", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'none_needed') OR agreed_on IS NOT NULL", name=op.f("ck_agreement_agreed_on")
        ),
        sa.CheckConstraint(
            "(kind = 'none_needed') OR length(reference) > 0", name=op.f("ck_agreement_reference")
        ),
        sa.CheckConstraint("length(signed_by) > 0", name=op.f("ck_agreement_signed_by")),
        sa.ForeignKeyConstraint(
            ["facts_id"], ["privacy_facts.id"], name=op.f("fk_agreement_facts_id_privacy_facts")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    op.create_table(
        "loan",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.CheckConstraint("last_day IS NULL OR last_day >= first_day", name=op.f("ck_loan_days")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_loan_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_loan_unit_id_unit"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_loan")),
    )
    op.create_index(op.f("ix_loan_unit_id"), "loan", ["unit_id"])
    op.create_table(
        "unit_closing",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("takes_effect_on", sa.Date(), nullable=False),
        sa.Column("done", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_unit_closing_unit_id_unit"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_unit_closing")),
    )
    op.create_table(
        "authenticator",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("wrapped_secret", sa.LargeBinary(length=100), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("last_step", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_authenticator_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_authenticator")),
    )
    op.create_table(
        "spare_code",
        sa.Column("code_mac", sa.LargeBinary(length=32), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_spare_code_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("code_mac", name=op.f("pk_spare_code")),
    )
    op.create_index(op.f("ix_spare_code_person_id"), "spare_code", ["person_id"])
    op.create_table(
        "company_identity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=400), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("linked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_company_identity_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_company_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_company_identity_issuer_subject")),
    )
    op.create_index(op.f("ix_company_identity_person_id"), "company_identity", ["person_id"])
    op.create_table(
        "role_mapping",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_name", sa.String(length=200), nullable=False),
        sa.Column("role", closed("role", "staff", "manager", "hr", "admin"), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_role_mapping_unit_id_unit"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_mapping")),
        sa.UniqueConstraint(
            "group_name", "role", "unit_id", name=op.f("uq_role_mapping_group_name_role_unit_id")
        ),
    )
    op.create_table(
        "regular_work",
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_regular_work")),
    )
    op.create_table(
        "alert",
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_alert")),
    )
    for table, column in COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    keep_audit()
    sample_nothing()


def downgrade() -> None:
    """Take the change back."""
    for table, column in reversed(COLUMNS):
        op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")
    for table in (
        "alert",
        "regular_work",
        "role_mapping",
        "company_identity",
        "spare_code",
        "authenticator",
        "unit_closing",
        "loan",
        "agreement",
        "privacy_facts",
        "audit_entry",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_audit_change()")
