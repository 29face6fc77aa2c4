"""The short words of the documents: what a choice is called and means, what a field asks, how a gap reads."""

from datetime import date
from enum import StrEnum
from typing import Any

from babel.dates import format_date

from wellbeing.law import texts
from wellbeing.law.document import gap


def word(language: str, group: str, key: str, **filled: object) -> str:
    """Return a short text of a group, such as the name of a field."""
    return _said(_entry(group, key), language).format(**filled)


def _entry(group: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = texts.read("choices")[group][key]
    return found


def _said(entry: dict[str, Any], language: str) -> str:
    return str(entry.get(language, ""))


def chosen(language: str, group: str, key: StrEnum) -> str:
    """Return what a choice is called."""
    return word(language, group, key.value)


def why(language: str, group: str, key: str) -> str:
    """Return what a choice means, in plain words."""
    return _said(_entry(group, key)["why"], language)


def hint(language: str, field: str) -> str:
    """Return what helps to fill a field in; nothing where its name is enough."""
    return _said(_entry("field", field).get("hint", {}), language)


def missing(language: str, field: str) -> str:
    """Return the marked words for a field that nobody has filled in."""
    return gap(word(language, "words", "gap", what=word(language, "field", field)))


def day(language: str, on: date) -> str:
    """Return a day in words."""
    return format_date(on, "long", locale=_LOCALES[language])


_LOCALES = {"en": "en_GB", "es": "es"}
