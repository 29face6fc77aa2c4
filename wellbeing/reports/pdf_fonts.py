"""The font of printed files: what it can write, how wide a text is, and where a long one is cut."""

import unicodedata
from functools import cache
from pathlib import Path

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

FONTS = Path(__file__).resolve().parent.parent / "fonts"
REGULAR, BOLD = "AtkinsonHyperlegibleNext-Regular", "AtkinsonHyperlegibleNext-Bold"
# Stands where a name has a character that the font lacks, so that nobody takes the rest for the whole name.
MISSING = "\N{LOZENGE}"
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
# Characters that the font lacks and that another one says as well.
INSTEAD = {
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{RIGHTWARDS ARROW}": "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}",
    "\N{THIN SPACE}": "\N{NO-BREAK SPACE}",
    "\N{NARROW NO-BREAK SPACE}": "\N{NO-BREAK SPACE}",
}

for _name in (REGULAR, BOLD):
    pdfmetrics.registerFont(TTFont(_name, str(FONTS / f"{_name}.ttf")))
for _italic in (0, 1):
    addMapping(REGULAR, 0, _italic, REGULAR)
    addMapping(REGULAR, 1, _italic, BOLD)


def printable(text: str) -> str:
    """Return a text in characters that the font has, on one line; a lozenge stands for each of the others."""
    return "".join(_drawn(sign) for sign in unicodedata.normalize("NFC", text))


@cache
def _drawn(sign: str) -> str:
    kind = unicodedata.category(sign)
    if sign in INSTEAD:
        return INSTEAD[sign]
    if ord(sign) in pdfmetrics.getFont(REGULAR).face.charToGlyph:
        return sign
    if kind in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    return "" if kind == "Cf" else MISSING


def width(text: str, size: float, bold: bool = False) -> float:
    """Return how wide a printable text is, in the unit of its size."""
    return float(pdfmetrics.stringWidth(text, BOLD if bold else REGULAR, size))


def cut(text: str, room: float, size: float, bold: bool = False) -> str:
    """Return a printable text that fits a room, with an ellipsis where its end had to go."""
    if width(text, size, bold) <= room:
        return text
    for end in range(len(text) - 1, 0, -1):
        shorter = text[:end].rstrip() + ELLIPSIS
        if width(shorter, size, bold) <= room:
            return shorter
    return ""
