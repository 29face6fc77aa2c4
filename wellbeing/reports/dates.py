"""Days and figures as people write them in the language of the page."""

from datetime import date, timedelta
from decimal import Decimal

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.numbers import format_decimal
from flask_babel import get_locale, pgettext

# The English of this product is British: day before month.
BRITISH = Locale("en", "GB")


def _locale() -> Locale:
    found = get_locale()
    return BRITISH if found is None or found.language == "en" else found


def span(first: date, last: date) -> str:
    """Return two days and all between them, such as "9-15 Nov 2026"."""
    return format_interval(first, last, "yMMMd", locale=_locale())


def week(opened_on: date, closed_on: date) -> str:
    """Return the days of a tick, which ends on the morning of ``closed_on``."""
    return span(opened_on, closed_on - timedelta(days=1))


def whole(day: date) -> str:
    """Return a day with its year, such as "16 Nov 2026"."""
    return format_skeleton("yMMMd", day, locale=_locale())


def weekday(day: date) -> str:
    """Return a day with its weekday, such as "Monday 16 November"."""
    # The skeleton of this shortens the weekday in Spanish, so translators say the pattern.
    return format_date(day, pgettext("pattern of a day", "EEEE d MMMM"), locale=_locale())


def short(day: date) -> str:
    """Return a day in as little room as an axis has, such as "16 Nov"."""
    return format_skeleton("MMMd", day, locale=_locale())


def tenths(value: Decimal | float) -> str:
    """Return a figure with one decimal, such as "3.4"."""
    return format_decimal(value, "0.0", locale=_locale())


def thousands(value: int) -> str:
    """Return a whole number with its thousands apart, such as "50,000"."""
    return format_decimal(value, "#,##0", locale=_locale())
