"""What a command says where the disk is full, instead of a traceback."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from wellbeing import full_disk

Given = ParamSpec("Given")
Result = TypeVar("Result")


def sentence_if_full(command: Callable[Given, Result]) -> Callable[Given, Result]:
    """Return the command, ended by one sentence where there is no room to write; other errors pass."""

    @wraps(command)
    def told(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        try:
            return command(*args, **kwargs)
        except Exception as error:
            if full_disk.is_full(error):
                raise click.ClickException(full_disk.SENTENCE) from None
            raise

    return told
