"""The words that people agree to who begin a diary, version by version: none is ever changed or removed.

Other words are another version at the end. Whoever agreed to earlier ones is then asked at the next opening.
"""

from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Point:
    """One thing that is agreed to; a strong one must not be overlooked."""

    text: LazyString
    strong: bool = False


@dataclass(frozen=True)
class Agreement:
    """One version of the words, and the day from which it was shown."""

    number: int
    since: date
    points: tuple[Point, ...]


_OWN = _l(
    "Your own answers are kept for you, with their time: how you are, rough ones, breaks, and notes "
    "that you write. The figures of your team stay as they are, with or without a diary."
)
_SEALED = _l(
    "Each entry is sealed at once. Nobody reads it without your password, your passkey or your recovery"
    " code: no manager, no colleague, and nobody who runs this server. That you have a diary can be "
    "seen; what it says cannot. While you have it open, for 15 minutes, this server shows it to you and"
    " keeps nothing of it."
)
_LOST = _l(
    "If you forget the password and have lost the recovery code, what is in the diary is lost. Nobody "
    "can bring it back, and no new password opens it."
)
_DAYS = _l(
    "Entries are kept for 180 days and notes for 30, unless you choose other numbers; at the end of the"
    " month in which that time is over, they are deleted."
)
_FREE = _l("You can pause it, take everything with you as a file, or delete it, at any time and at once.")

_FIRST = (Point(_OWN), Point(_SEALED), Point(_LOST, strong=True), Point(_DAYS), Point(_FREE))
VERSIONS: tuple[Agreement, ...] = (Agreement(1, date(2026, 11, 22), _FIRST),)


def newest() -> Agreement:
    """Return the words that whoever begins a diary today agrees to."""
    return VERSIONS[-1]


def version(number: int | None) -> Agreement | None:
    """Return the words of a version; None for one that never was."""
    return next((one for one in VERSIONS if one.number == number), None)
