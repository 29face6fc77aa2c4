"""The hash chain over the ledger: each digest covers a block's canonical form and the one before."""

import hashlib
import json
from collections.abc import Mapping

FORM = "second-wind-block-1"
START = bytes(32)


def digest(previous: bytes, block: Mapping[str, str | int | None]) -> bytes:
    """Return the SHA-256 of a block after ``previous``; keys sorted, no spaces, the form's name first."""
    canonical = json.dumps([FORM, previous.hex(), dict(sorted(block.items()))], separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).digest()
