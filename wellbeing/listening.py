"""Where a process listens, as its environment says."""

import os
import sys


def host(usual: str) -> str:
    """Return the address to listen on: HOST, or the usual one."""
    return os.environ.get("HOST", usual)


def known_address() -> str | None:
    """Return the address that people open this site at, as SITE_URL says, without a slash at its end."""
    return os.environ.get("SITE_URL", "").rstrip("/") or None


def speaks_tls() -> bool:
    """Tell whether this process speaks https itself, without a proxy in front."""
    return bool(os.environ.get("TLS_CERTIFICATE"))


def port(usual: str) -> int:
    """Return the port to listen on: PORT, or the usual one; ends the process where it is none."""
    given = os.environ.get("PORT", usual)
    if not given.isdecimal() or not 0 < int(given) < 65536:
        sys.exit(f"PORT is {given!r}; it must be a whole number from 1 to 65535.")
    return int(given)
