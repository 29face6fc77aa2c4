"""What the shipped texts quote: nothing that its author did not write, and never without a source."""

import re
from collections.abc import Iterator
from typing import Any

from tests.seeds import needs_the_texts, occurs
from wellbeing.content.kinds import KINDS
from wellbeing.content.shipped import Shipped, shipped

# Kinds whose English text is a quotation as a whole, where the entry names a source and is no exercise.
WHOLE = {"message", "line"}
THE_TEXTS = (
    *("Lateiner", "Gorun", "Message of the Day", "Carlos Castaneda"),
    *("Training Customers to Blackmail", "Handling Customers Or Managing Traumas"),
)
QUOTED = re.compile(r"“([^”]*)”")
QUOTED_IN_SPANISH = re.compile(r"«([^»]*)»")


def entries() -> Iterator[tuple[str, Shipped]]:
    for kind in KINDS:
        for entry in shipped(kind):
            yield kind, entry


def plain(entry: Shipped, field: str) -> Any:
    return entry.words["plain"].get(field)


def test_whatever_stands_in_quotation_marks_names_where_it_stood():
    for kind, entry in entries():
        if quotations(kind, entry):
            source = f"{plain(entry, 'author') or ''} {plain(entry, 'source') or ''}"
            assert any(name in source for name in THE_TEXTS), (kind, entry.key)


def test_a_quotation_is_one_in_every_language():
    for kind, entry in entries():
        for name, text in entry.words["en"].items():
            spanish = entry.words["es"][name]
            assert len(QUOTED.findall(text)) == len(QUOTED_IN_SPANISH.findall(spanish)), (
                kind.name,
                entry.key,
            )


@needs_the_texts
def test_nothing_is_quoted_that_its_author_did_not_write():
    quoted = [(entry.key, text) for kind, entry in entries() for text in quotations(kind, entry)]

    assert len(quoted) > 50
    assert [(key, text) for key, text in quoted if not occurs(text)] == []


@needs_the_texts
def test_a_word_that_was_changed_in_a_quotation_is_found():
    assert occurs("You can’t meet anger with anger")
    assert not occurs("You can’t meet anger with kindness")


def quotations(kind: str, entry: Shipped) -> list[str]:
    """Return what an entry says in somebody else's words."""
    english = entry.words["en"]
    texts = [*english.values(), str(plain(entry, "source") or "")]
    found = [quoted for text in texts for quoted in QUOTED.findall(text)]
    whole = kind in WHOLE and plain(entry, "source") and not plain(entry, "exercise")
    return [*found, english["text"]] if whole else found
