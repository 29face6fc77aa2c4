"""What is taken from all that a provider says of somebody: a subject, a proven e-mail address, groups."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wellbeing.company_settings import Company

LONGEST_EMAIL = 80
LONGEST_GROUP = 200
MOST_GROUPS = 20_000


@dataclass(frozen=True, repr=False)
class Identity:
    """Somebody as the provider knows them; ``email`` only where it says that it has proven it."""

    issuer: str
    subject: str
    email: str | None
    groups: frozenset[str]


def identity_of(company: Company, claims: Mapping[str, Any]) -> Identity:
    """Return what checked claims say that is of use here."""
    groups = groups_in(claims.get(company.groups_claim))
    return Identity(company.issuer, claims["sub"], _email(claims), groups)


def _email(claims: Mapping[str, Any]) -> str | None:
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        return None
    plain = email.strip().lower()
    return plain if "@" in plain and len(plain) <= LONGEST_EMAIL and plain.isascii() else None


def groups_in(found: object) -> frozenset[str]:
    """Return the names of groups in a claim: one text, or a list of which only texts count."""
    listed = [found] if isinstance(found, str) else found if isinstance(found, list) else []
    return frozenset(name for name in listed[:MOST_GROUPS] if is_group(name))


def is_group(name: object) -> bool:
    """Tell whether something is a name of a group that a mapping could hold."""
    return isinstance(name, str) and 1 <= len(name) <= LONGEST_GROUP and name.isprintable()
