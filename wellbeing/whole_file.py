"""Files that are there whole or not at all, and that their owner alone can read."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from wellbeing import keys


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """Yield a file that has the name ``path``, in place of any other, once it is whole on the disk.

    Raises OSError.
    """
    with beside(path) as unfinished:
        with private(unfinished) as file:
            yield file
        os.replace(unfinished, path)


@contextmanager
def beside(path: Path) -> Iterator[Path]:
    """Yield a name beside ``path`` for what is not finished; whatever has that name in the end is deleted."""
    unfinished = path.with_name(f".{path.name}.{keys.new_id().hex()}.part")
    try:
        yield unfinished
    finally:
        with suppress(OSError):
            unfinished.unlink()


@contextmanager
def private(path: Path) -> Iterator[BinaryIO]:
    """Yield a new file that only its owner can read, and see it onto the disk; raise OSError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
