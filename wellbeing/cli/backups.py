"""`flask backup` and `flask restore`."""

from pathlib import Path

import click
import sqlalchemy as sa
from flask.cli import with_appcontext

from wellbeing import backing_up, backup, clock, copying, jobs, key_marks, readiness, restoring, schema, site
from wellbeing.backup import BackupRefused
from wellbeing.cli.on_disk import sentence_if_full
from wellbeing.cli.owner import by_its_owner
from wellbeing.cli.wording import counted, hour
from wellbeing.models.accounts import Level, Unit
from wellbeing.models.base import db
from wellbeing.models.epochs import Epoch
from wellbeing.restoring import Place, Restored
from wellbeing.storage import reading_only

LEFT_OUT = (
    "Answers that wait, their keys and what is over in minutes (sign-ins, codes, wrong tries) were left out. "
    "Keep the file where the three secrets are not, and not longer than 14 days."
)
WITH_PENDING = (
    "It holds the answers of this week and those that are held, one by one, under pseudonyms. Whoever has "
    "this file and SERVER_KEY can tell who said what. It is for moving to a new machine: restore it there at "
    "once, then delete it here and there, and never start both sites."
)
LOST = {
    "PIN_PEPPER": "with another one no PIN works, and every tablet has to be enrolled again",
    "SERVER_KEY": "with another one nobody finds their diary",
}
GIVE_UP = (
    "In the place of this site, what people said since the last tick, and what is held, is given up: it was "
    "never in a backup, and figures of that time can be missing. If that is so, say --give-up-waiting too, "
    "and tell people. Nothing was restored."
)


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option(
    "--with-pending", is_flag=True, help="Take the answers that wait along, to move to a new machine."
)
@with_appcontext
@by_its_owner
@sentence_if_full
def make_backup(file: Path | None, with_pending: bool) -> None:
    """Write a backup, to instance/backups/second-wind-DATE.zip if no FILE is named, and check it.

    It holds the roster, the settings, all released figures and uploaded clips, and no answer that waits. With
    --with-pending it holds those too, each under its pseudonym. The file is opened again and loaded into a
    scratch database before it gets its name. Backups in instance/backups are deleted after 14 days.
    """
    _check_schema()
    site.settings()
    db.session.rollback()
    instance = site.config().instance
    try:
        written = backing_up.make(db.engine, site.config(), file, with_pending)
    except BackupRefused as refused:
        raise click.ClickException(str(refused)) from None
    backing_up.note(db.engine, with_pending)
    backup.forget_old(instance, clock.now())
    blocks, clips = counted(written.blocks, "released block"), counted(written.clips, "clip")
    click.echo(f"{written.path} holds {written.people} people, {blocks} and {clips}.")
    click.echo("It was opened again and is whole.")
    click.echo(WITH_PENDING if with_pending else LEFT_OUT)


def _check_schema() -> None:
    """End here where the database belongs to another version: only `flask upgrade` changes what is there."""
    with db.engine.connect() as connection:
        found = readiness.revision(connection)
    if found not in ("none", schema.newest()):
        raise click.ClickException(
            f"The database here is of another version (schema {found}). Run `flask upgrade`, which makes a "
            "backup first, or start the version that made it. Nothing was changed."
        )


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check all of it and say what it holds; change nothing.")
@click.option("--replace", is_flag=True, help="Put it in the place of the site that is here.")
@click.option("--give-up-waiting", is_flag=True, help="With --replace: give up the answers that wait here.")
@click.option("--yes", is_flag=True, help="With --replace: do not ask for the organisation's name.")
@click.option("--other-secrets", is_flag=True, help="Go on although the backup's secrets are lost for good.")
@with_appcontext
@by_its_owner
@sentence_if_full
def restore(
    file: Path, dry_run: bool, replace: bool, give_up_waiting: bool, yes: bool, other_secrets: bool
) -> None:
    """Take a backup up, in a database of either kind: all of it, or nothing.

    The file's digests, its rows and the ledger's chain are checked in a scratch database first; a backup of
    an earlier version is migrated there. Whoever was erased since the backup was made is back afterwards:
    erase them again.
    """
    try:
        found = restoring.inspect(site.config().secrets.server_key, file)
        if dry_run:
            _say_what(found)
            click.echo("Nothing was changed.")
            return
        if not other_secrets:
            _refuse_other_secrets(found)
        _check_schema()
        schema.upgrade()
        restored = _replace(file, found, give_up_waiting, yes) if replace else _restore(file)
    except BackupRefused as refused:
        raise click.ClickException(str(refused)) from None
    jobs.truncate_log(db.engine)
    _say_restored(restored)


