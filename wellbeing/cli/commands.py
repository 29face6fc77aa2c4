"""The commands, one line each."""

from flask import Flask

from wellbeing.cli import clockwork


def init_app(app: Flask) -> None:
    """Register every command group."""
    for group in (clockwork.jobs_group, clockwork.ledger_group):
        app.cli.add_command(group)
