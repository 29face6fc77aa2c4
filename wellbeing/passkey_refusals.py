"""Why a passkey's answer is not taken, in sentences for its owner."""

from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Refusal(StrEnum):
    """Why an answer is not taken."""

    NONSENSE = "nonsense"
    NO_NAME = "no name"
    NOT_SECURE = "not secure"
    OVER = "over"
    ELSEWHERE = "elsewhere"
    UNVERIFIED = "unverified"
    UNKNOWN = "unknown"
    BACKWARDS = "backwards"


SENTENCES: dict[Refusal, LazyString] = {
    Refusal.NONSENSE: _l("That was not a passkey's answer. Reload the page and try again."),
    Refusal.NO_NAME: _l("Passkeys need an address with a name. This site was opened by a bare number."),
    Refusal.NOT_SECURE: _l("Passkeys need an address that begins with https."),
    Refusal.OVER: _l("This took longer than five minutes, or was sent twice. Try again."),
    Refusal.ELSEWHERE: _l("The passkey answered for another address than this page's. Nothing was done."),
    Refusal.UNVERIFIED: _l("Your device did not check that it is you, by finger, face or code. Try again."),
    Refusal.UNKNOWN: _l("This passkey is not known here. It may have been removed."),
    Refusal.BACKWARDS: _l(
        "This passkey was used less often than we know of, so there may be a copy of it. It was not taken. "
        "Sign in another way, and remove it."
    ),
}


class PasskeyRefused(Exception):
    """An answer that is not taken; ``sentence`` says why, and names nobody."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason

    @property
    def sentence(self) -> LazyString:
        """What to tell the person."""
        return SENTENCES[self.reason]
