"""What the provider says of itself: its addresses and keys, asked for when needed, kept for an hour."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authlib.oidc.discovery import get_well_known_url
from joserfc.errors import JoseError
from joserfc.jwk import JWKRegistry, Key

from wellbeing.company.asking import ask
from wellbeing.company.refusals import CompanyRefusal, Detail, Reason
from wellbeing.company_settings import Company

KEPT_SECONDS = 3600.0
# After a question without an answer nobody waits for another one meanwhile.
REST_SECONDS = 5.0
MOST_KEYS = 50
# A modulus of 2048 to 8192 bits, in base64: shorter ones are weak, longer ones keep a whole core busy.
MODULUS = range(340, 1400)


@dataclass(frozen=True)
class Metadata:
    """The addresses of the provider that are used here, each among its own hosts."""

    authorization: str
    token: str
    keys: str
    userinfo: str | None
    scopes: frozenset[str]
    by_post_only: bool
    names_itself: bool


class Provider:
    """The provider of a running process."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self._lock = threading.Lock()
        self._described: tuple[float, Metadata] | None = None
        self._keys: tuple[float, tuple[Key, ...]] | None = None
        self._failed: tuple[float, CompanyRefusal] | None = None

    def described(self) -> Metadata:
        """Return its addresses; raise CompanyRefusal."""
        kept = self._described
        if kept is None or time.monotonic() - kept[0] > KEPT_SECONDS:
            kept = self._described = (time.monotonic(), self._asked_for_description())
        return kept[1]

    def _asked_for_description(self) -> Metadata:
        with self._lock:
            self._rest()
            try:
                url = get_well_known_url(self.company.issuer, external=True)
                return _described(self.company, _found(*ask(self.company, url)))
            except CompanyRefusal as refused:
                self._failed = (time.monotonic(), refused)
                raise

    def _rest(self) -> None:
        if self._failed is not None and time.monotonic() - self._failed[0] < REST_SECONDS:
            raise CompanyRefusal(self._failed[1].reason, self._failed[1].detail, self._failed[1].fact)

    def keys(self, anew: bool = False) -> tuple[Key, ...]:
        """Return its keys, asked for ``anew`` where it may have changed them; raise CompanyRefusal."""
        kept = self._keys
        if anew or kept is None or time.monotonic() - kept[0] > KEPT_SECONDS:
            found = _keys(_found(*ask(self.company, self.described().keys)))
            kept = self._keys = (time.monotonic(), found)
        return kept[1]

    def forget(self) -> None:
        """Forget all that was kept, so that the next question is asked anew."""
        self._described = self._keys = self._failed = None


def _found(status: int, body: Any) -> Mapping[str, Any]:
    if status != 200 or not isinstance(body, dict):
        raise CompanyRefusal(Reason.ODD, Detail.STATUS, str(status))
    return body


def _described(company: Company, found: Mapping[str, Any]) -> Metadata:
    # Another issuer than the one that was asked speaks for somebody else (OpenID Connect Discovery 1.0, 4.3).
    if found.get("issuer") != company.issuer:
        raise CompanyRefusal(Reason.ODD, Detail.OTHER_NAME)
    userinfo = found.get("userinfo_endpoint")
    methods = _texts(found.get("token_endpoint_auth_methods_supported"))
    return Metadata(
        authorization=_address(company, found, "authorization_endpoint"),
        token=_address(company, found, "token_endpoint"),
        keys=_address(company, found, "jwks_uri"),
        userinfo=userinfo if company.may_ask(userinfo) else None,
        scopes=_texts(found.get("scopes_supported")),
        by_post_only=bool(methods) and "client_secret_basic" not in methods,
        names_itself=found.get("authorization_response_iss_parameter_supported") is True,
    )


def _address(company: Company, found: Mapping[str, Any], name: str) -> str:
    url = found.get(name)
    if not isinstance(url, str) or not company.may_ask(url):
        raise CompanyRefusal(Reason.ODD, Detail.ELSEWHERE, name)
    return url


def _texts(found: object) -> frozenset[str]:
    return (
        frozenset(text for text in found if isinstance(text, str)) if isinstance(found, list) else frozenset()
    )


def _keys(found: Mapping[str, Any]) -> tuple[Key, ...]:
    listed = found.get("keys")
    keys = [_key(one) for one in listed[:MOST_KEYS]] if isinstance(listed, list) else []
    usable = tuple(key for key in keys if key is not None)
    if not usable:
        raise CompanyRefusal(Reason.ODD, Detail.NO_KEY)
    return usable


def _key(one: object) -> Key | None:
    """Return a public key for signatures; None for any other, above all for one that is shared."""
    if not isinstance(one, dict) or one.get("use", "sig") != "sig":
        return None
    is_rsa = one.get("kty") == "RSA" and len(str(one.get("n"))) in MODULUS
    if not is_rsa and one.get("kty") != "EC":
        return None
    try:
        return JWKRegistry.import_key(one)
    except (JoseError, ValueError, TypeError, KeyError):
        return None
