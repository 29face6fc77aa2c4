"""The private key of a diary, wrapped by what its owner knows or holds; the server keeps only the wraps."""

import hashlib
import hmac
import secrets
import struct

from argon2.low_level import Type, hash_secret_raw
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from wellbeing import codes, passwords

KEY_BYTES = 32
SALT_BYTES = 16
# Three costs of argon2id, so that a wrap made today opens when stronger ones have become the rule.
COSTS = struct.Struct(">III")
RECOVERY_LETTERS = 28
GROUP = 4


class WrongSecret(Exception):
    """A password, code or key does not open this wrap."""


def by_password(password: str, private: bytes) -> bytes:
    """Return a private key wrapped by a password (argon2id, with the costs that passwords are kept with)."""
    hasher, salt = passwords.HASHER, secrets.token_bytes(SALT_BYTES)
    costs = COSTS.pack(hasher.time_cost, hasher.memory_cost, hasher.parallelism)
    return costs + salt + _boxed(_key_of(password, costs, salt), private)


def with_password(password: str, wrap: bytes) -> bytes:
    """Return the private key that a password wrapped; raise WrongSecret."""
    costs, rest = wrap[: COSTS.size], wrap[COSTS.size :]
    return _unboxed(_key_of(password, costs, rest[:SALT_BYTES]), rest[SALT_BYTES:])


def _key_of(password: str, costs: bytes, salt: bytes) -> bytes:
    time_cost, memory_cost, parallelism = COSTS.unpack(costs)
    return hash_secret_raw(
        passwords.prepared(password).encode(), salt, time_cost, memory_cost, parallelism, KEY_BYTES, Type.ID
    )


def by_secret(secret: bytes, purpose: str, private: bytes) -> bytes:
    """Return a private key wrapped by 16 random bytes or more, which nobody can guess."""
    return _boxed(_purposed(secret, purpose), private)


def with_secret(secret: bytes, purpose: str, wrap: bytes) -> bytes:
    """Return the private key that a secret wrapped for a purpose; raise WrongSecret."""
    return _unboxed(_purposed(secret, purpose), wrap)


def _purposed(secret: bytes, purpose: str) -> bytes:
    return hmac.digest(secret, b"diary:" + purpose.encode(), hashlib.sha256)


def _boxed(key: bytes, private: bytes) -> bytes:
    return bytes(SecretBox(key).encrypt(private))


def _unboxed(key: bytes, wrap: bytes) -> bytes:
    try:
        return bytes(SecretBox(key).decrypt(wrap))
    except (CryptoError, ValueError):
        raise WrongSecret from None


def new_recovery_code() -> str:
    """Return a code of 28 letters and digits in groups of four (140 bits), to be printed or written down."""
    letters = "".join(secrets.choice(codes.ALPHABET) for _ in range(RECOVERY_LETTERS))
    return "-".join(letters[at : at + GROUP] for at in range(0, RECOVERY_LETTERS, GROUP))


def recovery_secret(code: str) -> bytes | None:
    """Return the secret that a recovery code stands for, or None for what cannot be one."""
    found = codes.plain(code, RECOVERY_LETTERS)
    return found.encode() if found else None
