"""Every call of this process to a database or to the file system, told before it happens.

For processes that were forked to die: nothing is ever put back.
"""

import io
import os
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from tests.faults import points
from tests.faults.points import AtPoint

FILE_CALLS = ("open", "replace", "fsync", "unlink", "mkdir")


def watch_everything(engine: sa.Engine, at_point: AtPoint) -> None:
    """Tell of calls to this engine's database, to those of engines still to come, and to the file system."""

    def tell(label: str) -> None:
        # The end of any other call is the same moment as the beginning of the next.
        if not label.startswith("after") or label == "after COMMIT":
            at_point(label)

    points.watch(engine, tell)
    _watch_engines_to_come(tell)
    for name in FILE_CALLS:
        setattr(os, name, _told(name, getattr(os, name), tell))
    _watch_writing(tell)


def _watch_engines_to_come(tell: AtPoint) -> None:
    make = sa.create_engine

    def watched(*given: Any, **named: Any) -> sa.Engine:
        engine = make(*given, **named)
        if "creator" not in named:  # A scratch database, which no other process ever sees.
            points.watch(engine, tell)
        return engine

    sa.create_engine = watched


def _told(name: str, call: Callable[..., Any], tell: AtPoint) -> Callable[..., Any]:
    def told(*given: Any, **named: Any) -> Any:
        tell(f"before {name}")
        return call(*given, **named)

    return told


def _watch_writing(tell: AtPoint) -> None:
    fdopen = os.fdopen

    def watched(descriptor: int, mode: str = "r", *given: Any, **named: Any) -> Any:
        if mode != "wb":
            return fdopen(descriptor, mode, *given, **named)
        return io.BufferedWriter(Halved(descriptor, tell))

    os.fdopen = watched  # type: ignore[assignment]


class Halved(io.FileIO):
    """A file that is written in halves, so that a process can die with one of them on the disk."""

    def __init__(self, descriptor: int, tell: AtPoint) -> None:
        super().__init__(descriptor, "wb")
        self._tell = tell

    def write(self, content: Any) -> int:
        """Write all of it, and tell before each half."""
        told, half = bytes(content), len(content) // 2
        for part in (told[:half], told[half:]):
            self._tell("before write")
            rest = memoryview(part)
            while rest:
                rest = rest[super().write(rest) :]
        return len(told)
