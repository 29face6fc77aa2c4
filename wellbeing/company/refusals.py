"""Why a company sign-in did not happen, in words that name nobody."""

from enum import StrEnum


class Reason(StrEnum):
    """What went wrong; the sentences stand where people read them."""

    SILENT = "silent"  # the provider does not answer, or not in time
    ODD = "odd"  # it answers, but not as a provider does
    OVER = "over"  # begun elsewhere, too long ago, or ended already
    DENIED = "denied"  # the person or the provider said no
    UNPROVEN = "unproven"  # what it says of the person fails a check
    UNKNOWN = "unknown"  # nobody here is known under it


class Detail(StrEnum):
    """What whoever runs the site can put right; here for the log, in their language on the admin's page."""

    NO_ANSWER = "no answer in time"
    TOO_LARGE = "an answer of more than a megabyte"
    NO_JSON = "an answer that is no JSON"
    STATUS = "something else in place of its own description"
    OTHER_NAME = "it calls itself otherwise than OIDC_ISSUER"
    ELSEWHERE = "an address outside OIDC_ISSUER and OIDC_HOSTS"
    NO_KEY = "no key to check a signature with"


class CompanyRefusal(Exception):
    """No company sign-in; ``detail`` and ``fact`` are for whoever runs the site, and name nobody."""

    def __init__(self, reason: Reason, detail: str = "", fact: str = "") -> None:
        said = f"{reason.value}: {detail}" if detail else reason.value
        super().__init__(f"{said} ({fact})" if fact else said)
        self.reason, self.detail, self.fact = reason, detail, fact
