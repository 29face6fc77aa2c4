"""Where this site's e-mail goes out, from the environment; refused where it could not be trusted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

# Letters, digits and signs that need no quoting anywhere: nothing that could begin another header line.
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
LONGEST_ADDRESS = 254


class Security(StrEnum):
    """How the way to the mail server is protected."""

    NONE = "smtp"
    TLS = "smtps"
    STARTTLS = "smtp+starttls"


PORTS = {Security.NONE: 25, Security.TLS: 465, Security.STARTTLS: 587}
OWN_MACHINE = ("localhost", "127.0.0.1", "::1")


class MailRefused(ValueError):
    """The settings make no mail server; the text says what to do and quotes none of them."""


@dataclass(frozen=True, repr=False)
class Mail:
    """The mail server, who its letters are from, and the address of this site, without a slash at its end."""

    host: str
    port: int
    security: Security
    login: tuple[str, str] | None
    sender: str
    site_url: str


def is_address(text: str) -> bool:
    """Tell whether something is an e-mail address in plain letters."""
    return len(text) <= LONGEST_ADDRESS and ADDRESS.fullmatch(text) is not None


def mail_of(env: Mapping[str, str]) -> Mail | None:
    """Return what SMTP_URL, MAIL_FROM and SITE_URL describe, None without SMTP_URL; raise MailRefused."""
    if not env.get("SMTP_URL"):
        return None
    host, port, security, login = _server(env["SMTP_URL"])
    sender = env.get("MAIL_FROM", "")
    if not is_address(sender):
        raise MailRefused("SMTP_URL needs MAIL_FROM too: an e-mail address such as wind@example.org.")
    return Mail(host, port, security, login, sender, _site_url(env.get("SITE_URL", "")))


def _server(url: str) -> tuple[str, int, Security, tuple[str, str] | None]:
    parts, port = _parts(url, "SMTP_URL")
    if parts.scheme not in list(Security) or parts.path not in ("", "/"):
        raise MailRefused("SMTP_URL is smtps://, smtp+starttls:// or smtp://, then USER:PASSWORD@HOST:PORT.")
    security = Security(parts.scheme)
    login = _login(parts)
    if login and security is Security.NONE and parts.hostname not in OWN_MACHINE:
        raise MailRefused("SMTP_URL would send its password unprotected: use smtps:// or smtp+starttls://.")
    return str(parts.hostname), port or PORTS[security], security, login


def _parts(url: str, name: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise MailRefused(f"{name} is no address.") from None
    if not parts.hostname or parts.query or parts.fragment or not url.isprintable() or " " in url:
        raise MailRefused(f"{name} is no address.")
    return parts, port


def _login(parts: SplitResult) -> tuple[str, str] | None:
    if not parts.username and not parts.password:
        return None
    if not parts.username or not parts.password:
        raise MailRefused("SMTP_URL needs both a user and a password, or none of the two.")
    return unquote(parts.username), unquote(parts.password)


def _site_url(url: str) -> str:
    parts, _port = _parts(url, "SITE_URL") if url else (urlsplit(""), None)
    if parts.scheme not in ("http", "https") or parts.username or parts.password:
        raise MailRefused(
            "SMTP_URL needs SITE_URL too: this site's address, such as https://wind.example.org."
        )
    return url.rstrip("/")
