"""`flask backup` and `flask restore`."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from wellbeing import backup, clock, jobs, restoring, schema, site
from wellbeing.backup import BackupRefused
from wellbeing.cli.wording import counted, hour
from wellbeing.models.base import db

LEFT_OUT = (
    "Answers that wait, their keys and what is over in minutes (sign-ins, codes, wrong tries) were left out. "
    "Keep the file where the three secrets are not, and not longer than 14 days."
)
WITH_PENDING = (
    "It holds the answers of this week and those that are held, one by one, under pseudonyms. Whoever has "
    "this file and SERVER_KEY can tell who said what. It is for moving to a new machine: restore it there at "
    "once, then delete it here and there, and never start both sites."
)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--with-pending", is_flag=True, help="Take the answers that wait along, to move to a new machine."
)
@with_appcontext
def make_backup(file: Path | None, with_pending: bool) -> None:
    """Write a backup, to instance/backups/second-wind-DATE.zip if no FILE is named.

    It holds the roster, the settings and all released figures, and no answer that waits. With --with-pending
    it holds those too, each under its pseudonym. Backups in instance/backups are deleted after 14 days.
    """
    site.settings()
    db.session.rollback()
    instance = site.config().instance
    try:
        written = backup.write(db.engine, file or backup.new_file(instance, clock.now()), with_pending)
    except BackupRefused as refused:
        raise click.ClickException(str(refused)) from None
    backup.forget_old(instance, clock.now())
    blocks = counted(written.blocks, "released block")
    click.echo(f"{written.path} holds {written.people} people and {blocks}.")
    click.echo(WITH_PENDING if with_pending else LEFT_OUT)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def restore(file: Path) -> None:
    """Take a backup up in an empty database, of either kind: all of it, or nothing.

    The file's digests and the ledger's chain are checked. Whoever was erased since the backup was made is
    back afterwards: erase them again.
    """
    schema.upgrade()
    try:
        restored = restoring.restore(db.engine, site.config().secrets.server_key, file)
    except BackupRefused as refused:
        raise click.ClickException(str(refused)) from None
    jobs.truncate_log(db.engine)
    click.echo(
        f"Restored {restored.people} people and {counted(restored.blocks, 'released block')}, "
        f"as of {hour(restored.hour)}. The ledger is whole."
    )
    click.echo("Was anybody erased since then? They are back: erase them again.")
    if restored.with_pending:
        click.echo(
            "Answers that waited are here too. Delete the backup now, and do not start the old site again."
        )
    else:
        click.echo("Answers that waited are not in a backup: figures of that time can be missing.")
