"""The commands, one line each."""

from flask import Flask

from wellbeing.cli import clockwork, people, replays, sites


def init_app(app: Flask) -> None:
    """Register every command group."""
    for group in (
        sites.group,
        people.people_group,
        people.person_group,
        clockwork.jobs_group,
        clockwork.ledger_group,
    ):
        app.cli.add_command(group)
    app.cli.add_command(replays.replay)
