"""The five texts that the product grew out of: they are their authors', and lie beside it."""

import re
from functools import cache
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "shared" / "seeds"
FIELD = Path(__file__).parents[2] / "shared" / "design" / "field.md"
needs_the_texts = pytest.mark.skipif(
    not FOLDER.exists(), reason="the five texts that are quoted are not beside this project"
)
needs_the_field_notes = pytest.mark.skipif(
    not FIELD.exists(), reason="the list of the practices in the five texts is not beside this project"
)


def occurs(quoted: str) -> bool:
    """Tell whether words stand in one of the texts, whatever their first and last punctuation mark."""
    return plain(quoted).strip(" .,…") in _all()


@cache
def _all() -> str:
    return " | ".join(plain(file.read_text("utf-8")) for file in sorted(FOLDER.iterdir()))


def plain(text: str) -> str:
    """Return a text on one line, in small letters and with straight quotation marks."""
    straight = text.translate({ord("’"): "'", ord("‘"): "'", ord("“"): '"', ord("”"): '"'})
    return re.sub(r"\s+", " ", straight).lower()
