"""Sealing a diary's entries to its owner (libsodium's sealed box): the server can add, and cannot read."""

from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

# Every act at the counter fits into one of these, so that a size tells no act from another.
PADDED_TO = 1024
FILLER = b" "


class CannotOpen(Exception):
    """A box was sealed to another key, or was changed."""


@dataclass(frozen=True, repr=False)
class Pair:
    """A key pair of X25519: 32 bytes each."""

    public: bytes
    private: bytes


def new_pair() -> Pair:
    """Return a fresh key pair."""
    made = PrivateKey.generate()
    return Pair(bytes(made.public_key), bytes(made))


def public_of(private: bytes) -> bytes:
    """Return the public half that belongs to a private one."""
    return bytes(PrivateKey(private).public_key)


def sealed(public: bytes, content: bytes) -> bytes:
    """Return what only the private half opens: the content, filled up to whole kilobytes."""
    size = max(1, -(-len(content) // PADDED_TO)) * PADDED_TO
    return bytes(SealedBox(PublicKey(public)).encrypt(content.ljust(size, FILLER)))


class Reader:
    """Opens what was sealed to one key."""

    def __init__(self, private: bytes) -> None:
        self._box = SealedBox(PrivateKey(private))

    def opened(self, box: bytes) -> bytes:
        """Return what a box holds, without its filling; raise CannotOpen."""
        try:
            return bytes(self._box.decrypt(box)).rstrip(FILLER)
        except CryptoError:
            raise CannotOpen from None
