"""A backup's file: it says when it is not whole, not ours, or made to fill a disk."""

import json
import tracemalloc
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from wellbeing import archive
from wellbeing.archive import ArchiveBroken, Manifest

ROWS = [{"id": number, "name": f"Person {number}"} for number in range(50)]


def made(path: Path, rows=ROWS) -> Path:
    with ZipFile(path, "w") as found:
        members = {"person": archive.write_member(found, "person", rows)}
        archive.write_manifest(
            found, Manifest(archive.FORMAT, "0002", "0.1.0", "2026-03-04T11Z", False, members)
        )
    return path


def by_hand(
    path: Path, members: dict[str, bytes], manifest: object = None, compression: int = ZIP_DEFLATED
) -> Path:
    """Write a file as somebody with a zip program would, with a manifest that fits it."""
    digests = {
        name.removesuffix(".jsonl"): {"sha256": sha256(text).hexdigest(), "rows": None}
        for name, text in members.items()
    }
    said = {
        "format": archive.FORMAT,
        "revision": "0002",
        "version": "0.1.0",
        "hour": "",
        "with_pending": False,
    }
    with ZipFile(path, "w", compression) as found:
        for name, text in members.items():
            found.writestr(name, text)
        found.writestr(
            "manifest.json", json.dumps(said | {"members": digests} if manifest is None else manifest)
        )
    return path


def read(path: Path) -> list[dict]:
    with archive.opened(path) as found:
        manifest = archive.read_manifest(found)
        return [row for name in manifest.members for row in archive.read_member(found, name)]


def test_what_goes_in_comes_out(tmp_path: Path):
    assert read(made(tmp_path / "a.zip")) == ROWS


def test_a_table_without_rows_is_a_table(tmp_path: Path):
    assert read(made(tmp_path / "a.zip", [])) == []


def test_a_file_that_is_not_there_or_no_zip_is_refused(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("not a backup")

    with pytest.raises(ArchiveBroken, match="cannot be read: No such file or directory"):
        read(tmp_path / "nothing.zip")
    with pytest.raises(ArchiveBroken, match="cannot be read: Is a directory"):
        read(tmp_path)
    with pytest.raises(ArchiveBroken, match="is not a whole backup"):
        read(tmp_path / "notes.txt")


def test_a_file_of_somebody_elses_says_who_has_to_be_let_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def forbidden(*_given: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(archive, "ZipFile", forbidden)
    with pytest.raises(ArchiveBroken, match="cannot be read by the user who runs this command"):
        read(tmp_path / "a.zip")


@pytest.mark.parametrize("position", [200, 300, 400])
def test_a_flipped_byte_is_noticed(tmp_path: Path, position: int):
    path = made(tmp_path / "a.zip")
    content = bytearray(path.read_bytes())
    content[position] ^= 0xFF
    path.write_bytes(content)

    with pytest.raises(ArchiveBroken):
        read(path)


def test_an_exchanged_member_is_noticed(tmp_path: Path):
    path = by_hand(tmp_path / "a.zip", {"person.jsonl": b'{"id":1}\n'})
    told = {"format": archive.FORMAT, "members": {"person": {"sha256": "0" * 64, "rows": 1}}}
    told |= {"revision": "", "version": "", "hour": "", "with_pending": False}
    path = by_hand(tmp_path / "a.zip", {"person.jsonl": b'{"id":1}\n'}, told)

    with pytest.raises(ArchiveBroken, match="person.jsonl was changed since the backup was made"):
        read(path)


@pytest.mark.parametrize(
    ("manifest", "why"),
    [
        ("a string", "makes no sense"),
        ({"members": {}}, "makes no sense"),
        ({"format": "second-wind-backup-9"}, "a format that this version of Second Wind does not know"),
        ({"format": archive.FORMAT}, "makes no sense"),
        ({"format": archive.FORMAT, "members": []}, "makes no sense"),
        ({"format": archive.FORMAT, "members": {"person": 1}}, "makes no sense"),
        ({"format": archive.FORMAT, "members": {}, "more": 1}, "makes no sense"),
        ("x" * archive.LONGEST_MANIFEST, "it has no manifest"),
    ],
)
def test_a_manifest_that_makes_no_sense_is_refused(tmp_path: Path, manifest: object, why: str):
    with pytest.raises(ArchiveBroken, match=why):
        read(by_hand(tmp_path / "a.zip", {}, manifest))


def test_a_zip_of_something_else_is_refused(tmp_path: Path):
    with ZipFile(tmp_path / "a.zip", "w", ZIP_DEFLATED) as found:
        found.writestr("photo.jpg", b"...")

    with pytest.raises(ArchiveBroken, match="is not a backup of Second Wind"):
        read(tmp_path / "a.zip")


def test_members_in_another_packing_are_refused(tmp_path: Path):
    with pytest.raises(ArchiveBroken, match="is not a backup of Second Wind"):
        read(by_hand(tmp_path / "a.zip", {}, compression=ZIP_STORED))


def test_a_member_that_the_manifest_does_not_name_is_refused(tmp_path: Path):
    path = made(tmp_path / "a.zip")
    with ZipFile(path, "a", ZIP_DEFLATED) as found:
        found.writestr("../../etc/passwd", b"root")

    with pytest.raises(ArchiveBroken, match="does not hold what its manifest says"):
        read(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice_is_refused(tmp_path: Path):
    path = made(tmp_path / "a.zip")
    with ZipFile(path, "a", ZIP_DEFLATED) as found:
        found.writestr("person.jsonl", b'{"id":1}\n')

    with pytest.raises(ArchiveBroken, match="does not hold what its manifest says"):
        read(path)


def test_a_member_that_would_fill_a_disk_is_refused_unread(tmp_path: Path):
    path = by_hand(tmp_path / "a.zip", {"person.jsonl": bytes(30_000_000)})
    assert path.stat().st_size < 100_000

    with pytest.raises(ArchiveBroken, match="would grow out of all proportion"):
        read(path)


@pytest.mark.parametrize(
    "line",
    [
        b"[1, 2]\n",
        b"not json\n",
        b"\xff\xfe\n",
        b"[" * 10_000 + b"\n",
        b'{"id": 1}',
        b'{"name": "' + b"x" * archive.LONGEST_LINE + b'"}\n',
    ],
)
def test_a_line_that_is_no_row_is_refused(tmp_path: Path, line: bytes):
    with pytest.raises(ArchiveBroken, match="person.jsonl has a line that is no row"):
        read(by_hand(tmp_path / "a.zip", {"person.jsonl": line}))


def test_a_large_table_needs_no_more_memory_than_a_small_one(tmp_path: Path):
    def peak(count: int) -> int:
        tracemalloc.start()
        path = made(tmp_path / f"{count}.zip", ({"id": number, "name": "x" * 100} for number in range(count)))
        with archive.opened(path) as found:
            archive.read_manifest(found)
            assert sum(1 for _row in archive.read_member(found, "person")) == count
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(20_000) < 1.2 * peak(2_000)
