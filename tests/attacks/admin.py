"""Whoever runs the server, without the password: everything that lies there is tried on every diary.

What can be had is the whole database, what its files keep, the logs, the backups and the server's own keys.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator
from itertools import product

import sqlalchemy as sa
from argon2.exceptions import HashingError
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from wellbeing import keys
from wellbeing.config import Secrets
from wellbeing.diary import opening, sealing, unlocking, wraps
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryEntry, DiaryKey, DiaryOpened, Passkey

KEY_BYTES = 32
PASSKEY = "passkey"
PURPOSES = (opening.RECOVERY, unlocking.PURPOSE, PASSKEY)
# Where a wrap may begin within its column: at once, or after the costs and the salt of argon2.
BEGINS = (0, wraps.COSTS.size + wraps.SALT_BYTES)
PINS = [f"{number:04d}" for number in range(10_000)]


def ways_in(engine: sa.Engine, secrets: Secrets) -> set[str]:
    """Return every way in which something of a diary was read; none is what a diary promises."""
    cells = list(_cells(engine))
    candidates = _keys_among(cells, secrets)
    texts = [*_texts(cells), *_pins(engine, secrets.pin_pepper)]
    found = {f"{name} stands open" for name, entry in _entries(engine) if b'"kind":' in entry}
    found |= {f"a key of the server opens {name}" for name in _by_key(engine, candidates)}
    found |= {f"a text of the database opens {name}" for name in _by_text(engine, texts)}
    return found


def _cells(engine: sa.Engine) -> Iterator[object]:
    """Yield every value of every row but what is sealed, which no key could be."""
    with engine.connect() as connection:
        for table in db.metadata.sorted_tables:
            columns = [column for column in table.columns if column.name != "sealed"]
            for row in connection.execute(sa.select(*columns)):
                yield from row


def _keys_among(cells: Iterable[object], secrets: Secrets) -> set[bytes]:
    """Return everything of a key's length that the server holds, and what its keys make of that."""
    own = (secrets.secret_key, secrets.pin_pepper, secrets.server_key)
    held = [*own, *(cell for cell in cells if isinstance(cell, bytes)), *hashes(cells)]
    pieces = {cell[at : at + KEY_BYTES] for cell in held for at in range(len(cell) - KEY_BYTES + 1)}
    epochs = {key for cell in held for key in _unwrapped(secrets.server_key, cell)}
    made = {hmac.digest(key, cell, "sha256") for key, cell in product(own, held)}
    return pieces | epochs | made | {hashlib.sha256(cell).digest() for cell in held}


def hashes(cells: Iterable[object]) -> Iterator[bytes]:
    """Yield what argon2 made of passwords that are stored for the sign-in."""
    for cell in cells:
        if isinstance(cell, str) and cell.startswith("$argon2"):
            digest = cell.rpartition("$")[2]
            yield base64.b64decode(digest + "=" * (-len(digest) % 4))


def _unwrapped(server_key: bytes, cell: bytes) -> Iterator[bytes]:
    try:
        yield keys.unwrapped(server_key, cell)
    except Exception:  # noqa: S110 -- cryptography has several words for no
        pass


def _texts(cells: Iterable[object]) -> set[str]:
    return {cell for cell in cells if isinstance(cell, str)}


def _pins(engine: sa.Engine, pepper: bytes) -> Iterator[str]:
    """Yield the PINs of people who have a diary: with the pepper, ten thousand tries find each."""
    with engine.connect() as connection:
        macs = sa.text("SELECT p.id, p.pin_mac FROM person p JOIN diary_key d ON d.person_id = p.id")
        for person, mac in connection.execute(macs).tuples():
            yield from (pin for pin in PINS if keys.pin_mac(pepper, person, pin) == bytes(mac or b""))


def _entries(engine: sa.Engine) -> list[tuple[str, bytes]]:
    with engine.connect() as connection:
        return [("an entry", box) for box in connection.execute(sa.select(DiaryEntry.sealed)).scalars()]


def _wraps(engine: sa.Engine) -> list[tuple[str, bytes]]:
    columns = (DiaryKey.by_password, DiaryKey.by_recovery, DiaryOpened.wrapped_key, Passkey.by_passkey)
    with engine.connect() as connection:
        return [
            (str(column), wrap)
            for column in columns
            for wrap in connection.execute(sa.select(column).where(column.is_not(None))).scalars()
        ]


def _by_key(engine: sa.Engine, candidates: set[bytes]) -> Iterator[str]:
    """Yield what one of the keys opens: as the key itself, or as the secret that makes it."""
    # All entries of a diary have one key, so a few of them are as good as all.
    for (name, box), key in product(_entries(engine)[:3], candidates):
        if _works(lambda key=key, box=box: sealing.Reader(key).opened(box)):
            yield name
    for (name, wrap), key in product(_wraps(engine), candidates):
        if any(_works(lambda at=at: SecretBox(key).decrypt(wrap[at:])) for at in BEGINS):  # noqa: B023
            yield name
        if any(_works(lambda purpose=purpose: wraps.with_secret(key, purpose, wrap)) for purpose in PURPOSES):  # noqa: B023
            yield name


def _by_text(engine: sa.Engine, texts: list[str]) -> Iterator[str]:
    """Yield what one of the texts opens, taken for a password or for a recovery code."""
    for (name, wrap), text in product(_wraps(engine), texts):
        if name == str(DiaryKey.by_password) and _works(lambda: wraps.with_password(text, wrap)):  # noqa: B023
            yield name
        code = wraps.recovery_secret(text)
        if code and _works(lambda: wraps.with_secret(code, opening.RECOVERY, wrap)):  # noqa: B023
            yield name


def _works(attempt: Callable[[], bytes]) -> bool:
    try:
        attempt()
    except (CryptoError, sealing.CannotOpen, wraps.WrongSecret, HashingError, ValueError):
        return False
    return True


def written_as(secret: bytes) -> set[bytes]:
    """Return the ways in which a secret could stand in a file."""
    return {
        secret,
        secret.hex().encode(),
        secret.hex().upper().encode(),
        base64.b64encode(secret).rstrip(b"="),
        base64.urlsafe_b64encode(secret).rstrip(b"="),
    }
