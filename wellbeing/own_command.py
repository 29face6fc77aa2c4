"""How a command of this site is written where a sentence names one."""

import os


def written(words: str) -> str:
    """Return a command as it is typed on this machine: an installed site has a name of its own for it."""
    return f"{os.environ.get('SECOND_WIND_COMMAND') or 'flask'} {words}"
