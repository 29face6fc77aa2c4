"""Rules about the documents: what they name exists, and they stand alone."""

import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
# A path in a text: one of our own folders, then names; a star stands for any name.
OUR_PATH = re.compile(
    r"(?:wellbeing|tests|templates|static|scripts|bench|docs)/[\w./*-]*|[\w-]+\.(?:md|toml|py)"
)
MADE_LATER = {"bench/results.json"}
# Put together here, so that this file does not name what it forbids.
FORBIDDEN = re.compile(
    "|".join(
        [
            r"\.\./sha" + "red",
            r"(?<![\w.])/wo" + r"rk/",
            "/tmp/" + "plan",
            r"regi" + r"stry\.",
            "index-" + "url",
        ]
    )
)
TEXT = {
    ".py",
    ".md",
    ".toml",
    ".txt",
    ".in",
    ".html",
    ".css",
    ".js",
    ".sh",
    ".po",
    ".ini",
    ".mako",
    ".cfg",
    "",
}


def tracked() -> list[Path]:
    """Return the files that a clone of the project has."""
    asked = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip("this is not a clone: git cannot say which files belong to the project")
    return [ROOT / name for name in found.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path):
    for target in LINK.findall(document.read_text("utf-8")):
        path, _hash, heading = target.partition("#")
        if not re.match(r"https?:", target):
            there = (document.parent / path).resolve() if path else document
            assert there.exists(), target
            assert not heading or heading in headings(there), target


def headings(document: Path) -> set[str]:
    """Return the names by which the headings of a page are linked to."""
    lines = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w -]", "", line.lower()).replace(" ", "-") for line in lines}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_a_page_names_exist(document: Path):
    for code in CODE.findall(document.read_text("utf-8")):
        if OUR_PATH.fullmatch(code) and code not in MADE_LATER:
            assert list(ROOT.glob(code.rstrip("/"))) or list((ROOT / "wellbeing").glob(code)), code


def test_every_target_of_make_that_a_page_names_exists():
    made = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.M))
    named = {
        name
        for document in DOCUMENTS
        for name in re.findall(
            r"^make ([a-z]+)|`(?:\w+=\S+ )?make ([a-z]+)", document.read_text("utf-8"), re.M
        )
        for name in name
        if name
    }

    assert {"run", "test"} <= named <= made


def test_every_command_that_the_readme_names_exists(app: Flask):
    named = set(re.findall(r"flask --app app ([a-z]+(?: [a-z]+(?:-[a-z]+)*)?)", README))
    groups = {name: getattr(command, "commands", {}) for name, command in app.cli.commands.items()}
    found = {f"{group} {name}" for group, commands in groups.items() for name in commands} | set(groups)

    assert len(named) > 6
    assert {name for name in named if name not in found and name.split()[0] not in found} == set()
    assert {name for name in named if groups.get(name.split()[0]) and name not in found} == set()


def test_every_variable_that_the_readme_names_is_read(app: Flask):
    names = ("alert_settings", "config", "company_settings", "listening", "mail_settings", "serve")
    files = [ROOT / "wellbeing" / f"{name}.py" for name in names]
    settings = "".join(file.read_text() for file in files)
    named = set(re.findall(r"`([A-Z]+(?:_[A-Z]+)*)`", README))

    assert {"SECRET_KEY", "PORT"} <= named
    assert {name for name in named if f'"{name}"' not in settings} == set()


def test_every_picture_is_there_in_light_and_dark_and_small_enough():
    pictures = sorted((ROOT / "docs" / "screenshots").glob("*.png"))
    names = {picture.stem for picture in pictures}

    assert {"counter-tablet-light", "check-in-phone-dark", "team-desktop-light", "team-phone-dark"} <= names
    assert {re.sub("light$", "dark", name) for name in names if name.endswith("light")} <= names
    assert max(picture.stat().st_size for picture in pictures) < 150_000


def test_the_project_stands_alone():
    for path in tracked():
        if path.suffix in TEXT and "tests" not in path.relative_to(ROOT).parts:
            found = FORBIDDEN.search(path.read_text("utf-8", "replace"))
            assert found is None, f"{path.relative_to(ROOT)}: {found and found[0]}"


def test_the_version_is_the_first_number_in_the_changelog():
    sections = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)

    assert sections[0] == "Unreleased"
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in sections[1:])


def test_decisions_are_numbered_without_a_gap_and_say_what_they_decide():
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))

    assert [int(record.name[:4]) for record in records] == list(range(1, len(records) + 1))
    for record in records:
        text = record.read_text("utf-8")
        assert text.startswith(f"# {int(record.name[:4])}. "), record.name
        assert text.index("## The need") < text.index("## What follows"), record.name
