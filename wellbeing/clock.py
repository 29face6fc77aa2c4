"""The one clock: every moment in the app comes from here."""

from datetime import UTC, datetime, timedelta


def now(ahead: timedelta = timedelta()) -> datetime:
    """Return the present moment in UTC, moved by the stored clock of a demo or test site."""
    return datetime.now(UTC) + ahead
