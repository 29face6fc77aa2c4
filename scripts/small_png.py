"""Writes a picture of a page as a small PNG: at most 256 colours, chosen from the picture itself.

A page is paper, ink and a few colours, so a palette shows it as it is in a third of the bytes.
"""

import struct
import zlib
from collections import Counter

COLOURS = 256
# Colours that share the upper four bits of red, green and blue stand in one bucket: none of a page's
# colours is lost to shades of another, however small its part of the picture is.
BUCKET = 0xF0F0F0
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def small_png(width: int, height: int, rgba: bytes) -> bytes:
    """Return the PNG of a picture given as rows of red, green, blue and (ignored) opacity, a byte each."""
    if len(rgba) != 4 * width * height:
        raise ValueError("the picture has not as many pixels as its size says")
    pixels = [pixel >> 8 for (pixel,) in struct.iter_unpack(">I", rgba)]
    counted = Counter(pixels)
    palette = chosen(counted)
    nearest = {colour: _nearest(colour, palette) for colour in counted}
    indices = bytes(nearest[pixel] for pixel in pixels)
    rows = b"".join(b"\0" + indices[start : start + width] for start in range(0, len(indices), width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = b"".join(colour.to_bytes(3, "big") for colour in palette)
    parts = ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(name, content) for name, content in parts)


def chosen(counted: Counter[int]) -> list[int]:
    """Return at most 256 colours: the most frequent of each bucket first, then the most frequent of all."""
    ranked = [colour for colour, _times in counted.most_common()]
    firsts: dict[int, int] = {}
    for colour in ranked:
        firsts.setdefault(colour & BUCKET, colour)
    return list(dict.fromkeys([*firsts.values(), *ranked]))[:COLOURS]


def _nearest(colour: int, palette: list[int]) -> int:
    red, green, blue = colour.to_bytes(3, "big")

    def distance(at: int) -> int:
        other = palette[at].to_bytes(3, "big")
        return (red - other[0]) ** 2 + (green - other[1]) ** 2 + (blue - other[2]) ** 2

    return min(range(len(palette)), key=distance)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
