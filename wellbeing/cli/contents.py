"""`flask content`: load texts from a file, and check those that there are."""

from pathlib import Path

import click
import sqlalchemy as sa
from flask.cli import AppGroup

from wellbeing import clock, schema
from wellbeing.audit import Act
from wellbeing.cli.noting import noted
from wellbeing.cli.wording import counted
from wellbeing.content import loading
from wellbeing.content.loading import FileRefused, Loaded
from wellbeing.models.base import db
from wellbeing.models.content import Upload

group = AppGroup("content", help="The texts that this site shows.")


@group.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
def load(file: Path, dry_run: bool) -> None:
    """Lay the texts of a TOML file over the shipped ones; what was edited on this site stays as it is."""
    schema.upgrade()
    try:
        texts = loading.read(file.read_bytes())
        loaded = loading.load(db.session(), texts, clock.now())
    except FileRefused as refused:
        db.session.rollback()
        raise click.ClickException(f"{file} was not loaded.\n{refused}") from None
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from None
    if dry_run:
        db.session.rollback()
    else:
        noted(Act.TEXT_CHANGED, kind=texts.kind.name)
        db.session.commit()
    click.echo(f"{texts.kind.name}: {_told(loaded)}.")
    if dry_run:
        click.echo("This was a dry run: nothing was changed.")


def _told(loaded: Loaded) -> str:
    return (
        f"{loaded.new} new, {loaded.changed} changed, {loaded.same} as before, "
        f"{loaded.kept} left as edited on this site"
    )


@group.command("check")
def check() -> None:
    """Check the shipped texts and those of this site."""
    schema.upgrade()
    clips = set(db.session.scalars(sa.select(Upload.sha256)))
    problems = [*loading.problems_of_shipped(), *loading.problems_of_site(db.session(), clips)]
    for problem in problems:
        click.echo(problem, err=True)
    if problems:
        raise click.ClickException(f"{counted(len(problems), 'problem')} found.")
    click.echo("Every text is as it should be.")
