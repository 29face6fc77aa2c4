"""A judge's environment is made once, and again when its lock file changes."""

import subprocess
from pathlib import Path

import pytest

from judges import environments


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The pip commands that were run, in a project that holds one judge; nothing is really installed."""
    commands: list[list[str]] = []

    def run(command: list[str], **_options: object) -> subprocess.CompletedProcess[str]:
        commands.append(command)
        return subprocess.CompletedProcess(command, 1 if "refuse" in lock(tmp_path).read_text() else 0)

    def make(folder: Path, **_options: object) -> None:
        (folder / "bin").mkdir(parents=True, exist_ok=True)
        (folder / "bin" / "python").touch()

    lock(tmp_path).parent.mkdir(parents=True)
    lock(tmp_path).write_text("z3-solver==1")
    monkeypatch.setattr(environments, "HERE", tmp_path / "judges")
    monkeypatch.setattr(environments, "FOLDER", tmp_path / "build" / "judges")
    monkeypatch.setattr(environments.subprocess, "run", run)
    monkeypatch.setattr(environments.venv, "create", make)
    return commands


def lock(folder: Path) -> Path:
    return folder / "judges" / "z3" / "requirements.txt"


def test_a_judge_is_installed_once_from_its_lock_file_alone(tmp_path: Path, installed: list[list[str]]):
    pythons = {environments.python_of("z3") for _time in range(2)}

    assert pythons == {tmp_path / "build" / "judges" / "z3" / "bin" / "python"}
    assert len(installed) == 1
    assert {"--require-hashes", "--no-deps", str(lock(tmp_path))} <= set(installed[0])


def test_a_judge_is_installed_again_when_its_lock_file_changes(tmp_path: Path, installed: list[list[str]]):
    environments.python_of("z3")
    lock(tmp_path).write_text("z3-solver==2")
    environments.python_of("z3")

    assert len(installed) == 2


def test_what_cannot_be_installed_is_said_and_tried_again(tmp_path: Path, installed: list[list[str]]):
    lock(tmp_path).write_text("refuse")
    for _time in range(2):
        with pytest.raises(environments.NotInstalled, match="z3 could not be installed"):
            environments.python_of("z3")

    assert len(installed) == 2
