"""A backup's file: a zip of JSON lines, one member for each table, and a manifest with a digest of each.

What it reads may come from anywhere: every length has a limit, and all digests are checked before any row.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from io import BufferedReader
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

# The first format, of version 0.1.0, had no clips.
FORMAT, FIRST_FORMAT = "second-wind-backup-2", "second-wind-backup-1"
MANIFEST = "manifest.json"
CLIPS = "clips/"
LARGEST_CLIP = 30_000_000
LONGEST_MANIFEST = 100_000
LONGEST_LINE = 20_000
# Rows of a table shrink to a tenth or so; a member that would grow a hundredfold is made to fill a disk.
MOST_GROWTH, SMALL_ENOUGH = 100, 10_000_000
CHUNK = 1 << 16
ENCRYPTED = 1  # A zip's flag bit.
# A member's time would be finer than the hour.
NO_TIME = (1980, 1, 1, 0, 0, 0)

Row = dict[str, Any]


class ArchiveBroken(Exception):
    """The file is no whole backup; the text says what is wrong with it."""


@dataclass(frozen=True)
class Member:
    """One table's digest, and how many rows it has; of answers that is not told."""

    sha256: str
    rows: int | None


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    format: str
    revision: str
    version: str
    hour: str
    with_pending: bool
    members: Mapping[str, Member]
    # Uploaded clips and pictures, by the digest of their bytes.
    clips: tuple[str, ...] = field(default=())
    # Marks of the secrets that the site had, by their names.
    secrets: Mapping[str, str] = field(default_factory=dict)


def write_member(archive: ZipFile, name: str, rows: Iterable[Row]) -> Member:
    """Write a table's rows, one by one, and return their digest and number."""
    digest, count = hashlib.sha256(), 0
    with archive.open(_info(f"{name}.jsonl"), "w", force_zip64=True) as member:
        for row in rows:
            line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            digest.update(line)
            member.write(line)
            count += 1
    return Member(digest.hexdigest(), count)


def write_clip(archive: ZipFile, sha256: str, content: BinaryIO) -> None:
    """Write an uploaded file as it is: clips do not get smaller."""
    with archive.open(_info(f"{CLIPS}{sha256}", ZIP_STORED), "w") as member:
        while piece := content.read(CHUNK):
            member.write(piece)


def read_clip(archive: ZipFile, sha256: str) -> Iterator[bytes]:
    """Yield an uploaded file, piece by piece; its digest has been checked with the manifest."""
    with archive.open(f"{CLIPS}{sha256}") as content:
        while piece := content.read(CHUNK):
            yield piece


def write_manifest(archive: ZipFile, manifest: Manifest) -> None:
    """Write what the backup says of itself; the last member, because it knows the digests of the others."""
    archive.writestr(_info(MANIFEST), json.dumps(asdict(manifest), indent=2))


def _info(name: str, packing: int = ZIP_DEFLATED) -> ZipInfo:
    info = ZipInfo(name, NO_TIME)
    info.compress_type = packing
    info.external_attr = 0o600 << 16
    return info


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """Yield a backup's file for reading; raise ArchiveBroken wherever it turns out not to be a whole one."""
    try:
        with ZipFile(path) as archive:
            yield archive
    except PermissionError:
        raise ArchiveBroken(
            f"{path} cannot be read by the user who runs this command: let them read it."
        ) from None
    except OSError as error:
        raise ArchiveBroken(f"{path} cannot be read: {error.strerror or 'it is no file'}.") from None
    except (BadZipFile, zlib.error, EOFError):
        raise ArchiveBroken(
            f"{path} is not a whole backup: it is damaged, cut short or something else."
        ) from None


def read_manifest(archive: ZipFile) -> Manifest:
    """Return what a backup says of itself, once every member is there, whole, and of a believable size."""
    members = {info.filename: info for info in archive.infolist()}
    if (
        any(map(_is_odd, members.values()))
        or MANIFEST not in members
        or members[MANIFEST].file_size > LONGEST_MANIFEST
    ):
        raise ArchiveBroken("This file is not a backup of Second Wind: it has no manifest.")
    manifest = _manifest(archive.read(MANIFEST))
    clips = {f"{CLIPS}{sha256}": sha256 for sha256 in manifest.clips}
    told = {MANIFEST, *(f"{name}.jsonl" for name in manifest.members), *clips}
    if len(archive.infolist()) != len(told) or set(members) != told:
        raise ArchiveBroken("This backup does not hold what its manifest says.")
    for name, member in manifest.members.items():
        _check(archive, members[f"{name}.jsonl"], member.sha256)
    for name, sha256 in clips.items():
        _check(archive, members[name], sha256)
    return manifest


def _is_odd(info: ZipInfo) -> bool:
    packing = ZIP_STORED if info.filename.startswith(CLIPS) else ZIP_DEFLATED
    return bool(info.flag_bits & ENCRYPTED) or info.compress_type != packing


def _manifest(text: bytes) -> Manifest:
    try:
        told = json.loads(text)
        if told["format"] not in (FORMAT, FIRST_FORMAT):
            raise ArchiveBroken("This backup has a format that this version of Second Wind does not know.")
        members = {str(name): Member(**member) for name, member in told["members"].items()}
        clips = tuple(str(sha256) for sha256 in told.get("clips", ()))
        secrets = {str(name): str(mark) for name, mark in told.get("secrets", {}).items()}
        return Manifest(**told | {"members": members, "clips": clips, "secrets": secrets})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ArchiveBroken("This backup's manifest makes no sense.") from None


def _check(archive: ZipFile, info: ZipInfo, sha256: str) -> None:
    clip = info.filename.startswith(CLIPS)
    if info.file_size > (LARGEST_CLIP if clip else SMALL_ENOUGH + MOST_GROWTH * info.compress_size):
        raise ArchiveBroken(f"{info.filename} would grow out of all proportion; nothing of it was read.")
    digest = hashlib.sha256()
    with archive.open(info) as content:
        while chunk := content.read(CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != sha256:
        raise ArchiveBroken(f"{info.filename} was changed since the backup was made: its digest differs.")


def read_member(archive: ZipFile, name: str) -> Iterator[Row]:
    """Yield a table's rows, one by one."""
    # Read through a buffer of its own: a zip member's readline does not keep to its limit.
    with archive.open(f"{name}.jsonl") as member:
        content = BufferedReader(member, CHUNK)  # type: ignore[type-var]
        while line := content.readline(LONGEST_LINE):
            yield _row(name, line)


def _row(name: str, line: bytes) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict) or not line.endswith(b"\n"):
        raise ArchiveBroken(f"{name}.jsonl has a line that is no row.")
    return row
