"""How many guesses a password would take: words, names, dates and rows of keys come first (zxcvbn)."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from zxcvbn import matching, scoring

# At the cost of one guess against a stored password (argon2id, 64 MiB) a thousand million of them keep a
# core busy for more than a year.
GUESSES = 10**9
# Signs that stand for letters are tried in every combination: without a bound that could take seconds.
LOOKED_AT = 24


class Weakness(StrEnum):
    """What makes a password easy to guess."""

    KNOWN = "known"
    COMMON = "common"
    WORDS = "words"
    KEYS = "keys"
    ROW = "row"
    DATE = "date"
    SHORT = "short"


_OF_PATTERN = {
    "spatial": Weakness.KEYS,
    "repeat": Weakness.ROW,
    "sequence": Weakness.ROW,
    "date": Weakness.DATE,
    "regex": Weakness.DATE,
}
_OF_LIST = {"user_inputs": Weakness.KNOWN, "passwords": Weakness.COMMON}


def weakness(password: str, known: Iterable[str]) -> Weakness | None:
    """Return why a password is easy to guess, or None for a good one.

    ``known`` holds what anybody knows of its owner, such as their name. The first 24 characters decide.
    """
    looked_at = password[:LOOKED_AT]
    # A list of our own for each call: the library's one is shared, and would keep somebody's names.
    lists = matching.RANKED_DICTIONARIES | {"user_inputs": matching.build_ranked_dict(words_of(known))}
    found = scoring.most_guessable_match_sequence(looked_at, matching.omnimatch(looked_at, lists))
    return _worst(found["sequence"]) if found["guesses"] < GUESSES else None


def words_of(known: Iterable[str]) -> list[str]:
    """Return texts as a password may hold them: whole, without blanks, and each of their words."""
    found: dict[str, None] = {}
    for text in known:
        parts = text.casefold().split()
        for word in (" ".join(parts), "".join(parts), *parts):
            if len(word) > 2:
                found[word] = None
    return list(found)


def _worst(sequence: Iterable[dict[str, Any]]) -> Weakness:
    """Return what the longest part that is no mere chance says; a name in it says it first."""
    found = [(_kind(part), len(part["token"])) for part in sequence]
    told = [one for one in found if one[0] is not Weakness.SHORT]
    return max(told, key=lambda one: (one[0] is Weakness.KNOWN, one[1]), default=(Weakness.SHORT, 0))[0]


def _kind(part: dict[str, Any]) -> Weakness:
    if part["pattern"] == "dictionary":
        return _OF_LIST.get(part["dictionary_name"], Weakness.WORDS)
    return _OF_PATTERN.get(part["pattern"], Weakness.SHORT)
