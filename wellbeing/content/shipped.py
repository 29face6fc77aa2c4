"""The texts that the product ships: one readable file for each kind, in every language."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from wellbeing.content.kinds import KINDS, Kind

FOLDER = Path(__file__).with_name("shipped")
LANGUAGES = ("en", "es")


@dataclass(frozen=True)
class Shipped:
    """A text as its file has it: words by language, and under "plain" what is the same in every language."""

    key: str
    words: Mapping[str, Mapping[str, Any]]
    offered: bool = True


@cache
def shipped(kind: str) -> tuple[Shipped, ...]:
    """Return the shipped texts of a kind, in the order of their file."""
    entries = tomllib.loads((FOLDER / f"{kind}.toml").read_text(encoding="utf-8")).get("entry", [])
    return tuple(read_entry(KINDS[kind], entry) for entry in entries)


def read_entry(kind: Kind, entry: Mapping[str, Any]) -> Shipped:
    """Return one entry of a content file: languages are tables of their own, and all else is plain."""
    plain = {field.name: _kept(entry[field.name]) for field in kind.plain if field.name in entry}
    words = {language: dict(entry[language]) for language in LANGUAGES if language in entry}
    return Shipped(str(entry["key"]), {**words, "plain": plain}, bool(entry.get("offered", True)))


def _kept(value: Any) -> Any:
    """Return a value as a site's own row has it: days are text there."""
    return value.isoformat() if isinstance(value, date) else value
