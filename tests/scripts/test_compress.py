import os

import brotli
import pytest

from scripts.compress import compress

TEXT = "take a walk " * 500


@pytest.fixture
def sheet(tmp_path):
    path = tmp_path / "css" / "base.css"
    path.parent.mkdir()
    path.write_text(TEXT)
    compress(tmp_path)
    return path


def copy_of(path):
    return path.with_name(path.name + ".br")


def test_a_style_sheet_is_sent_compressed(sheet):
    assert brotli.decompress(copy_of(sheet).read_bytes()).decode() == TEXT
    assert sheet.with_name("base.css.gz").exists()


def test_nobody_gets_an_old_copy_of_a_changed_file(sheet, tmp_path):
    sheet.write_text(TEXT + "now")
    later = copy_of(sheet).stat().st_mtime + 5
    os.utime(sheet, (later, later))

    compress(tmp_path)

    assert brotli.decompress(copy_of(sheet).read_bytes()).decode() == TEXT + "now"


def test_an_unchanged_file_is_left_alone(sheet, tmp_path):
    copy_of(sheet).write_bytes(b"kept")

    compress(tmp_path)

    assert copy_of(sheet).read_bytes() == b"kept"


def test_the_copies_of_a_removed_file_go_too(sheet, tmp_path):
    sheet.unlink()

    compress(tmp_path)

    assert list(sheet.parent.iterdir()) == []


def test_what_gains_nothing_has_no_copy(tmp_path):
    (tmp_path / "font.woff2").write_text(TEXT)
    (tmp_path / "tiny.css").write_text("p{}")

    compress(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == ["font.woff2", "tiny.css"]
