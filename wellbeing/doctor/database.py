"""Checks of the database: schema, reading login, log, chain, what is late. Pure: facts in, finding out."""

from collections.abc import Collection
from datetime import datetime

from flask_babel import gettext as _

from wellbeing import own_command
from wellbeing.doctor.finding import Finding, fault, well
from wellbeing.regular import BACKUP_WITHIN

LARGEST_LOG = 64_000_000
MEGABYTE = 1_000_000


def unreachable() -> Finding:
    """Return the finding that the database does not answer."""
    return fault(
        "database",
        _("The database does not answer."),
        _("See that it runs and that DATABASE_URL is right; the disk may be full, or the file not readable."),
    )


def schema(found: str, newest: str, known: Collection[str]) -> Finding:
    """Check which migration the database saw last against those that this version knows."""
    if found == newest:
        return well("schema", _("The database's tables are those of this version."))
    if found not in known and found != "none":
        return fault(
            "schema",
            _("The database was made by a newer version of Second Wind than this one."),
            _("Start that version again, or a newer one."),
        )
    return fault(
        "schema",
        _("The database's tables are of an older version."),
        _("Run “%(command)s”, then start again.", command=own_command.written("upgrade")),
    )


def moved(away: bool) -> Finding:
    """Check that the site was not moved to another database."""
    if away:
        return fault(
            "moved",
            _("This site was moved to another database; this copy takes no answers and runs no ticks."),
            _("Set DATABASE_URL to the new database and start again; then delete this copy."),
        )
    return well("moved", _("This is the site's one database."))


def reading_login(readable: Collection[str], asked: bool) -> Finding:
    """Check that PostgreSQL's reading login was refused where answers wait; ``asked`` if it could connect."""
    if not asked:
        return fault(
            "reading_login",
            _("The reading login cannot connect."),
            _("See that the login in REPORTING_DATABASE_URL exists and may connect."),
        )
    if readable:
        return fault(
            "reading_login",
            _("The reading login can read tables that it must not: %(tables)s.", tables=", ".join(readable)),
            _(
                "Run “%(command)s” to set its rights again, and see that it is no superuser.",
                command=own_command.written("db upgrade"),
            ),
        )
    return well("reading_login", _("The reading login cannot read what waits."))


def ticks(late: bool) -> Finding:
    """Check that no tick should have run more than an hour ago."""
    if late:
        return fault(
            "tick",
            _("A tick is more than an hour late."),
            _(
                "Run “%(command)s” and read what it says; then see that the server or its timer runs.",
                command=own_command.written("jobs run"),
            ),
        )
    return well("tick", _("No tick is late."))


def backup(now: datetime, done_at: datetime | None) -> Finding:
    """Check that the last verified backup is at most 26 hours old."""
    remedy = _(
        "Run “%(command)s”, and let a timer run it every night.", command=own_command.written("backup")
    )
    if done_at is None:
        return fault("backup", _("No backup was made here yet."), remedy)
    told = done_at.strftime("%Y-%m-%d %H:%M")
    if now - done_at > BACKUP_WITHIN:
        return fault("backup", _("The last verified backup is from %(when)s UTC.", when=told), remedy)
    return well("backup", _("The last verified backup is from %(when)s UTC.", when=told))


def log(size: int) -> Finding:
    """Check the size of SQLite's write-ahead log, in bytes."""
    if size > LARGEST_LOG:
        return fault(
            "wal",
            _("SQLite's write-ahead log has grown to %(size)s MB.", size=size // MEGABYTE),
            _(
                "Something reads without end: start the server again, then run “%(command)s”.",
                command=own_command.written("jobs run"),
            ),
        )
    return well("wal", _("SQLite's write-ahead log is small."))


def chain(broken: Collection[str]) -> Finding:
    """Check that every ledger's blocks follow from each other; ``broken`` names those that do not."""
    if broken:
        return fault(
            "chain",
            _("Released figures were changed in the database: %(ledgers)s.", ledgers=", ".join(broken)),
            _(
                "Run “%(command)s”, compare with a backup, and restore one that is whole.",
                command=own_command.written("ledger verify"),
            ),
        )
    return well("chain", _("The ledger is whole."))
