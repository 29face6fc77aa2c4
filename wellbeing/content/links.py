"""Which links may stand in a text: plain web addresses, and nothing that runs, hides or signs in."""

import unicodedata
from urllib.parse import urlsplit

from flask_babel import gettext as _

SCHEMES = ("http", "https")


def problem_of(link: str) -> str:
    """Return why a link is refused, in a sentence; "" for one that may stand."""
    if any(sign.isspace() or unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in link):
        return _("A link has no spaces and no characters that cannot be seen.")
    try:
        parts = urlsplit(link)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return _("This is not a link that a browser could open.")
    if parts.scheme.lower() not in SCHEMES:
        return _("Only links that begin with http:// or https:// can be opened safely.")
    if parts.username is not None or parts.password is not None or "\\" in link:
        return _("A link must not hold a sign-in name or a password.")
    if port == 0 or not host.strip(".") or "//" not in link:
        return _("This is not a link that a browser could open.")
    return ""
