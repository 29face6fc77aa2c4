"""What a check found: whether it is well, in a sentence, and what to do where it is not."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One check's outcome; where ``ok`` is true, ``remedy`` is advice, or empty."""

    name: str
    ok: bool
    sentence: str
    remedy: str = ""


def well(name: str, sentence: str, advice: str = "") -> Finding:
    """Return the finding that something is as it should be, perhaps with advice."""
    return Finding(name, True, sentence, advice)


def fault(name: str, sentence: str, remedy: str) -> Finding:
    """Return the finding that something is not as it should be, and what to do."""
    return Finding(name, False, sentence, remedy)
