"""Who may run a command: whoever the site's data belong to, and not root in their place."""

import os
import pwd
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from wellbeing import site

Given = ParamSpec("Given")
Result = TypeVar("Result")
ROOT = 0


def by_its_owner(command: Callable[Given, Result]) -> Callable[Given, Result]:
    """Return the command, refused to root where somebody else owns the site's folder.

    Files that root makes there could not be written by the app any more.
    """

    @wraps(command)
    def guarded(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        _refuse_root(site.config().instance)
        return command(*args, **kwargs)

    return guarded


def _refuse_root(instance: Path) -> None:
    owner = _owner(instance)
    if os.geteuid() == ROOT and owner != ROOT:
        raise click.ClickException(
            f"This site belongs to the user “{_name(owner)}”, and files of root's would stop it. Run this "
            "as that user; where it was installed, “sudo second-wind COMMAND” does so. Nothing was changed."
        )


def _owner(instance: Path) -> int:
    return instance.stat().st_uid if instance.exists() else ROOT


def _name(user: int) -> str:
    try:
        return pwd.getpwuid(user).pw_name
    except KeyError:
        return str(user)
