"""The version stands in the changelog, and nowhere else."""

from pathlib import Path

from wellbeing.version import CHANGELOG, version


def test_before_the_first_release_there_is_no_number(tmp_path: Path):
    (tmp_path / "CHANGELOG.md").write_text("# Changelog\n\n## Unreleased\n\n- Everything.\n")

    assert version(tmp_path / "CHANGELOG.md") == "unreleased"


def test_the_version_is_the_newest_number(tmp_path: Path):
    (tmp_path / "CHANGELOG.md").write_text("## Unreleased\n\n## 0.2.0\n\n- More.\n\n## 0.1.0\n")

    assert version(tmp_path / "CHANGELOG.md") == "0.2.0"


def test_our_own_changelog_is_read():
    assert CHANGELOG.is_file()
    assert version()
