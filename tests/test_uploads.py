"""What an admin uploads: kept once, whole, and only when it is what it says; all else is refused."""

import hashlib
import io
import os
import time
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.answers import House
from tests.fixtures import clips
from wellbeing import uploads
from wellbeing.content.editing import Typed, add
from wellbeing.content.kinds import KINDS
from wellbeing.models.base import db
from wellbeing.models.content import Upload
from wellbeing.site import now
from wellbeing.uploads import Sent, UploadRefused, type_of

TODAY = date(2026, 3, 4)


@pytest.fixture(autouse=True)
def here(app: Flask, house: House):
    """A site."""


def keep(folder: Path, content: bytes = clips.PNG, name: str = "otter.png", title: str = "Otter") -> Upload:
    return uploads.keep(db.session(), folder, Sent(io.BytesIO(content), name, title), TODAY)


def refused(folder: Path, *sent: object) -> str:
    with pytest.raises(UploadRefused) as found:
        keep(folder, *sent)  # type: ignore[arg-type]
    db.session.rollback()
    assert not uploads.folder(folder).exists() or os.listdir(uploads.folder(folder)) == []
    return str(found.value)


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (clips.MP4, "dog.mp4", "video/mp4"),
        (clips.MP4, "DOG.M4V", "video/mp4"),
        (clips.WEBM, "sea.webm", "video/webm"),
        (clips.JPEG, "cat.jpeg", "image/jpeg"),
        (clips.PNG, "otter.png", "image/png"),
    ],
)
def test_clips_and_pictures_are_kept_under_their_digest(tmp_path, content: bytes, name: str, media_type: str):
    upload = keep(tmp_path, content, name)

    path = uploads.folder(tmp_path) / hashlib.sha256(content).hexdigest()
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o077 == 0
    assert (upload.sha256, upload.media_type, upload.size) == (path.name, media_type, len(content))
    assert os.listdir(uploads.folder(tmp_path)) == [path.name]


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (clips.SVG, "otter.svg", "This is not a clip or picture that can be shown."),
        (clips.SVG, "otter.png", "This is not a clip or picture that can be shown."),
        (clips.HTML, "otter.mp4", "This is not a clip or picture"),
        (clips.GIF, "otter.gif", "This is not a clip or picture"),
        (clips.MATROSKA, "otter.webm", "This is not a clip or picture"),
        (b"\x00\x00\x00\x20ftypheic", "otter.mp4", "This is not a clip or picture"),
        (b"", "otter.png", "Choose a file that is not empty."),
        (clips.PNG, "otter.html", "says something else than what is in it, which is PNG."),
        (clips.JPEG, "otter.png", "which is JPEG."),
        (clips.PNG, "", "which is PNG."),
        (clips.PNG[:-8], "otter.png", "A part of this file is missing."),
        (clips.MP4[:40] + b"<html>", "dog.mp4", "A part of this file is missing."),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_reason(tmp_path, content: bytes, name: str, reason: str):
    assert reason in refused(tmp_path, content, name)


@pytest.mark.parametrize(
    ("title", "reason"),
    [
        (" ", "Give it a title"),
        ("a\x00b", "Give it a title"),
        ("x" * 81, "at most 80 characters"),
        ("Mr Smith", "name"),
    ],
)
def test_a_clip_needs_a_title(tmp_path, title: str, reason: str):
    assert reason in refused(tmp_path, clips.PNG, "otter.png", title)


def test_a_file_that_is_too_large_leaves_nothing_behind(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(uploads, "LARGEST", 100)

    assert "larger than 0 MB" in refused(tmp_path, clips.MP4, "dog.mp4")


def test_the_same_file_is_kept_once(tmp_path):
    first = keep(tmp_path).sha256
    again = keep(tmp_path, title="Otter again")

    assert (again.sha256, again.title) == (first, "Otter")
    assert os.listdir(uploads.folder(tmp_path)) == [first]


def test_a_site_keeps_forty_clips(tmp_path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(uploads, "MOST", 1)
    keep(tmp_path)

    with pytest.raises(UploadRefused, match="at most 1 clips"):
        keep(tmp_path, clips.JPEG, "cat.jpg")
    assert len(os.listdir(uploads.folder(tmp_path))) == 1


def test_a_full_disk_is_told_and_nothing_is_half_kept(tmp_path, monkeypatch: pytest.MonkeyPatch):
    def fail(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    assert "could not be kept" in refused(tmp_path)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Upload)) == 0


def test_what_an_interrupted_upload_left_behind_is_gone_a_day_later(tmp_path):
    uploads.folder(tmp_path).mkdir()
    old, new = (uploads.folder(tmp_path) / f".{name}.part" for name in ("old", "new"))
    for path, age in ((old, 100_000), (new, 60)):
        path.write_bytes(b"half")
        os.utime(path, (time.time() - age,) * 2)

    keep(tmp_path)
    assert (old.exists(), new.exists()) == (False, True)


def test_a_clip_that_a_text_shows_stays_and_one_that_none_shows_goes_with_its_file(tmp_path):
    used, free = keep(tmp_path), keep(tmp_path, clips.JPEG, "cat.jpg")
    words = {"en": {"title": "Otter"}, "plain": {"clip": used.sha256}}
    add(db.session(), KINDS["heart_happy"], Typed(words, "", {used.sha256}), now())

    with pytest.raises(UploadRefused, match="A text still shows this clip"):
        uploads.remove(db.session(), tmp_path, used)
    uploads.remove(db.session(), tmp_path, free)

    assert [upload.title for upload in uploads.every(db.session())] == ["Otter"]
    assert os.listdir(uploads.folder(tmp_path)) == [used.sha256]


def test_a_clip_whose_file_is_gone_can_be_deleted_and_sent_again(tmp_path):
    upload = keep(tmp_path)
    (uploads.folder(tmp_path) / upload.sha256).unlink()

    keep(tmp_path)
    assert len(os.listdir(uploads.folder(tmp_path))) == 1
    (uploads.folder(tmp_path) / upload.sha256).unlink()
    uploads.remove(db.session(), tmp_path, upload)
    assert uploads.every(db.session()) == []


@given(st.binary(max_size=80))
def test_whatever_begins_like_nothing_known_is_nothing_that_is_shown(head: bytes):
    assert type_of(b"<" + head) is None
