"""A virtual environment for each judge, from its own lock file: what they need contradicts each other."""

import subprocess
import sys
import venv
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "build" / "judges"
INSTALL = ("-qq", "--disable-pip-version-check", "--no-input", "--no-deps", "--require-hashes")


class NotInstalled(Exception):
    """A judge's packages could not be installed; pip has said why."""


def python_of(name: str) -> Path:
    """Return a judge's own Python, installing its pinned packages first where the lock file has changed."""
    lock = HERE / name / "requirements.txt"
    python = FOLDER / name / "bin" / "python"
    stamp = FOLDER / name / ".installed"
    wanted = sha256(lock.read_bytes()).hexdigest()
    if not (stamp.exists() and stamp.read_text() == wanted and python.exists()):
        print(f"Installing {name} into {FOLDER.relative_to(HERE.parent) / name} ...", flush=True)
        venv.create(FOLDER / name, clear=True, with_pip=True)
        _install(python, lock)
        stamp.write_text(wanted)
    return python


def _install(python: Path, lock: Path) -> None:
    command = [str(python), "-m", "pip", "install", *INSTALL, "-r", str(lock)]
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
        raise NotInstalled(f"{lock.parent.name} could not be installed; the reason is above.")
