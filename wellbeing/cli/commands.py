"""The commands, one line each."""

from flask import Flask

from wellbeing.cli import backups, changes, clockwork, contents, people, replays, sites


def init_app(app: Flask) -> None:
    """Register every command group."""
    for group in (
        sites.group,
        people.people_group,
        people.person_group,
        changes.unit_group,
        changes.settings_group,
        contents.group,
        clockwork.jobs_group,
        clockwork.ledger_group,
    ):
        app.cli.add_command(group)
    for command in (replays.replay, backups.make_backup, backups.restore):
        app.cli.add_command(command)
