"""What the blanks of the documents are filled with, and which of their sentences hold here."""

from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from decimal import Decimal

from babel.numbers import format_decimal

from wellbeing.law.choices import chosen, day, missing, word
from wellbeing.law.document import gap, typed
from wellbeing.law.facts import CHOSEN, Facts
from wellbeing.law.kept import kept
from wellbeing.law.set_so import SetSo, shown
from wellbeing.models.agreements import AgreementKind

A_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Signed:
    """The privacy step as it was signed, and on which version of the facts."""

    kind: AgreementKind
    reference: str
    agreed_on: date | None
    signed_by: str
    signed_on: date
    version: int
    helpline_on: date


@dataclass(frozen=True)
class Rankings:
    """How attacks ranked a team after a year, without and with whole weeks away: every 7 days, every 14."""

    ranking_low: Decimal
    ranking_high: Decimal
    strict_low: Decimal
    strict_high: Decimal


@dataclass(frozen=True)
class Known:
    """Everything that a document is made of; ``number`` is 0 for a draft, ``since`` is how it is set now."""

    facts: Facts
    so: SetSo
    since: SetSo
    number: int
    written_on: date
    signed: Signed | None
    rankings: Rankings


def holds(known: Known) -> dict[str, bool]:
    """Return by name whether what a sentence depends on is so here."""
    return {
        "no_officer": known.facts.no_officer,
        "contact_readers": known.so.contact_readers > 0,
        "incident_readers": known.so.incident_readers > 0,
        "mail": known.so.mail,
        "company": known.so.company,
        "signed": known.signed is not None,
    }


def filled(known: Known, language: str) -> dict[str, object]:
    """Return what stands in each blank, in a language."""
    return {
        **kept(),
        **_decimals(known.rankings, language),
        **_facts(known.facts, language),
        **_settings(known.so, language),
        **_signed(known.signed, language),
        "review": day(language, known.written_on + A_YEAR),
    }


def _decimals(rankings: Rankings, language: str) -> dict[str, str]:
    return {name: format_decimal(value, "0.00", locale=language) for name, value in asdict(rankings).items()}


def _facts(facts: Facts, language: str) -> dict[str, str]:
    said = {}
    for field in fields(Facts):
        name, value = field.name, getattr(facts, field.name)
        if name in CHOSEN:
            said[name] = chosen(language, name, value) if value else missing(language, name)
        elif isinstance(value, str):
            said[name] = typed(value) if value else missing(language, name)
    return said


def _settings(so: SetSo, language: str) -> dict[str, object]:
    every_week = so.tick_days == 7
    tick = word(language, "words", "weekly" if every_week else "fortnightly")
    checkup = word(language, "words", "monthly" if so.checkup_months == 1 else "quarterly")
    return {
        "k": so.people_needed,
        "h": so.own_pool_from,
        "days": so.tick_days,
        "activation_days": so.activation_days,
        "tick": tick,
        "tick_small": _small(tick),
        "take_back": word(language, "words", "week" if every_week else "fortnight"),
        "checkup": checkup,
        "checkup_cap": checkup[0].upper() + checkup[1:],
        "badge": word(language, "words", "badge_alone" if so.badge_alone else "badge_with_pin"),
        "contact_readers": so.contact_readers,
        "incident_readers": so.incident_readers,
        "second_factor": shown(language, so.second_factor),
    }


def _small(text: str) -> str:
    return text[0].lower() + text[1:]


def _signed(signed: Signed | None, language: str) -> dict[str, object]:
    if signed is None:
        not_signed = gap(word(language, "words", "not_signed"))
        return dict.fromkeys(("agreed", "not_signed"), not_signed)
    on = day(language, signed.signed_on)
    agreed_on = day(language, signed.agreed_on) if signed.agreed_on else ""
    agreed = word(
        language,
        "agreement",
        signed.kind.value,
        reference=typed(signed.reference),
        agreed_on=agreed_on,
        signed_on=on,
    )
    return {
        "agreed": agreed,
        "signed_on": on,
        "signed_by": typed(signed.signed_by),
        "signed_version": signed.version,
        "helpline_on": day(language, signed.helpline_on),
    }
