"""A command, run as from a shell: in an app context of its own, whatever the test holds open."""

from contextvars import Context

from click.testing import Result
from flask import Flask


def run(app: Flask, *args: str, answers: str | None = None) -> Result:
    """Run ``flask ARGS``; ``answers`` is what somebody types when asked."""
    runner = app.test_cli_runner()
    return Context().run(runner.invoke, args=list(args), input=answers)
