"""What a browser answers with a passkey, checked (Web Authentication, Level 3, sections 7.1 and 7.2).

The signatures and the form are checked by fido2; origin, sign count and who was verified are asked for here.
"""

import logging
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from fido2 import cbor
from fido2.cose import CoseKey
from fido2.server import Fido2Server
from fido2.webauthn import (
    Aaguid,
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialRpEntity,
    RegistrationResponse,
)

from wellbeing.passkey_refusals import PasskeyRefused, Refusal

# The library notes each credential that it checks, by its id.
logging.getLogger("fido2").setLevel(logging.WARNING)

# EdDSA, ES256 and RS256: every passkey has one of them.
ALGORITHMS = (-8, -7, -257)
PRF_BYTES = 32
LONGEST_ID = 1023
# What fido2 raises, beside its own ValueError, where an answer is made of anything but what it should be.
NONSENSE = (
    *(ValueError, TypeError, LookupError, AttributeError, RecursionError, OverflowError, struct.error),
    *(InvalidSignature, UnsupportedAlgorithm),
)


@dataclass(frozen=True)
class Party:
    """This site as a passkey knows it: the name in its address, and how its addresses begin."""

    name: str
    origin: str


@dataclass(frozen=True, repr=False)
class Made:
    """A new passkey; ``secret`` is its answer for the diary (PRF), where it gave one at once."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    secret: bytes | None


@dataclass(frozen=True, repr=False)
class Used:
    """A right answer: how often the passkey was used by its own count, and its answer for the diary."""

    sign_count: int
    secret: bytes | None


def party_of(root: str) -> Party:
    """Return this site by the beginning of its addresses; raise PasskeyRefused where there can be none."""
    parts = urlsplit(root)
    name = parts.hostname or ""
    if _is_number(name):
        raise PasskeyRefused(Refusal.NO_NAME)
    if parts.scheme != "https" and name != "localhost":
        raise PasskeyRefused(Refusal.NOT_SECURE)
    return Party(name, f"{parts.scheme}://{parts.netloc}".lower())


def _is_number(host: str) -> bool:
    try:
        return bool(ip_address(host))
    except ValueError:
        return False


def text_of(raw: bytes) -> str:
    """Return bytes as they stand in JSON: base64url without filling."""
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def bytes_of(text: object) -> bytes:
    """Return the bytes that a text in JSON stands for; raise ValueError."""
    return urlsafe_b64decode(_text(text) + "=" * (-len(_text(text)) % 4))


def made(party: Party, challenge: bytes, answer: object) -> Made:
    """Return the passkey that was just made; raise PasskeyRefused."""
    sent = _right(lambda: _plain(answer, "clientDataJSON", "attestationObject"))
    new = _right(lambda: RegistrationResponse.from_dict(_with_bytes(sent)))
    data = new.response.attestation_object.auth_data
    credential = data.credential_data
    _check(party, challenge, new.response.client_data, data)
    if credential is None or not _can_sign(credential):
        raise PasskeyRefused(Refusal.NONSENSE)
    _right(lambda: _server(party).register_complete(_asked(challenge), new))
    public_key = cbor.encode(dict(credential.public_key))
    return Made(credential.credential_id, public_key, data.counter, _secret(answer))


def _right(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except NONSENSE:
        raise PasskeyRefused(Refusal.NONSENSE) from None


def _plain(answer: object, *fields: str) -> dict[str, Any]:
    """Return an answer with its texts alone: the library takes a number for as many bytes of nothing."""
    sent = _mapping(answer)
    response = _mapping(sent.get("response"))
    return {
        **{name: _text(sent.get(name)) for name in ("id", "rawId")},
        "response": {name: _text(response.get(name)) for name in fields},
    }


def _mapping(found: object) -> Mapping[str, Any]:
    if not isinstance(found, Mapping):
        raise ValueError
    return found


def _text(found: object) -> str:
    if not isinstance(found, str):
        raise ValueError
    return found


def _with_bytes(sent: dict[str, Any]) -> dict[str, Any]:
    """Return the answer, whose inner box must hold bytes too, for the same reason."""
    box = _mapping(cbor.decode(bytes_of(sent["response"]["attestationObject"])))
    if not isinstance(box.get("authData"), bytes):
        raise ValueError
    return sent


def _check(party: Party, challenge: bytes, client: CollectedClientData, data: AuthenticatorData) -> None:
    """Refuse by its own name what the library would refuse with an error of its own, or not at all."""
    if client.origin != party.origin or client.cross_origin:
        raise PasskeyRefused(Refusal.ELSEWHERE)
    if client.challenge != challenge:
        raise PasskeyRefused(Refusal.OVER)
    if not data.is_user_verified():
        raise PasskeyRefused(Refusal.UNVERIFIED)


def _server(party: Party) -> Fido2Server:
    name = PublicKeyCredentialRpEntity(name=party.name, id=party.name)
    return Fido2Server(name, verify_origin=lambda origin: origin == party.origin)


def _asked(challenge: bytes) -> dict[str, str]:
    return {"challenge": text_of(challenge), "user_verification": "required"}


def _can_sign(credential: AttestedCredentialData) -> bool:
    """Tell whether a signature can ever be checked with a key, which nobody has tried yet."""
    if credential.public_key.ALGORITHM not in ALGORITHMS or len(credential.credential_id) > LONGEST_ID:
        return False
    try:
        credential.public_key.verify(b"", b"")
    except InvalidSignature:
        return True
    except NONSENSE:
        pass
    return False


def _secret(answer: object) -> bytes | None:
    found: Any = answer
    for step in ("clientExtensionResults", "prf", "results", "first"):
        found = found.get(step) if isinstance(found, Mapping) else None
    if found is None:
        return None
    secret = _right(lambda: bytes_of(found))
    if len(secret) != PRF_BYTES:
        raise PasskeyRefused(Refusal.NONSENSE)
    return bytes(secret)


def credential_id(answer: object) -> bytes:
    """Return which passkey claims to answer; raise PasskeyRefused."""
    return bytes(_use(answer).raw_id)


def _use(answer: object) -> AuthenticationResponse:
    fields = ("clientDataJSON", "authenticatorData", "signature")
    found: AuthenticationResponse = _right(lambda: AuthenticationResponse.from_dict(_plain(answer, *fields)))
    return found


def used(party: Party, challenge: bytes, answer: object, public_key: bytes, sign_count: int) -> Used:
    """Return what a passkey of this public key answered; raise PasskeyRefused.

    A count that does not grow means a copy, unless the passkey does not count at all.
    """
    sent = _use(answer)
    data = sent.response.authenticator_data
    _check(party, challenge, sent.response.client_data, data)
    key = CoseKey.parse(cbor.decode(public_key))  # type: ignore[arg-type]
    known = AttestedCredentialData.create(Aaguid.NONE, sent.raw_id, key)
    _right(lambda: _server(party).authenticate_complete(_asked(challenge), [known], sent))
    if (data.counter or sign_count) and data.counter <= sign_count:
        raise PasskeyRefused(Refusal.BACKWARDS)
    return Used(data.counter, _secret(answer))
