"""The commands, one line each."""

from flask import Flask

from wellbeing.cli import (
    alerts,
    backups,
    changes,
    clockwork,
    contents,
    health,
    https,
    people,
    replays,
    sign_ins,
    sites,
    units,
    upgrades,
)


def init_app(app: Flask) -> None:
    """Register every command group."""
    for group in (
        sites.group,
        people.people_group,
        sign_ins.person_group,
        units.unit_group,
        changes.settings_group,
        alerts.group,
        contents.group,
        clockwork.jobs_group,
        clockwork.ledger_group,
        https.group,
    ):
        app.cli.add_command(group)
    for command in (
        upgrades.move_site,
        upgrades.upgrade,
        health.doctor,
        replays.replay,
        backups.make_backup,
        backups.restore,
    ):
        app.cli.add_command(command)
