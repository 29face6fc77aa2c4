"""The judges stand outside: pinned by hash, in environments of their own, unknown to the product."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from judges.__main__ import JUDGES
from judges.environments import FOLDER, HERE

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = {"pycanon": "pycanon", "anonymeter": "anonymeter", "z3": "z3-solver", "cpsat": "ortools"}
FORBIDDEN = {"anonymeter", "judges", "numpy", "ortools", "pandas", "pycanon", "z3"}


def imported(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").split(".")[0])
    return found


def test_the_product_imports_no_judge():
    files = [ROOT / "app.py", *(ROOT / "wellbeing").rglob("*.py")]

    assert len(files) > 50
    assert {path: imported(path) & FORBIDDEN for path in files if imported(path) & FORBIDDEN} == {}


def test_no_judge_is_installed_for_the_product_or_its_tests():
    for name in ("requirements.txt", "requirements-dev.txt"):
        pinned = set(re.findall(r"^([\w-]+)==", (ROOT / name).read_text(), re.M))
        assert pinned.isdisjoint(PACKAGES.values())


@pytest.mark.parametrize("judge", JUDGES)
def test_a_judge_shares_no_code_with_the_project(judge: str):
    script = HERE / judge / "judge.py"

    assert imported(script).isdisjoint({"judges", "tests", "wellbeing"})


@pytest.mark.parametrize("judge", JUDGES)
def test_everything_a_judge_installs_is_pinned_by_hash(judge: str):
    wanted = (HERE / judge / "requirements.in").read_text()
    lock = (HERE / judge / "requirements.txt").read_text()
    pins = re.split(r"\n(?=\S)", lock.strip())

    assert wanted.startswith(PACKAGES[judge])
    assert re.search(rf"^{PACKAGES[judge]}==", lock, re.M)
    assert [pin for pin in pins if "==" not in pin.splitlines()[0] or "--hash=sha256:" not in pin] == []


def test_environments_are_made_where_make_clean_removes_them_and_git_does_not_look():
    assert FOLDER.relative_to(ROOT).parts[0] == "build"
    assert "/build/" in (ROOT / ".gitignore").read_text()


def test_every_judge_has_a_folder_and_every_folder_a_judge():
    folders = {path.parent.name for path in HERE.glob("*/judge.py")}

    assert folders == set(JUDGES) == set(PACKAGES)
    assert "judges" in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["files"]