def _refuse_other_secrets(found: Restored) -> None:
    if said := _other_secrets(found):
        raise BackupRefused(
            f"{said} Put the same secrets back first. Only if they are lost for good, say --other-secrets. "
            "Nothing was restored."
        )


def _other_secrets(found: Restored) -> str:
    """Return what is said of secrets that are not those of the backup's site; nothing where they are."""
    mine = key_marks.marks(site.config().secrets)
    wrong = [
        f"{name} is not the one of the site in this backup: {LOST[name]}."
        for name in key_marks.others(found.secrets, mine)
    ]
    return " ".join(wrong)


def _restore(file: Path) -> Restored:
    config = site.config()
    return restoring.restore(db.engine, config.secrets.server_key, file, config.instance)


def _replace(file: Path, found: Restored, give_up_waiting: bool, yes: bool) -> Restored:
    config = site.config()
    with reading_only(), db.engine.connect() as connection:
        if copying.is_empty(connection, backup.MOMENTARY):
            raise BackupRefused(
                "There is no site here to replace: leave --replace out. Nothing was restored."
            )
        # Whether any answer waits is not looked up: nobody learns it from a refusal.
        if connection.execute(sa.select(Epoch.id).limit(1)).first() and not give_up_waiting:
            raise BackupRefused(GIVE_UP)
        name = connection.execute(sa.select(Unit.name).where(Unit.level == Level.ORGANISATION)).scalar()
    _say_what(found)
    if not yes and click.prompt("Type the organisation's name to put it in this site's place") != name:
        raise BackupRefused("That is not the organisation's name. Nothing was restored.")
    saved = backing_up.make(db.engine, config)
    click.echo(f"The site as it was is in {saved.path}, but for what waited.")
    return restoring.replace(Place(db.engine, config.secrets.server_key, config.instance), file)


def _say_what(found: Restored) -> None:
    blocks = counted(found.blocks, "released block")
    click.echo(f"The backup is whole: {found.people} people, {blocks} and {counted(found.clips, 'clip')},")
    click.echo(f"as of {hour(found.hour)}, made by version {found.version}. Its ledger is whole.")
    _say_missing(found)


def _say_missing(found: Restored) -> None:
    if found.clips_missing:
        click.echo(f"Missing in it: {counted(found.clips_missing, 'uploaded clip')}. Upload them again.")
    if not found.with_pending:
        click.echo("Answers that waited are not in a backup: figures of that time can be missing.")
    if said := _other_secrets(found):
        click.echo(said)
    elif not found.finds_diaries:
        click.echo(
            "Its diaries were kept under another SERVER_KEY: nobody will find theirs. Start with that key if "
            "you have it."
        )


def _say_restored(restored: Restored) -> None:
    click.echo(
        f"Restored {restored.people} people and {counted(restored.blocks, 'released block')}, "
        f"as of {hour(restored.hour)}. The ledger is whole."
    )
    click.echo("Was anybody erased since then? They are back: erase them again.")
    _say_missing(restored)
    if restored.with_pending:
        click.echo(
            "Answers that waited are here too. Delete the backup now, and do not start the old site again."
        )
