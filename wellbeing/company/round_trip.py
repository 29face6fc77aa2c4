"""To the provider and back: what goes along, what must come back, and what it is exchanged for."""

import hmac
import secrets
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from wellbeing.company.asking import ask
from wellbeing.company.claims import Identity, identity_of
from wellbeing.company.provider import Metadata, Provider
from wellbeing.company.refusals import CompanyRefusal, Reason
from wellbeing.company.tokens import verified

SECONDS = 600
LONGEST_CODE = 4000


@dataclass(frozen=True, repr=False)
class Begun:
    """What a browser keeps while its owner is at the provider; good once, for ten minutes."""

    state: str
    nonce: str
    verifier: str
    issuer: str
    back: str
    at: int


def begin(provider: Provider, back: str, now: float) -> tuple[str, Begun]:
    """Return the provider's address to go to, and what to keep meanwhile; raise CompanyRefusal.

    ``back`` is this site's address to come back to, ``now`` seconds since 1970.
    """
    known, company = provider.described(), provider.company
    state, nonce, verifier = (secrets.token_urlsafe(32) for _each in range(3))
    url = prepare_grant_uri(
        known.authorization,
        company.client_id,
        "code",
        redirect_uri=back,
        scope=_scope(known, company.groups_claim),
        state=state,
        nonce=nonce,
        code_challenge=create_s256_code_challenge(verifier),
        code_challenge_method="S256",
    )
    return url, Begun(state, nonce, verifier, company.issuer, back, int(now))


def _scope(known: Metadata, groups_claim: str) -> list[str]:
    """Ask for an e-mail address and groups, never for a name; for groups only where the provider can."""
    wanted = [scope for scope in (groups_claim, "groups") if scope in known.scopes]
    return ["openid", "email", *wanted[:1]]


def finish(provider: Provider, begun: Begun, told: Mapping[str, str], now: float) -> Identity:
    """Return who came back from the provider; ``told`` is what their address says. Raises CompanyRefusal."""
    _check(provider, begun, told, now)
    known = provider.described()
    tokens = _tokens(provider, known, begun, told.get("code", ""))
    access_token = tokens.get("access_token")
    if not isinstance(access_token, str) or not (access_token.isascii() and access_token.isprintable()):
        raise CompanyRefusal(Reason.UNPROVEN, "no access token")
    claims = verified(provider, tokens.get("id_token"), begun.nonce, access_token, now)
    return identity_of(provider.company, _whole(provider, known, claims, access_token))


def _check(provider: Provider, begun: Begun, told: Mapping[str, str], now: float) -> None:
    is_same = hmac.compare_digest(told.get("state", "").encode(), begun.state.encode())
    if not is_same or not 0 <= now - begun.at <= SECONDS or begun.issuer != provider.company.issuer:
        raise CompanyRefusal(Reason.OVER, "a way back that was not begun here, or too long ago")
    _check_speaker(provider, told)
    if "error" in told:
        denied = told["error"] in ("access_denied", "login_required", "interaction_required")
        raise CompanyRefusal(Reason.DENIED if denied else Reason.ODD, "it sent back an error")
    if not 1 <= len(told.get("code", "")) <= LONGEST_CODE:
        raise CompanyRefusal(Reason.ODD, "no code came back")


def _check_speaker(provider: Provider, told: Mapping[str, str]) -> None:
    """Refuse an answer in another provider's name (RFC 9207)."""
    if "iss" in told and told["iss"] != provider.company.issuer:
        raise CompanyRefusal(Reason.UNPROVEN, "an answer in the name of another issuer")
    if "iss" not in told and provider.described().names_itself:
        raise CompanyRefusal(Reason.UNPROVEN, "an answer without the issuer's name")


def _tokens(provider: Provider, known: Metadata, begun: Begun, code: str) -> Mapping[str, Any]:
    company, headers = provider.company, {}
    form = prepare_token_request(
        "authorization_code", redirect_uri=begun.back, code=code, code_verifier=begun.verifier
    )
    if known.by_post_only:
        form += (
            f"&client_id={quote_plus(company.client_id)}&client_secret={quote_plus(company.client_secret)}"
        )
    else:
        # Both are encoded like a form's fields first (RFC 6749, 2.3.1), which Authlib leaves out.
        pair = f"{quote_plus(company.client_id)}:{quote_plus(company.client_secret)}"
        headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
    status, found = ask(company, known.token, headers, form)
    if status != 200 or not isinstance(found, dict):
        raise CompanyRefusal(Reason.UNPROVEN, f"status {status} in place of a token")
    return found


def _whole(
    provider: Provider, known: Metadata, claims: Mapping[str, Any], access_token: str
) -> Mapping[str, Any]:
    """Add what only the provider's userinfo says, where the token lacks the e-mail address or the groups."""
    wanted = {"email", provider.company.groups_claim}
    if known.userinfo is None or wanted <= set(claims):
        return claims
    status, found = ask(provider.company, known.userinfo, {"Authorization": f"Bearer {access_token}"})
    # What is said of somebody else must not be taken for theirs (OpenID Connect Core 1.0, 5.3.2).
    if status != 200 or not isinstance(found, dict) or found.get("sub") != claims["sub"]:
        raise CompanyRefusal(Reason.UNPROVEN, f"status {status}, or another subject, in place of userinfo")
    return {**found, **claims}
