"""Whether a clip or picture is all there: what was cut off would be a broken frame in somebody's break."""

import os
from typing import BinaryIO

# A camera writes a thumbnail with an end of its own before a photo, and may write more after the photo's end.
FOREWORD = 1 << 16
ENDS = {"image/png": b"IEND\xaeB`\x82", "image/jpeg": b"\xff\xd9"}
SEGMENT = b"\x18\x53\x80\x67"


def is_whole(stream: BinaryIO, media_type: str) -> bool:
    """Tell whether a file has what its type ends with, or for a film, everything that it announces."""
    size = stream.seek(0, os.SEEK_END)
    if media_type in ENDS:
        stream.seek(FOREWORD if size > 2 * FOREWORD else 0)
        return ENDS[media_type] in stream.read()
    if media_type == "video/webm":
        stream.seek(0)
        return SEGMENT in stream.read(FOREWORD)
    return _has_whole_boxes(stream, size)


def _has_whole_boxes(stream: BinaryIO, size: int) -> bool:
    """Walk through an MP4 from box to box (ISO 14496-12): the last ends with the file, one is its index."""
    at, kinds = 0, set[bytes]()
    while at < size:
        stream.seek(at)
        head = stream.read(16)
        length, header = int.from_bytes(head[:4]), 8
        if length == 0:
            length = size - at
        elif length == 1:
            length, header = int.from_bytes(head[8:]), 16
        if length < header:
            return False
        kinds.add(head[4:8])
        at += length
    return at == size and b"moov" in kinds
