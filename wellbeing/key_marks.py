"""Marks of a site's secrets: they tell whether a secret is the one of before, and nothing else about it.

A backup holds them, so that whoever restores it under other secrets hears of it before anything is lost.
"""

import hashlib
import hmac
from collections.abc import Mapping

from wellbeing.config import Secrets

LABEL = b"second wind: which secret this is"


def marks(secrets: Secrets) -> dict[str, str]:
    """Return a mark of each secret that a restored site needs again: 64 bits of a MAC under it."""
    needed = {"PIN_PEPPER": secrets.pin_pepper, "SERVER_KEY": secrets.server_key}
    return {name: hmac.new(key, LABEL, hashlib.sha256).hexdigest()[:16] for name, key in needed.items()}


def others(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the secrets that are others now; of one without a mark nobody can say so."""
    return tuple(name for name in sorted(now) if before.get(name, now[name]) != now[name])
