"""Passwords: what may be one, and how one is kept (argon2id)."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from wellbeing.password_strength import Weakness, weakness

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
# What a list of English words leaves out: they count as known to everybody.
SPANISH = tuple(
    "contraseña verano invierno otoño primavera enero febrero marzo abril mayo junio julio agosto septiembre "
    "octubre noviembre diciembre lunes martes miércoles jueves viernes sábado domingo trabajo empresa taller "
    "tienda quiero hola secreto clave segundo viento".split()
)
ALWAYS_KNOWN = ("Second Wind", *SPANISH)
WHY: dict[Weakness, LazyString] = {
    Weakness.KNOWN: _l(
        "Most of this is a name or a word that anybody here knows, so it is tried first. Take four or five "
        "words that have nothing to do with you or your work."
    ),
    Weakness.COMMON: _l(
        "Many people use this or something like it, so it is tried first. Take four or five words that do "
        "not belong together."
    ),
    Weakness.WORDS: _l(
        "One or two words are guessed quickly, with a year or a sign behind them, too. Take four or five "
        "words that do not belong together."
    ),
    Weakness.KEYS: _l(
        "Keys that lie side by side are guessed quickly. Take four or five words that do not belong together."
    ),
    Weakness.ROW: _l(
        "What repeats or counts up is guessed quickly. Take four or five words that do not belong together."
    ),
    Weakness.DATE: _l(
        "A day or a year is guessed quickly. Take four or five words that do not belong together."
    ),
    Weakness.SHORT: _l("This is a little too short to be hard to guess. Add two or three words."),
}
DIGITS = "01234567890123456789"


class PasswordRefused(Exception):
    """A password that anybody could guess; ``sentence`` says why."""

    def __init__(self, sentence: LazyString) -> None:
        super().__init__("password refused")
        self.sentence = sentence


def check_choice(password: str, login: str, name: str, *known: str) -> None:
    """Raise PasswordRefused unless ``password`` may be chosen by the person with this login and name.

    ``known`` holds other words that anybody there would try, such as the organisation's name.
    """
    text = prepared(password)
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
    if found := weakness(text, (login, name, *known, *ALWAYS_KNOWN)):
        raise PasswordRefused(WHY[found])


def hashed(password: str) -> str:
    """Return what is stored of a password."""
    return HASHER.hash(prepared(password))


def is_right(password: str, stored: str | None) -> bool:
    """Tell whether ``password`` is the stored one; where none is stored, take as long to say no."""
    try:
        HASHER.verify(stored or _nobodys(), prepared(password))
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Tell whether a stored password should be hashed anew, because today's parameters are stronger."""
    return HASHER.check_needs_rehash(stored)


def prepared(password: str) -> str:
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
