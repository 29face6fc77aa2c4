"""The way to one's own sign-in as a tablet shows it: an address, and a QR picture that holds the code too."""

from typing import Any

import segno
from flask import url_for


def pictured(outcome: dict[str, Any]) -> dict[str, Any]:
    """Return what an act told; where that is a code for a sign-in, with the way to use it.

    The code stands behind the #, which no server gets to see.
    """
    if not outcome.get("code"):
        return outcome
    address = url_for("auth.first_time", _external=True)
    picture = segno.make(f"{address}#code={outcome['code']}", error="m")
    return outcome | {"address": address, "picture": picture.svg_data_uri(scale=6, border=2)}
