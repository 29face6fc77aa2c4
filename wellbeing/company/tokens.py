"""The token that says who somebody is: its signature and each of its claims checked, or nothing believed."""

import json
import math
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyTypeError, JoseError
from joserfc.jwk import Key
from joserfc.jws import JWSRegistry

from wellbeing.company.provider import Provider
from wellbeing.company.refusals import CompanyRefusal, Reason

# Signatures with a private key alone: with "none" or a shared key anybody could sign who knows what we know.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
LEEWAY_SECONDS = 60
LONGEST_SUBJECT = 255
_NONSENSE = (JoseError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


class _Registry(JWSRegistry):
    # People in thousands of groups have long tokens, and some providers add header fields of their own.
    max_header_length = 8_000
    max_payload_length = 700_000

    def __init__(self) -> None:
        super().__init__(algorithms=ALGORITHMS, strict_check_header=False)


def verified(
    provider: Provider, token: object, nonce: str, access_token: str, now: float
) -> Mapping[str, Any]:
    """Return the claims of a token that the provider signed for this site and sign-in; raise CompanyRefusal.

    ``now`` is in seconds since 1970. Checked are the signature, the issuer, the audience and the authorized
    party, the times, the nonce, the hash of the access token if given (OpenID Connect Core 1.0, 3.1.3.7).
    """
    if not isinstance(token, str):
        raise CompanyRefusal(Reason.UNPROVEN, "no token that says who it is")
    try:
        signed = _signed(provider, token)
        company = provider.company
        claims = CodeIDToken(
            signed.claims,
            signed.header,
            {"iss": _must_be(company.issuer), "aud": _must_be(company.client_id)},
            {"nonce": nonce, "client_id": company.client_id, "access_token": access_token},
        )
        claims.validate(math.floor(now), LEEWAY_SECONDS)
    except _NONSENSE as refused:
        raise CompanyRefusal(Reason.UNPROVEN, f"a token that fails: {type(refused).__name__}") from None
    if not 1 <= len(claims["sub"]) <= LONGEST_SUBJECT or not claims["sub"].isprintable():
        raise CompanyRefusal(Reason.UNPROVEN, "a subject that cannot be kept")
    return dict(claims)


def _must_be(value: str) -> dict[str, Any]:
    return {"essential": True, "value": value}


def _signed(provider: Provider, token: str) -> jwt.Token:
    """Return a token whose signature is right, by the keys that are known or, if need be, by those of now."""
    header = _header(token)
    try:
        return _signed_by(_fitting(provider.keys(), header), token)
    except BadSignatureError:
        return _signed_by(_fitting(provider.keys(anew=True), header), token)


def _header(token: str) -> Mapping[str, Any]:
    head = token.partition(".")[0]
    header = json.loads(urlsafe_b64decode(head + "=" * (-len(head) % 4)))
    if header["alg"] not in ALGORITHMS:
        raise ValueError
    return dict(header)


def _fitting(keys: tuple[Key, ...], header: Mapping[str, Any]) -> list[Key]:
    kind, name = "EC" if header["alg"].startswith("ES") else "RSA", header.get("kid")
    return [key for key in keys if key.key_type == kind and name in (None, key.kid)]


def _signed_by(keys: list[Key], token: str) -> jwt.Token:
    for key in keys:
        try:
            return jwt.decode(token, key, registry=_Registry())
        except (BadSignatureError, InvalidKeyTypeError):
            continue
    raise BadSignatureError
