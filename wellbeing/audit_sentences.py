"""The sentences of the audit log, filled in; a fact that is missing leaves an ellipsis.

A fact called like one of DAYS is a day in ISO form, one called like a row of KNOWN is a key that has words.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from wellbeing.audit import Act
from wellbeing.audit_words import UNKNOWN, WORDS, Kind, Words
from wellbeing.content.kinds import KINDS
from wellbeing.models.lists import ListName
from wellbeing.permissions import Role
from wellbeing.reports import dates

Said = Callable[[str, Mapping[str, Any]], str]
MISSING = "…"
DAYS = frozenset({"day", "until"})
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
KNOWN: Mapping[str, Mapping[str, LazyString]] = {
    "role": {Role.MANAGER: _l("manager"), Role.HR: _l("HR"), Role.ADMIN: _l("admin")},
    "state": {
        "on": _l("on"),
        "off": _l("off"),
        "uploaded": _l("uploaded"),
        "deleted": _l("deleted"),
    },
    "list": {
        ListName.BEHAVIOUR: _l("What happened"),
        ListName.CAUSE: _l("About what"),
        ListName.CHANNEL: _l("Channel"),
        ListName.AREA: _l("Area"),
        ListName.BREAK_KIND: _l("Kinds of break"),
    },
    "kind": {kind.name: kind.label for kind in KINDS.values()},
    "subject": {"contact": _l("requests to be contacted"), "incident": _l("incident reports")},
}


def words_of(act: str) -> Words:
    """Return the words of an entry's act."""
    return WORDS[Act(act)] if act in set(Act) else UNKNOWN


def acts_of(kind: Kind) -> list[str]:
    """Return the acts of a kind."""
    return [act.value for act, words in WORDS.items() if words.kind is kind]


def in_log(act: str, values: Mapping[str, Any]) -> str:
    """Return what was done as the log says it; ``values`` are its facts and the names it was about."""
    return _filled(words_of(act).in_log, values)


def about_you(act: str, values: Mapping[str, Any]) -> str:
    """Return what was done as somebody reads it whom it was about."""
    words = words_of(act)
    return _filled(words.about_you or words.in_log, values)


class _Tolerant(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return MISSING


def _filled(sentence: LazyString, values: Mapping[str, Any]) -> str:
    return str(sentence) % _Tolerant({name: _shown(name, value) for name, value in values.items()})


def _shown(name: str, value: Any) -> str:
    if name in DAYS and DAY.fullmatch(str(value)):
        return dates.whole(date.fromisoformat(value))
    return str(KNOWN.get(name, {}).get(value, value))
