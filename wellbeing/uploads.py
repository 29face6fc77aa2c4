"""Clips and pictures of a site: known by their first bytes, kept under their digest, whole or not at all."""

import hashlib
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from time import time
from typing import BinaryIO

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing import whole_file
from wellbeing.content.editing import mentions
from wellbeing.models.content import Upload
from wellbeing.private_text import refusal
from wellbeing.whole_clips import is_whole

LARGEST = 30_000_000
MOST = 40
LONGEST_TITLE = 80
CHUNK = 1 << 16
HEAD = 64
ABANDONED = 86_400  # seconds
# The endings that a file of each type may have, the usual one first.
ENDINGS: Mapping[str, tuple[str, ...]] = {
    "video/mp4": (".mp4", ".m4v"),
    "video/webm": (".webm",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
}
BRANDS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash", b"MSNV")


class UploadRefused(Exception):
    """A file that is not kept; the text says why, in a sentence."""


@dataclass(frozen=True)
class Sent:
    """A file as a browser sends it: its bytes, what it is called, and the title somebody typed."""

    stream: BinaryIO
    name: str
    title: str


def type_of(head: bytes) -> str | None:
    """Return what a file is by its first 64 bytes; None for anything that is not shown."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[4:8] == b"ftyp" and head[8:12] in BRANDS:
        return "video/mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head:
        return "video/webm"
    return None


def folder(instance: Path) -> Path:
    """Return where the files lie, each called by its digest."""
    return instance / "uploads"


def every(session: Session) -> list[Upload]:
    """Return what was uploaded, by title."""
    return list(session.scalars(sa.select(Upload).order_by(Upload.title, Upload.sha256)))


def keep(session: Session, instance: Path, sent: Sent, today: date) -> Upload:
    """Keep a file that is what it says, once. Commits; raises UploadRefused, with nothing kept.

    The file is there before its row is, so that no page ever names one that is not.
    """
    media_type, title = _checked(sent), _title(sent.title)
    try:
        folder(instance).mkdir(mode=0o700, parents=True, exist_ok=True)
        _forget_leftovers(folder(instance))
        with whole_file.beside(folder(instance) / "upload") as unfinished:
            sha256, size = _written(sent.stream, unfinished)
            if not is_whole(sent.stream, media_type):
                raise UploadRefused(_("A part of this file is missing. Copy it again, then upload it."))
            upload = session.get(Upload, sha256)
            if upload is None:
                _refuse_many(session)
            os.replace(unfinished, folder(instance) / sha256)
        if upload is None:
            upload = Upload(sha256=sha256, media_type=media_type, title=title, size=size, added_on=today)
            session.add(upload)
        session.commit()
    except OSError:
        raise UploadRefused(_("The file could not be kept. Whoever runs this site can see why.")) from None
    return upload


def _checked(sent: Sent) -> str:
    """Return what a file is, where that is shown and its name says the same."""
    head = sent.stream.read(HEAD)
    sent.stream.seek(0)
    ending = PurePath(sent.name.strip().lower()).suffix
    if not head:
        raise UploadRefused(_("Choose a file that is not empty."))
    found = type_of(head)
    if found is None:
        raise UploadRefused(
            _("This is not a clip or picture that can be shown. Clips are MP4 or WebM; pictures JPEG or PNG.")
        )
    if ending not in ENDINGS[found]:
        raise UploadRefused(
            _(
                "This file's name says something else than what is in it, which is %(type)s.",
                type=found.partition("/")[2].upper(),
            )
        )
    return found


def _title(typed: str) -> str:
    title = " ".join(typed.split())
    if not title or not title.isprintable():
        raise UploadRefused(_("Give it a title, so that others know what it is."))
    if len(title) > LONGEST_TITLE:
        raise UploadRefused(_("A title has at most %(most)s characters.", most=LONGEST_TITLE))
    if said := refusal(title):
        raise UploadRefused(said)
    return title


def _forget_leftovers(files: Path) -> None:
    """Delete what an interrupted upload of an earlier day left behind."""
    for path in files.glob(".*.part"):
        with suppress(FileNotFoundError):
            if time() - path.stat().st_mtime > ABANDONED:
                path.unlink()


def _written(stream: BinaryIO, path: Path) -> tuple[str, int]:
    """Write a file piece by piece, and return its digest and size."""
    digest, size = hashlib.sha256(), 0
    with whole_file.private(path) as file:
        while piece := stream.read(CHUNK):
            size += len(piece)
            if size > LARGEST:
                raise UploadRefused(too_large())
            digest.update(piece)
            file.write(piece)
    return digest.hexdigest(), size


def too_large() -> str:
    """Return the sentence for a file that is too large."""
    return _("This file is larger than %(most)s MB.", most=LARGEST // 1_000_000)


def _refuse_many(session: Session) -> None:
    if (session.scalar(sa.select(sa.func.count()).select_from(Upload)) or 0) >= MOST:
        raise UploadRefused(_("A site keeps at most %(most)s clips. Delete one first.", most=MOST))


def remove(session: Session, instance: Path, upload: Upload) -> None:
    """Delete a clip that no text shows, its file too. Commits; raises UploadRefused."""
    if mentions(session, "clip", upload.sha256):
        raise UploadRefused(_("A text still shows this clip. Choose another one there, or delete that text."))
    name = upload.sha256
    session.delete(upload)
    session.commit()
    with suppress(FileNotFoundError):
        (folder(instance) / name).unlink()
