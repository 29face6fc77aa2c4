"""Passwords: what may be one, and how one is kept (argon2id)."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

# The defaults of argon2-cffi are the second choice of RFC 9106: 64 MiB, three passes, four lanes.
HASHER = PasswordHasher()

SHORTEST = 10
LONGEST = 200

# The most common ones of leaked passwords, without the digits that people add to reach ten characters.
COMMON = frozenset(
    "abc admin administrator basketball changeme chocolate computer football iloveyou letmein liverpool "
    "manchester password passw0rd princess qwerty qwertyuiop qwertyuiopasdfghjkl asdfghjkl zxcvbnm q1w2e3r4t "
    "q1w2e3r4t5y 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc secondwind secret starwars sunshine superman trustno "
    "welcome contraseña contrasena hola secreto teamo tequiero".split()
)
DIGITS = "01234567890123456789"


class PasswordRefused(Exception):
    """A password that anybody could guess; ``sentence`` says why."""

    def __init__(self, sentence: LazyString) -> None:
        super().__init__("password refused")
        self.sentence = sentence


def check_choice(password: str, login: str, name: str) -> None:
    """Raise PasswordRefused unless ``password`` may be chosen by the person with this login and name."""
    text = _prepared(password)
    if len(text) < SHORTEST:
        raise PasswordRefused(
            _l("A password needs at least 10 characters. Four or five words make a good one.")
        )
    if len(text) > LONGEST:
        raise PasswordRefused(_l("A password can have at most 200 characters."))
    if (_core(text) or _plain(text)) in {_core(login), _core(name), _plain(login), _plain(name)}:
        raise PasswordRefused(_l("A password must not be your name or your sign-in name."))
    if _is_common(text):
        raise PasswordRefused(
            _l("This is one of the first passwords that anybody would try. Choose another.")
        )


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    return HASHER.hash(_prepared(password))


def is_right(password: str, stored: str | None) -> bool:
    """Tell whether ``password`` is the stored one; where none is stored, take as long to say no."""
    try:
        HASHER.verify(stored or _nobodys(), _prepared(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Tell whether a stored password should be hashed anew, because today's parameters are stronger."""
    return HASHER.check_needs_rehash(stored)


def _prepared(password: str) -> str:
    """Return the same text for the same keys, whatever keyboard composed the accents."""
    return unicodedata.normalize("NFC", password)


def _core(text: str) -> str:
    """Return a text without case, blanks and the digits or signs that people add to pass a rule."""
    return _plain(text).rstrip("0123456789!.?*#-_")


def _plain(text: str) -> str:
    return "".join(text.casefold().split())


def _is_common(text: str) -> bool:
    plain = _plain(text)
    return (
        len(set(plain)) <= 2
        or plain in DIGITS
        or plain in DIGITS[::-1]
        or plain in COMMON
        or _core(text) in COMMON
    )


@cache
def _nobodys() -> str:
    return HASHER.hash("nobody's")
