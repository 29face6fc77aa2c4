"""The words by which a case is found: small letters, no accents, digits as they stand."""

import re
import unicodedata

from wellbeing.models.cases import Case

LONGEST = 40
MOST_ASKED = 6
WORD = re.compile(r"[^\W_]+")


def split(text: str) -> list[str]:
    """Return the words of a text in their order, as they are kept and looked for."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in plain if unicodedata.category(sign) != "Mn")
    return [word[:LONGEST] for word in WORD.findall(bare)]


def asked(text: str) -> tuple[str, ...]:
    """Return the words that somebody looks for, each once; the last one may be the beginning of a word."""
    return tuple(dict.fromkeys(split(text)[-MOST_ASKED:]))


def of(case: Case) -> set[str]:
    """Return every word of a case and its notes; an order number is found with and without its hyphens."""
    texts = (case.what, case.promised, case.next_step, case.prevention, *(note.text for note in case.notes))
    number = split(case.order_number)
    return {word for text in texts for word in split(text)} | {*number, "".join(number)[:LONGEST]} - {""}
