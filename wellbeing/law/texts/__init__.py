"""The words of the documents, in both languages side by side: files to be read, and nothing else."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "es")
FOLDER = Path(__file__).resolve().parent


@cache
def read(name: str) -> dict[str, Any]:
    """Return a file of texts."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text())
