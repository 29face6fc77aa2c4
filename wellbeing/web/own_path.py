"""Where a form may lead back to: nowhere but this site."""

from urllib.parse import urlsplit


def is_own_path(wanted: str | None) -> bool:
    """Tell whether an address is a path of this site, which a browser cannot read as another's."""
    if not wanted or not wanted.startswith("/") or wanted[1:2] in ("/", "\\") or not wanted.isprintable():
        return False
    parts = urlsplit(wanted)
    return not parts.scheme and not parts.netloc


def own_path(wanted: str | None) -> str | None:
    """Return an address that is a path of this site, and None for any other."""
    return wanted if is_own_path(wanted) else None
