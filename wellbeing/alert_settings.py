"""Whom this site tells when something is late or wrong, from the environment; refused where it is nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from wellbeing.mail_settings import OWN_MACHINE, is_address

SHORTEST_SECRET = 16


class AlertsRefused(ValueError):
    """The settings lead to nobody who could be told; the text says what to do and quotes none of them."""


@dataclass(frozen=True, repr=False)
class Webhook:
    """Another machine's door: host, port and path, whether by TLS, and what its messages are signed with."""

    host: str
    port: int | None
    path: str
    by_tls: bool
    secret: bytes


@dataclass(frozen=True, repr=False)
class Recipients:
    """An e-mail address, a webhook, or both."""

    address: str | None
    webhook: Webhook | None


def recipients_of(env: Mapping[str, str], has_mail: bool) -> Recipients | None:
    """Return what ALERT_TO, ALERT_WEBHOOK and ALERT_SECRET say, None without them; raise AlertsRefused."""
    address, url = env.get("ALERT_TO") or None, env.get("ALERT_WEBHOOK")
    if address and not is_address(address):
        raise AlertsRefused("ALERT_TO is one e-mail address, such as it@example.org.")
    if address and not has_mail:
        raise AlertsRefused("ALERT_TO needs SMTP_URL too: without a mail server no letter goes out.")
    webhook = _webhook(url, env.get("ALERT_SECRET", "")) if url else None
    return Recipients(address, webhook) if address or webhook else None


def _webhook(url: str, secret: str) -> Webhook:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AlertsRefused("ALERT_WEBHOOK is no address.") from None
    host = parts.hostname
    plain = url.isascii() and url.isprintable() and " " not in url
    if not host or parts.username or parts.fragment or not plain:
        raise AlertsRefused("ALERT_WEBHOOK is no address.")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in OWN_MACHINE):
        raise AlertsRefused("ALERT_WEBHOOK begins with https://, or with http:// on this machine itself.")
    if secret and len(secret) < SHORTEST_SECRET:
        raise AlertsRefused("ALERT_SECRET has 16 characters or more.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Webhook(host, port, path, parts.scheme == "https", secret.encode())
