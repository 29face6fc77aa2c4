"""`flask doctor`: every check with its remedy, and an exit code that a timer can use."""

import json
from dataclasses import asdict

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from wellbeing import clock, regular, site
from wellbeing.cli.owner import by_its_owner
from wellbeing.doctor import chains, rounds
from wellbeing.doctor.finding import Finding
from wellbeing.models.base import db
from wellbeing.regular import Work
from wellbeing.storage import reading_only


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON, for a program.")
@with_appcontext
@by_its_owner
def doctor(as_json: bool) -> None:
    """Check disk, clock, secrets, files, database, ledger, backups and what the site lacks.

    Each fault comes with its remedy, and with exit code 1. Nothing here depends on an answer.
    """
    found = _findings()
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found], indent=2, ensure_ascii=False))
    else:
        for finding in found:
            _say(finding)
    if not all(finding.ok for finding in found):
        raise SystemExit(1)


def _findings() -> list[Finding]:
    now = clock.now()
    try:
        moment = site.now()
    except DBAPIError:
        moment = now
    db.session.rollback()
    found = rounds.findings(db.engine, site.config(), now, moment)
    if any(finding.name == "time_zone" for finding in found):
        with reading_only(), db.engine.connect() as connection:
            found.append(chains.finding(connection))
        with db.engine.begin() as connection:
            regular.done(connection, Work.DOCTOR, now)
    return found


def _say(finding: Finding) -> None:
    mark = ("ok   " if not finding.remedy else "note ") if finding.ok else "FAULT"
    click.echo(f"{mark}  {finding.sentence}")
    if finding.remedy:
        click.echo(f"       {finding.remedy}")
