"""A clip or picture that was cut off on its way is told from one that is all there."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fixtures import clips
from wellbeing.whole_clips import FOREWORD, is_whole

LARGE_BOX = b"\x00\x00\x00\x01mdat" + (40).to_bytes(8) + b"\x00" * 24
FILMED = clips.MP4[:32] + LARGE_BOX + b"\x00\x00\x00\x08moov"


def whole(content: bytes, media_type: str) -> bool:
    return is_whole(io.BytesIO(content), media_type)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (clips.PNG, "image/png"),
        (clips.PNG + b"\x00" * 50, "image/png"),
        (b"\x00" * FOREWORD + clips.JPEG + b"\x00" * 2 * FOREWORD, "image/jpeg"),
        (clips.JPEG, "image/jpeg"),
        (clips.WEBM, "video/webm"),
        (clips.MP4, "video/mp4"),
        (FILMED, "video/mp4"),
    ],
)
def test_what_cameras_write_is_whole(content: bytes, media_type: str):
    assert whole(content, media_type)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (clips.PNG[:-8], "image/png"),
        (clips.JPEG + b"\x00" * 2 * FOREWORD, "image/jpeg"),
        (clips.JPEG[:-2], "image/jpeg"),
        (clips.WEBM[:30], "video/webm"),
        (clips.MP4[:32], "video/mp4"),
        (FILMED[:60], "video/mp4"),
        (FILMED[:-1], "video/mp4"),
        (FILMED[:-8] + b"<html><script>alert(1)</script>", "video/mp4"),
        (FILMED + b"\x00\x00\x00\x07free", "video/mp4"),
    ],
)
def test_what_was_cut_off_or_goes_on_as_something_else_is_not(content: bytes, media_type: str):
    assert not whole(content, media_type)


@given(st.binary(max_size=200))
def test_no_film_leads_in_circles(content: bytes):
    assert whole(clips.MP4[:32] + content, "video/mp4") in (True, False)
