"""A form that only reads: nobody who writes waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager

from wellbeing.models.base import db
from wellbeing.storage import reading_only


@contextmanager
def only_reading() -> Iterator[None]:
    """Read as a page that is asked for: a form's own transaction would hold up everybody who writes."""
    db.session.rollback()
    with reading_only():
        yield
        db.session.rollback()
