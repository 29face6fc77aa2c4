"""What a small picture is made of, before it is drawn as SVG for a page or as vectors in a PDF.

Points are pairs (x, y) in the picture's own units, from its upper left corner; y grows downwards.
"""

from dataclasses import dataclass
from enum import StrEnum


class Ink(StrEnum):
    """The colours of a picture, by the names of the page's own tokens, so that light and dark agree."""

    INK = "ink"
    SOFT = "soft"
    LINE = "line"
    CARD = "card"
    TEAL = "teal"
    TEAL_WASH = "teal-wash"
    APRICOT = "apricot-deep"
    ROUGH = "mood-2"
    BREAK = "mood-4"


class Anchor(StrEnum):
    """Which end of a text stands at its point."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A line through points."""

    points: tuple[Point, ...]
    ink: Ink
    width: float = 1.0


@dataclass(frozen=True)
class Area:
    """A filled shape; ``opacity`` from 0 to 1."""

    points: tuple[Point, ...]
    ink: Ink
    opacity: float = 1.0


@dataclass(frozen=True)
class Box:
    """A rectangle from its upper left corner; a hatched one says that its height is a range, not a figure."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink
    edge: Ink | None = None
    hatched: bool = False


@dataclass(frozen=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float
    ink: Ink


@dataclass(frozen=True)
class Text:
    """A word or figure; a turned one reads from the bottom up."""

    x: float
    y: float
    text: str
    ink: Ink = Ink.SOFT
    size: float = 13.0
    anchor: Anchor = Anchor.START
    bold: bool = False
    turned: bool = False


Mark = Line | Area | Box | Dot | Text


@dataclass(frozen=True)
class Picture:
    """Marks on a plane, the first one at the back."""

    width: float
    height: float
    marks: tuple[Mark, ...]
