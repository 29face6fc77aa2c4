"""What the words of a text may be: each field as its kind says, in each language, with nothing hidden."""

import unicodedata
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from babel import Locale
from flask_babel import gettext as _

from wellbeing.content import links
from wellbeing.content.kinds import Field, Kind, Shape
from wellbeing.content.shipped import LANGUAGES
from wellbeing.models.content import Words
from wellbeing.private_text import breaks, is_blank, refusal

# Made-up customers have names, helplines and policies have numbers, and a quotation may name somebody.
MAY_NAME = {"message", "practice", "policy", "training", "helpline"}
PLAIN = "plain"

Problems = dict[tuple[str, str], str]


class WordsRefused(Exception):
    """Words that cannot be kept: for each language (or "plain") and field, why, in a sentence."""

    def __init__(self, problems: Problems) -> None:
        super().__init__(
            " ".join(f"{where}.{field}: {sentence}" for (where, field), sentence in problems.items())
        )
        self.problems = problems


def checked(
    kind: Kind, words: Mapping[str, Mapping[str, Any]], clips: Collection[str] | None = None
) -> Words:
    """Return words as they are kept: tidy, and without what is empty; raise WordsRefused.

    ``clips`` are the uploads that there are; None leaves open whether a named one is there.
    """
    problems: Problems = {}
    kept = {
        where: _part(where, fields, words.get(where, {}), problems)
        for where, fields in ((PLAIN, kind.plain), *((language, kind.said) for language in LANGUAGES))
    }
    _refuse_unknown(kind, words, problems)
    _refuse_missing(kind, kept, problems)
    if kind.name not in MAY_NAME:
        _refuse_private(kind, kept, problems)
    _refuse_by_kind(kind, kept, clips, problems)
    if problems:
        raise WordsRefused(problems)
    return {where: part for where, part in kept.items() if part}


def _part(where: str, fields: tuple[Field, ...], typed: Any, problems: Problems) -> dict[str, Any]:
    """Return a part's fields that are not empty; what cannot be read is told among the problems."""
    kept: dict[str, Any] = {}
    for field in fields:
        value = typed.get(field.name) if isinstance(typed, Mapping) else None
        try:
            found = _value(field, value)
        except ValueError as error:
            problems[where, field.name] = str(error)
            continue
        if found not in ("", False):
            kept[field.name] = found
    return kept


def _value(field: Field, value: Any) -> Any:
    if field.shape is Shape.YES_NO:
        if value not in (None, True, False):
            raise ValueError(_("This can be true or false."))
        return bool(value)
    if field.shape is Shape.DAY:
        return _day(value)
    if value is not None and not isinstance(value, str):
        raise ValueError(_("This has to be text."))
    text = _tidy(value or "", lines=field.shape is Shape.TEXT)
    if len(text) > field.longest:
        raise ValueError(
            _("At most %(most)s characters; this has %(count)s.", most=field.longest, count=len(text))
        )
    return _shaped(field, text)


def _shaped(field: Field, text: str) -> str:
    if field.shape is Shape.ONE_OF and text and text not in field.choices:
        raise ValueError(_("This can be one of: %(choices)s.", choices=", ".join(field.choices)))
    if field.shape is Shape.LINK and text and (problem := links.problem_of(text)):
        raise ValueError(problem)
    return text


def _tidy(typed: str, lines: bool) -> str:
    """Return a text in composed letters, without spaces around it; raise ValueError for unseen signs."""
    text = unicodedata.normalize("NFC", typed.replace("\r\n", "\n").strip())
    if lines:
        text = "\n".join(line.rstrip() for line in text.split("\n"))
    visible = text.replace("\n", "") if lines else text
    if breaks(visible) or (text and is_blank(text)):
        raise ValueError(_("This holds a character that cannot be seen."))
    return text


def _day(value: Any) -> str:
    """Return a day as it is kept, such as "2026-11-22"; a file may hold a date, a form sends text."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    text = str(value or "").strip()
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError:
        raise ValueError(_("This is not a day, such as 2026-11-22.")) from None


def _refuse_unknown(kind: Kind, words: Mapping[str, Mapping[str, Any]], problems: Problems) -> None:
    known = {PLAIN: kind.plain, **dict.fromkeys(LANGUAGES, kind.said)}
    for where, part in words.items():
        names = {field.name for field in known.get(where, ())}
        for name in part if isinstance(part, Mapping) else [""]:
            if name not in names:
                problems.setdefault((where, str(name)), _("This kind of text has no such field."))


def _refuse_missing(kind: Kind, kept: Words, problems: Problems) -> None:
    """Refuse empty fields that are needed: always in English, in another language once anything is said."""
    parts = [(PLAIN, kind.plain), ("en", kind.said)]
    parts += [(language, kind.said) for language in LANGUAGES if language != "en" and kept[language]]
    for where, fields in parts:
        for field in fields:
            if field.needed and field.name not in kept[where]:
                problems.setdefault((where, field.name), _missing(where))


def _missing(where: str) -> str:
    if where in (PLAIN, "en"):
        return _("Please fill this in.")
    return _("Please fill this in too, or leave this language empty: then the English words are shown.")


def _refuse_private(kind: Kind, kept: Words, problems: Problems) -> None:
    for language in LANGUAGES:
        for name, text in kept[language].items():
            if said := refusal(text):
                problems.setdefault((language, name), said)


def _refuse_by_kind(kind: Kind, kept: Words, clips: Collection[str] | None, problems: Problems) -> None:
    """Refuse what only one kind knows: a country that is none, a link and a clip that both lack."""
    plain = kept[PLAIN]
    if kind.name == "helpline" and "country" in plain and plain["country"] not in Locale("en").territories:
        problems[PLAIN, "country"] = _("This is no country's code, such as GB or ES.")
    if kind.name == "helpline" and not any(sign.isdecimal() for sign in plain.get("number", "0")):
        problems[PLAIN, "number"] = _("A number to call has digits.")
    if kind.name == "heart_happy":
        missing = not plain.get("link") and not plain.get("clip")
        if missing and (PLAIN, "link") not in problems:
            problems[PLAIN, "link"] = _("Give a link, or choose an uploaded clip.")
        if clips is not None and plain.get("clip") and plain["clip"] not in clips:
            problems[PLAIN, "clip"] = _("There is no such clip any more. Choose another one.")
