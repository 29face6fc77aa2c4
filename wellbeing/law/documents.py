"""The documents: the same texts for a page and for a file, made of what is known and of nothing else."""

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import groupby
from typing import Any

from wellbeing.law import set_so, texts
from wellbeing.law.choices import day, word
from wellbeing.law.document import Document, Line, Part, Points, Said, Section, Table
from wellbeing.law.filling import Known, filled, holds


class Kind(StrEnum):
    """Which document; its texts stand in the file of this name."""

    NOTICE = "notice"
    ASSESSMENT = "assessment"
    RECORDS = "records"


def title(kind: Kind, language: str) -> str:
    """Return what a document is called."""
    return str(texts.read(kind)["title"][language])


def document(kind: Kind, known: Known, language: str) -> Document:
    """Return a document in one of the languages of texts.LANGUAGES; the same for the same known things."""
    changed = set_so.changed(language, known.so, known.since) if known.number else ()
    return Document(
        language=language,
        title=title(kind, language),
        organisation=known.facts.controller or known.so.organisation,
        version=version(known, language),
        note=word(language, "words", "not_advice"),
        changed_title=word(language, "words", "changed"),
        changed=changed,
        sections=tuple(_sections(texts.read(kind)["section"], known, language)),
    )


def version(known: Known, language: str) -> str:
    """Return which version this is and of which day, or that it is a draft."""
    if not known.number:
        return word(language, "words", "draft")
    return word(language, "words", "version", number=known.number, date=day(language, known.written_on))


def _sections(told: list[dict[str, Any]], known: Known, language: str) -> Iterator[Section]:
    so, blanks = holds(known), filled(known, language)
    for section in told:
        wanted = [part for part in section["part"] if _holds(part.get("when", ""), so)]
        parts = []
        for shape, pieces in groupby(wanted, key=_shape):
            said = [_said(piece[language], blanks) for piece in pieces]
            parts += _parts(shape, said, known, language)
        yield Section(section[language], tuple(parts))


def _holds(condition: str, so: dict[str, bool]) -> bool:
    """Tell whether a part is wanted; a condition with ! before it asks for the contrary."""
    if not condition:
        return True
    return not so[condition[1:]] if condition.startswith("!") else so[condition]


def _shape(part: dict[str, Any]) -> str:
    """Return what a part is drawn as; columns and the rows below them are one table."""
    shape = str(part.get("as", "said"))
    return "table" if shape in ("columns", "row") else shape


def _said(text: str | list[str], blanks: dict[str, object]) -> tuple[str, ...]:
    """Fill the blanks; a full stop that was typed at the end of one is not said twice."""
    cells = [text] if isinstance(text, str) else text
    return tuple(_TWO_STOPS.sub(".", cell.format(**blanks)) for cell in cells)


_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


def _parts(shape: str, said: list[tuple[str, ...]], known: Known, language: str) -> list[Part]:
    if shape == "table":
        return [Table(said[0], tuple(said[1:]))]
    if shape == "pair":
        return [Table((), tuple(said))]
    if shape == "settings":
        return [Table(said[0], set_so.rows(language, known.so))]
    if shape == "point":
        return [Points(tuple(text for (text,) in said))]
    return [(Line if shape == "line" else Said)(text) for (text,) in said]
