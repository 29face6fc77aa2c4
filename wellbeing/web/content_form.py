"""The form of a text: its fields in each language, as a page draws them and a browser sends them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from wellbeing.content.checks import PLAIN
from wellbeing.content.kinds import Field, Kind, Shape
from wellbeing.extensions import LANGUAGES

CHOICES: Mapping[str, LazyString] = {
    "bad_time": _l("It came at a bad time"),
    "missed": _l("A missed appointment"),
    "recontact": _l("Reaching out again"),
    "lead": _l("Taking the lead"),
    "patience": _l("Patience"),
    "walk": _l("A walk"),
    "video": _l("A short video"),
    "breathing": _l("Breathing"),
    "air": _l("Fresh air"),
    "quiet": _l("Quiet"),
    "music": _l("Music"),
    "talk": _l("A talk"),
    "other": _l("Something else"),
    "ours": _l("Our doing"),
    "not_ours": _l("Not our doing"),
    "not_now": _l("It can't be put right now"),
    "listen": _l("Listen"),
    "thank": _l("Thank them"),
    "empathy": _l("Show empathy"),
    "acknowledge": _l("Acknowledge"),
    "apologise": _l("Apologise"),
    "solve": _l("Solve it"),
    "headline": _l("Headline question"),
    "areas": _l("Areas"),
}


@dataclass(frozen=True)
class Box:
    """One field as it is drawn: its name in the form, what stands in it, and what is wrong with it."""

    name: str
    field: Field
    value: Any
    problem: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Part:
    """The fields of one language, or those that are the same in all (``language`` is then empty)."""

    language: str
    title: str
    boxes: tuple[Box, ...]


def sent(kind: Kind, form: MultiDict[str, str]) -> dict[str, dict[str, Any]]:
    """Return the words of a form; a box that is not ticked is not sent, and means no."""
    return {
        where: {field.name: _sent(field, f"{where}.{field.name}", form) for field in fields}
        for where, fields in _parts(kind)
    }


def _sent(field: Field, name: str, form: MultiDict[str, str]) -> Any:
    return name in form if field.shape is Shape.YES_NO else form.get(name, "")


def _parts(kind: Kind) -> Iterator[tuple[str, tuple[Field, ...]]]:
    for language in LANGUAGES:
        yield language, kind.said
    yield PLAIN, kind.plain


def parts(
    kind: Kind,
    words: Mapping[str, Mapping[str, Any]],
    problems: Mapping[tuple[str, str], str],
    clips: tuple[tuple[str, str], ...],
) -> list[Part]:
    """Return the form's parts with words in them; ``clips`` are the uploads to choose from, with titles."""
    return [
        Part(
            "" if where == PLAIN else where,
            _("In every language") if where == PLAIN else LANGUAGES[where],
            tuple(
                Box(
                    f"{where}.{field.name}",
                    field,
                    words.get(where, {}).get(field.name, ""),
                    problems.get((where, field.name), ""),
                    _choices(field, clips),
                )
                for field in fields
            ),
        )
        for where, fields in _parts(kind)
        if fields
    ]


def _choices(field: Field, clips: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    if field.name == "clip":
        return (("", _("none")), *clips)
    if not field.choices:
        return ()
    named = ((choice, _named(choice)) for choice in field.choices)
    return (*(() if field.needed else (("", "–"),)), *named)


def _named(choice: str) -> str:
    return _("Step %(number)s", number=choice) if choice.isdecimal() else str(CHOICES[choice])
