"""The README's pictures: few bytes, the colours of the page."""

import struct
import zlib
from collections import Counter

import pytest

from scripts.small_png import chosen, small_png

PAPER, INK, TEAL = 0xFBF8F3, 0x1E2A32, 0x0B6B63


def rgba(*colours: int) -> bytes:
    return b"".join(colour.to_bytes(3, "big") + b"\xff" for colour in colours)


def pixels_of(png: bytes) -> list[list[int]]:
    """Read a picture back, by the parts of the format that we write."""
    chunks, at = {}, 8
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        chunks[png[at + 4 : at + 8]] = png[at + 8 : at + 8 + length]
        at += 12 + length
    width, height = struct.unpack_from(">II", chunks[b"IHDR"])
    colours = [int.from_bytes(chunks[b"PLTE"][n : n + 3], "big") for n in range(0, len(chunks[b"PLTE"]), 3)]
    rows = zlib.decompress(chunks[b"IDAT"])
    starts = range(1, height * (width + 1), width + 1)
    return [[colours[index] for index in rows[start : start + width]] for start in starts]


def test_a_page_of_few_colours_is_kept_as_it_is():
    picture = small_png(3, 2, rgba(PAPER, INK, PAPER, TEAL, PAPER, PAPER))

    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert pixels_of(picture) == [[PAPER, INK, PAPER], [TEAL, PAPER, PAPER]]


def test_a_small_mark_keeps_its_colour_among_many_shades_of_paper():
    shades = [0xF0F000 + shade for shade in range(256)] + [0xF1F000 + shade for shade in range(256)]
    picture = small_png(513, 1, rgba(*shades, TEAL))

    assert TEAL in pixels_of(picture)[0]
    assert len(set(pixels_of(picture)[0])) <= 256


def test_a_colour_without_a_place_becomes_its_nearest():
    counted = Counter({colour: 9 for colour in range(0xF0F000, 0xF0F100)})
    counted[0xF0F000 + (1 << 8)] = 1

    assert 0xF0F100 not in chosen(counted)
    [row] = pixels_of(small_png(257, 1, rgba(*range(0xF0F000, 0xF0F101))))
    assert row[-1] >> 8 == 0xF0F0


def test_a_picture_of_another_size_is_refused():
    with pytest.raises(ValueError, match="as many pixels"):
        small_png(2, 2, rgba(PAPER))
