"""Sealing what a tablet cannot send yet: HPKE (RFC 9180) to a P-256 key whose other half is here (R8).

DHKEM(P-256, HKDF-SHA256), HKDF-SHA256 and AES-256-GCM, one message at a time. A box is what the browser makes
of it: the 65 bytes of the encapsulated key, then the ciphertext.
"""

from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

INFO = b"second-wind counter entry 1"
SUITE = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
CURVE = ec.SECP256R1()
PRIVATE_BYTES = 32


class CannotOpen(Exception):
    """A box was sealed to another key or for another purpose, was changed, or is none."""


@dataclass(frozen=True, repr=False)
class Pair:
    """A key pair: the public half as 65 bytes (an uncompressed point), the private half as 32."""

    public: bytes
    private: bytes


def new_pair() -> Pair:
    """Return a fresh key pair."""
    made = ec.generate_private_key(CURVE)
    public = made.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Pair(public, made.private_numbers().private_value.to_bytes(PRIVATE_BYTES, "big"))


def opened(private: bytes, box: bytes) -> bytes:
    """Return what a box holds; raise CannotOpen for one that was not sealed to this key, or was changed."""
    try:
        return SUITE.decrypt(box, _private_key(private), INFO)
    except InvalidTag:
        raise CannotOpen from None


def _private_key(private: bytes) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(private, "big"), CURVE)
