"""Which version of Second Wind this is: the changelog's first heading that is a number."""

import re
from pathlib import Path

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"
UNRELEASED = "unreleased"


def version(changelog: Path = CHANGELOG) -> str:
    """Return the version, or "unreleased" before the first one."""
    found = re.search(r"^## (\d+\.\d+\.\d+)$", changelog.read_text("utf-8"), re.M)
    return found[1] if found else UNRELEASED
