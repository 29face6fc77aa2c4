"""The message of the day: a short quotation with its author and source, another one each day."""

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Message:
    """A quotation as it is shown."""

    text: str
    author: str
    source: str


def _load() -> tuple[Message, ...]:
    with Path(__file__).with_name("messages.toml").open("rb") as file:
        return tuple(Message(**entry) for entry in tomllib.load(file)["message"])


MESSAGES = _load()


def message_of(day: date) -> Message:
    """Return the message of a day; they take turns in the order of the file."""
    return MESSAGES[day.toordinal() % len(MESSAGES)]
