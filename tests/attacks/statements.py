"""The SQL that an engine is asked to execute, with how many rows it is given: no value of any of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event


@contextmanager
def watched(engine: sa.Engine) -> Iterator[list[tuple[str, int]]]:
    """Collect statements, each with how many rows it is given."""
    seen: list[tuple[str, int]] = []

    def note(_c: Any, _cursor: Any, text: str, values: Any, _context: Any, many: bool) -> None:
        seen.append((text, len(values) if many else 1))

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
