"""What closes a case: the shoes test first, then whether they left knowing that they matter."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from wellbeing.cases.checks import LONGEST_AHEAD, Checks
from wellbeing.models.cases import Outcome


@dataclass(frozen=True)
class Closing:
    """What is asked when a case is closed; the shoes test has been passed."""

    mattered: bool
    outcome: Outcome
    prevention: str
    recontact_on: date | None


class NotBetter(Exception):
    """The shoes test was answered with no: the case stays open, and it is back to a solution."""


@dataclass(frozen=True)
class TypedClosing:
    """The answers to the closing questions as they were sent: "yes", "no", or "" for none."""

    felt_better: str
    mattered: str
    outcome: str
    prevention: str = ""
    recontact: str = ""


def closing(typed: TypedClosing, today: date) -> Closing:
    """Return the answers as they can be kept; raise CaseRefused, or NotBetter for a no to the shoes test."""
    checks = Checks()
    for field in ("felt_better", "mattered"):
        if getattr(typed, field) not in ("yes", "no"):
            checks.why[field] = _("Choose yes or no.")
    if typed.outcome not in set(Outcome):
        checks.why["outcome"] = _("Choose one of the three.")
    prevention = checks.line("prevention", typed.prevention)
    recontact_on = checks.day("recontact", typed.recontact, today, today + LONGEST_AHEAD)
    if typed.felt_better == "no":
        raise NotBetter
    checks.done()
    return Closing(typed.mattered == "yes", Outcome(typed.outcome), prevention, recontact_on)
