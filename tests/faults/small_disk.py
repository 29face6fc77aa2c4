"""A small disk for one process, which fills up: a tmpfs that nobody else sees, and that goes with it."""

import ctypes
import os
import shutil
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask

from tests.faults.drills import Act, End, Stand, Tell
from tests.faults.trials import Trial
from wellbeing import create_app

MISSING = "a file system can only be mounted by root, where mount namespaces are allowed"
CLONE_NEWNS = 0x20000
FILLER = "holiday-pictures"


def can_mount() -> bool:
    """Tell whether this process may mount a file system that nobody else sees."""
    command = ["unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return shutil.which("unshare") is not None and not subprocess.run(command, capture_output=True).returncode


@dataclass(frozen=True)
class Disk:
    """A mounted file system."""

    folder: Path

    def leave(self, room: int) -> None:
        """Fill it until so many bytes are free."""
        found = os.statvfs(self.folder)
        (self.folder / FILLER).write_bytes(bytes(found.f_bavail * found.f_frsize - room))

    def make_room(self) -> None:
        """Delete what it was filled with."""
        (self.folder / FILLER).unlink()


def on_small_disk(trial: Trial, stand: Stand, folder: Path, room: int) -> Act:
    """Return an act that tries something on a disk with so little room, makes room, and does it again.

    It tells what was said while the disk was full; the trial's checks are made in the same process.
    """

    def whole(_app: Flask, tell: Tell) -> None:
        small, disk = _mounted(stand, folder)
        disk.leave(room)
        told = _done(small, trial)
        # Even reading needs some room where no other process has the database open.
        disk.make_room()
        with create_app(small.config).app_context():
            trial.left(small, told)
            trial.finished(small, _done(small, trial))
        tell(told.told)

    return whole


def _mounted(stand: Stand, folder: Path) -> tuple[Stand, Disk]:
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNS) != 0:
        raise OSError(ctypes.get_errno(), "unshare")
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "small", str(folder)], check=True)
    shutil.copytree(stand.config.instance, folder, dirs_exist_ok=True)
    config = replace(stand.config, instance=folder)
    if config.is_sqlite:
        url = f"sqlite:///{folder / Path(config.database_url).name}"
        config = replace(config, database_url=url)
    return replace(stand, config=config, beside=f"sqlite:///{folder / 'new.db'}"), Disk(folder)


def _done(stand: Stand, trial: Trial) -> End:
    """Do it in a fresh app, as a fresh process would."""
    told: dict[str, object] = {}
    trial.act(stand)(create_app(stand.config), told.update)
    return End(False, told, [], 0.0)
