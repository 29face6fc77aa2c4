"""The company's identity provider (OpenID Connect), from the environment; refused if not to be trusted."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from wellbeing.mail_settings import OWN_MACHINE

HOST = re.compile(r"[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(:[0-9]{1,5})?")
CLAIM = re.compile(r"[A-Za-z0-9_./:-]{1,200}")
LONGEST_ISSUER, LONGEST_NAME, LONGEST_SECRET = 400, 40, 1000


class CompanyRefused(ValueError):
    """The settings make no identity provider; the text says what to do and quotes none of them."""


@dataclass(frozen=True, repr=False)
class Company:
    """The provider of the company, and as whom this site asks it.

    ``hosts`` are the only ones that are ever asked: the issuer's, and those that the settings add.
    ``site_url`` is this site's address without a slash at its end; None: as people came to it.
    """

    issuer: str
    client_id: str
    client_secret: str
    name: str
    groups_claim: str = "groups"
    hosts: frozenset[str] = frozenset()
    site_url: str | None = None

    def may_ask(self, url: object) -> bool:
        """Tell whether an address is one of the provider's: its hosts, protected as the issuer is."""
        parts = _parts(url) if isinstance(url, str) else None
        if parts is None:
            return False
        protected = parts.scheme == "https" or parts.scheme == urlsplit(self.issuer).scheme
        return protected and parts.netloc.lower() in self.hosts


def company_of(env: Mapping[str, str], may_be_open: bool = False) -> Company | None:
    """Return what OIDC_ISSUER and its companions describe, None without it; raise CompanyRefused.

    ``may_be_open`` lets a provider on this very machine go without https: for tests and demo sites.
    """
    if not env.get("OIDC_ISSUER"):
        if env.get("OIDC_CLIENT_ID") or env.get("OIDC_CLIENT_SECRET"):
            raise CompanyRefused("OIDC_CLIENT_ID and OIDC_CLIENT_SECRET need OIDC_ISSUER too.")
        return None
    issuer, host = _issuer(env["OIDC_ISSUER"], may_be_open)
    if not _is_text(env.get("OIDC_CLIENT_ID"), 200) or not _is_text(
        env.get("OIDC_CLIENT_SECRET"), LONGEST_SECRET
    ):
        raise CompanyRefused("OIDC_ISSUER needs OIDC_CLIENT_ID and OIDC_CLIENT_SECRET too.")
    return Company(
        issuer=issuer,
        client_id=env["OIDC_CLIENT_ID"],
        client_secret=env["OIDC_CLIENT_SECRET"],
        name=_name(env.get("OIDC_NAME") or host.partition(":")[0]),
        groups_claim=_claim(env.get("OIDC_GROUPS_CLAIM") or "groups"),
        hosts=frozenset({host, *_hosts(env.get("OIDC_HOSTS", ""))}),
        site_url=_site_url(env.get("SITE_URL")),
    )


def _issuer(url: str, may_be_open: bool) -> tuple[str, str]:
    parts = _parts(url)
    if parts is None or parts.query or len(url) > LONGEST_ISSUER:
        raise CompanyRefused("OIDC_ISSUER is no address, such as https://login.example.org.")
    is_open = parts.scheme == "http" and may_be_open and parts.hostname in OWN_MACHINE
    if parts.scheme != "https" and not is_open:
        raise CompanyRefused("OIDC_ISSUER must begin with https://: signing in is not sent unprotected.")
    return url, parts.netloc.lower()


def _parts(url: str) -> SplitResult | None:
    """Return an address in its parts; None for what is none, or holds a user, a password or a fragment."""
    try:
        parts = urlsplit(url)
        _port = parts.port
    except ValueError:
        return None
    plain = url.isascii() and url.isprintable() and not set(' "<>\\^`{|}') & set(url)
    if not plain or parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    return None if parts.fragment or "@" in parts.netloc else parts


def _is_text(text: str | None, longest: int) -> bool:
    return bool(text) and len(text or "") <= longest and (text or "").isprintable()


def _name(text: str) -> str:
    if not _is_text(text, LONGEST_NAME) or "%" in text:
        raise CompanyRefused("OIDC_NAME is what the button calls your company: 1 to 40 visible characters.")
    return text


def _claim(text: str) -> str:
    if not CLAIM.fullmatch(text):
        raise CompanyRefused("OIDC_GROUPS_CLAIM is the name of one claim, such as groups.")
    return text


def _hosts(text: str) -> list[str]:
    hosts = [host.strip().lower() for host in text.split(",") if host.strip()]
    if len(hosts) > 10 or not all(HOST.fullmatch(host) for host in hosts):
        raise CompanyRefused("OIDC_HOSTS holds host names with commas between them, such as api.example.org.")
    return hosts


def _site_url(url: str | None) -> str | None:
    if not url:
        return None
    parts = _parts(url)
    if parts is None or parts.query:
        raise CompanyRefused("SITE_URL is this site's address, such as https://wind.example.org.")
    return url.rstrip("/")
