"""The message of the day: a short quotation with its author and source, another one each day."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Message:
    """A quotation as it is shown; ``for_teams`` marks what may also stand on a sheet for a whole team."""

    text: str
    author: str
    source: str
    for_teams: bool = False


def _load() -> tuple[Message, ...]:
    with Path(__file__).with_name("messages.toml").open("rb") as file:
        return tuple(Message(**entry) for entry in tomllib.load(file)["message"])


MESSAGES = _load()
FOR_TEAMS = tuple(message for message in MESSAGES if message.for_teams)


def message_of(day: date) -> Message:
    """Return the message of a day; they take turns in the order of the file."""
    return MESSAGES[day.toordinal() % len(MESSAGES)]


def message_for_teams(day: date) -> Message:
    """Return the message of a sheet for a team; those that are marked for teams take turns."""
    return FOR_TEAMS[day.toordinal() % len(FOR_TEAMS)]
