"""Pictures as vectors of a PDF, in the light colours of the pages."""

from collections.abc import Iterator
from functools import cache

from reportlab.graphics import shapes
from reportlab.lib.colors import Color, HexColor

from wellbeing.reports import pdf_fonts
from wellbeing.reports.drawing import Anchor, Area, Box, Dot, Ink, Line, Mark, Picture, Text

# The tokens of static/css/base.css, as they are in the light.
COLOURS = {
    Ink.INK: "#1f2d36",
    Ink.SOFT: "#566670",
    Ink.LINE: "#e4ddd2",
    Ink.CARD: "#ffffff",
    Ink.TEAL: "#0b6b63",
    Ink.TEAL_WASH: "#e3f0ed",
    Ink.APRICOT: "#eaa54a",
    Ink.ROUGH: "#b8782a",
    Ink.BREAK: "#35958a",
}
# How far apart the lines of a hatching are.
HATCH = 5.0


@cache
def colour(ink: Ink) -> Color:
    """Return an ink as a printer takes it."""
    return HexColor(COLOURS[ink])


def drawn(picture: Picture, width: float | None = None) -> shapes.Drawing:
    """Return a picture as a drawing ``width`` points wide, or as many as it has units of its own."""
    scale = 1.0 if width is None else width / picture.width
    plane = shapes.Group(*(shape for mark in picture.marks for shape in _shapes(mark, picture)))
    plane.scale(scale, scale)
    return shapes.Drawing(picture.width * scale, picture.height * scale, plane)


def _shapes(mark: Mark, picture: Picture) -> Iterator[shapes.Shape]:
    if isinstance(mark, Line):
        yield _line(mark, picture.height)
    elif isinstance(mark, Area):
        yield _area(mark, picture.height)
    elif isinstance(mark, Dot):
        yield shapes.Circle(
            mark.x, picture.height - mark.y, mark.radius, fillColor=colour(mark.ink), strokeColor=None
        )
    elif isinstance(mark, Box):
        yield from _box(mark, picture.height)
    else:
        yield from _text(mark, picture)


def _line(mark: Line, height: float) -> shapes.Shape:
    return shapes.PolyLine(
        [at for x, y in mark.points for at in (x, height - y)],
        strokeColor=colour(mark.ink),
        strokeWidth=mark.width,
        strokeLineJoin=1,
        strokeLineCap=1,
    )


def _area(mark: Area, height: float) -> shapes.Shape:
    return shapes.Polygon(
        [at for x, y in mark.points for at in (x, height - y)],
        fillColor=colour(mark.ink),
        fillOpacity=mark.opacity,
        strokeColor=None,
    )


def _box(mark: Box, height: float) -> Iterator[shapes.Shape]:
    bottom = height - mark.y - mark.height
    fill = colour(Ink.CARD if mark.hatched else mark.ink)
    edge = colour(mark.edge) if mark.edge else None
    yield shapes.Rect(mark.x, bottom, mark.width, mark.height, fillColor=fill, strokeColor=edge)
    if mark.hatched:
        lines = shapes.Path(fillColor=None, strokeColor=colour(mark.ink), strokeWidth=1)
        for x1, y1, x2, y2 in _slants(mark.x, bottom, mark.width, mark.height):
            lines.moveTo(x1, y1)
            lines.lineTo(x2, y2)
        yield lines


def _slants(
    left: float, bottom: float, width: float, height: float
) -> Iterator[tuple[float, float, float, float]]:
    """Yield lines from lower left to upper right that end at the edges: nothing else would clip them."""
    across = HATCH
    while across < width + height:
        x1, y1 = max(0.0, across - height), height - min(across, height)
        x2, y2 = min(across, width), height - max(0.0, across - width)
        yield left + x1, bottom + y1, left + x2, bottom + y2
        across += HATCH


def _text(mark: Text, picture: Picture) -> Iterator[shapes.Shape]:
    """Write a text, cut where it would leave the picture."""
    at, end = (picture.height - mark.y, picture.height) if mark.turned else (mark.x, picture.width)
    room = {Anchor.START: end - at, Anchor.END: at, Anchor.MIDDLE: 2 * min(at, end - at)}[mark.anchor]
    said = pdf_fonts.cut(pdf_fonts.printable(mark.text), room, mark.size, mark.bold)
    written = shapes.String(
        0,
        0,
        said,
        fontName=pdf_fonts.BOLD if mark.bold else pdf_fonts.REGULAR,
        fontSize=mark.size,
        fillColor=colour(mark.ink),
        textAnchor=mark.anchor.value,
    )
    place = shapes.Group(written)
    place.translate(mark.x, picture.height - mark.y)
    if mark.turned:
        place.rotate(90)
    if said:
        yield place
