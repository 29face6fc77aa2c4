"""The hash chain over a ledger: each digest covers a block's canonical form and the one before."""

import hashlib
import json
from collections.abc import Mapping

FORM = "second-wind-block-1"
DETAIL_FORM = "second-wind-detail-1"
CHECKUP_FORM = "second-wind-checkup-1"
START = bytes(32)

Plain = str | int | None | list[list[str]]


def digest(previous: bytes, block: Mapping[str, Plain], form: str = FORM) -> bytes:
    """Return the SHA-256 of a block after ``previous``; keys sorted, no spaces, the form's name first."""
    canonical = json.dumps([form, previous.hex(), dict(sorted(block.items()))], separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).digest()
