"""Who may run a command: whoever the site's data belong to, and not root in their place."""

import os
import pwd
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click
import sqlalchemy as sa

from wellbeing import site
from wellbeing.config import Config

Given = ParamSpec("Given")
Result = TypeVar("Result")
ROOT = 0


def by_its_owner(command: Callable[Given, Result]) -> Callable[Given, Result]:
    """Return the command, refused to root where the site's data are somebody else's.

    Files that root makes there could not be written by the app any more.
    """

    @wraps(command)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        _refuse_root(site.config())
        return command(*args, **kwargs)

    return guarded


def _refuse_root(config: Config) -> None:
    owner = _owner(config)
    if os.geteuid() == ROOT and owner != ROOT:
        raise click.ClickException(
            f"This site belongs to the user “{_name(owner)}”, and files of root's would stop it. Run this "
            "as that user; where it was installed, “sudo second-wind COMMAND” does so. Nothing was changed."
        )


def _owner(config: Config) -> int:
    """Return whose the database's file is or, where there is none yet or it is no file, the site's folder."""
    file = Path(sa.make_url(config.database_url).database or "") if config.is_sqlite else config.instance
    return next((path.stat().st_uid for path in (file, config.instance) if path.exists()), ROOT)


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
