"""Keys and the names made with them: who a contributor is can be told only while the epoch's key exists."""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import aes_key_unwrap, aes_key_wrap

KEY_BYTES = 32
ID_BYTES = 16
NONCE_BYTES = 12


class HandleRefused(Exception):
    """An undo handle is not ours, or its minute is over."""


def new_key() -> bytes:
    """Return a fresh 32-byte key."""
    return secrets.token_bytes(KEY_BYTES)


def new_id() -> bytes:
    """Return a random 16-byte row id, which tells neither order nor time."""
    return secrets.token_bytes(ID_BYTES)


def wrapped(server_key: bytes, key: bytes) -> bytes:
    """Return an epoch key as the database may hold it (RFC 3394); without the server key it is noise."""
    return aes_key_wrap(server_key, key)


def unwrapped(server_key: bytes, wrapped_key: bytes) -> bytes:
    """Return an epoch key from its stored form; raise InvalidUnwrap for another server's key."""
    return aes_key_unwrap(server_key, wrapped_key)


def contributor(epoch_key: bytes, person_id: int) -> bytes:
    """Return a person's pseudonym for one weekly epoch."""
    return _mac(epoch_key, b"person", person_id)


def detail_contributor(epoch_key: bytes, dimension: str, person_id: int) -> bytes:
    """Return a person's pseudonym for one dimension of the detail ledger; it joins to no other's."""
    return _mac(epoch_key, b"detail:" + dimension.encode(), person_id)


def checkup_contributor(quarter_key: bytes, item: str, person_id: int) -> bytes:
    """Return a person's pseudonym for one item of a check-up; it joins to no other item's."""
    return _mac(quarter_key, b"checkup:" + item.encode(), person_id)


def shift_name(epoch_key: bytes, person_id: int) -> bytes:
    """Return the name of a person's shift state; it joins to no pending row."""
    return _mac(epoch_key, b"shift", person_id)


def diary_owner(server_key: bytes, person_id: int) -> bytes:
    """Return the name under which somebody's diary entries stand; without the server key it names nobody."""
    return _mac(server_key, b"diary", person_id)


def pin_mac(pepper: bytes, person_id: int, pin: str) -> bytes:
    """Return what is stored of a PIN: worthless without the pepper, which lives outside the database."""
    return _mac(pepper, b"pin:" + pin.encode(), person_id)


def receipt_mac(server_key: bytes, client_id: str) -> bytes:
    """Return the receipt of a client-made id."""
    return hmac.digest(server_key, b"receipt:" + client_id.encode(), "sha256")


def text_mac(pepper: bytes, purpose: str, text: str) -> bytes:
    """Return what is stored of a one-time code, a login that failed, or a browser's or tablet's token."""
    return hmac.digest(pepper, f"{purpose}:{text}".encode(), "sha256")


def sealed_secret(pepper: bytes, person_id: int, secret: bytes) -> bytes:
    """Return the secret of somebody's authenticator app as the database may hold it, good for them alone."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + _secret_box(pepper).encrypt(nonce, secret, str(person_id).encode())


def opened_secret(pepper: bytes, person_id: int, sealed: bytes) -> bytes:
    """Return a secret from its stored form; raise InvalidTag for another site's, or another person's."""
    nonce, box = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    return _secret_box(pepper).decrypt(nonce, box, str(person_id).encode())


def _secret_box(pepper: bytes) -> AESGCM:
    return AESGCM(hmac.digest(pepper, b"authenticator", "sha256"))


def _mac(key: bytes, purpose: bytes, person_id: int) -> bytes:
    return hmac.digest(key, purpose + b":" + str(person_id).encode(), "sha256")


def sealed_handle(server_key: bytes, content: bytes, now: datetime) -> str:
    """Return an undo handle: only the server can open it, and only for a while."""
    return _handle_box(server_key).encrypt_at_time(content, int(now.timestamp())).decode()


def opened_handle(server_key: bytes, handle: str, now: datetime, seconds: int) -> bytes:
    """Return what an undo handle holds; raise HandleRefused after ``seconds`` or for a forged one."""
    try:
        return _handle_box(server_key).decrypt_at_time(handle.encode(), seconds, int(now.timestamp()))
    except InvalidToken:
        raise HandleRefused from None


def _handle_box(server_key: bytes) -> Fernet:
    return Fernet(urlsafe_b64encode(hashlib.sha256(b"undo:" + server_key).digest()))
