"""Helplines: data with a country and the date on which each number was last checked."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

FILE = Path(__file__).with_name("helplines.toml")


@dataclass(frozen=True)
class Helpline:
    """A number that answers anybody."""

    country: str
    name: str
    number: str
    checked: date


def helplines(locale: Locale) -> list[Helpline]:
    """Return every helpline in a language's words."""
    return [
        Helpline(
            country=locale.territories[entry["country"]],
            name=entry["name"].get(locale.language, entry["name"]["en"]),
            number=entry["number"],
            checked=entry["checked"],
        )
        for entry in _entries()
    ]


@cache
def _entries() -> list[dict[str, Any]]:
    return list(tomllib.loads(FILE.read_text(encoding="utf-8"))["helpline"])
