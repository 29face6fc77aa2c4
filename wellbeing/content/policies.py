"""What everybody at a site may rely on, each policy found by its key."""

from dataclasses import dataclass
from datetime import date

from wellbeing.content.entries import Reader, by_key

END_CONTACT, BREAK, SERIOUS_RISK = "end-contact", "break-entitlement", "serious-risk"
NO_PERFECT_SCORES = "no-perfect-scores"


@dataclass(frozen=True)
class Policy:
    """A policy in one language."""

    title: str
    text: str


def policy(reader: Reader, key: str, day: date, language: str) -> Policy | None:
    """Return a policy in a language; None where the site has taken it away."""
    found = by_key(reader, "policy", day, language).get(key)
    return Policy(found["title"], found["text"]) if found else None
