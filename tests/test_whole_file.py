"""A file has its name once it is whole; until then, and where anything fails, nothing has."""

import os
import stat
from pathlib import Path

import pytest

from wellbeing import whole_file


def test_a_file_is_its_owners_alone_and_takes_the_place_of_another(tmp_path: Path):
    path = tmp_path / "root.pem"
    path.write_bytes(b"old")
    with whole_file.written(path) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"

    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["root.pem"]


def test_where_something_fails_the_old_file_stays_and_nothing_is_left_beside_it(tmp_path: Path):
    path = tmp_path / "root.pem"
    path.write_bytes(b"old")
    with pytest.raises(ValueError, match="no"), whole_file.written(path) as file:
        file.write(b"half")
        raise ValueError("no")

    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["root.pem"]


def test_a_private_file_takes_no_others_place(tmp_path: Path):
    path = tmp_path / "there"
    path.write_bytes(b"old")
    with pytest.raises(FileExistsError), whole_file.private(path):
        pass

    assert path.read_bytes() == b"old"
