"""A picture as SVG that stands in a page: colours by class, so that the page's tokens fill them."""

from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup

from wellbeing.reports.drawing import Anchor, Area, Box, Dot, Line, Mark, Picture, Text

CACHED = 512
# How far apart the lines of a hatching are.
HATCH = 5.0


@lru_cache(maxsize=CACHED)
def drawn(picture: Picture, label: str) -> Markup:
    """Return a picture as one SVG element, said as ``label`` by a screen reader."""
    inside = Markup("").join(_mark(mark) for mark in picture.marks)
    return Markup('<svg class="drawn" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        _n(picture.width), _n(picture.height), label, inside
    )


def _mark(mark: Mark) -> Markup:
    match mark:
        case Line():
            return _line(mark)
        case Area():
            return _area(mark)
        case Box():
            return _box(mark)
        case Dot():
            return _dot(mark)
        case Text():
            return _text(mark)


def _line(mark: Line) -> Markup:
    return Markup('<polyline class="line-{}" points="{}" stroke-width="{}"/>').format(
        mark.ink, _points(mark.points), _n(mark.width)
    )


def _area(mark: Area) -> Markup:
    return Markup('<polygon class="ink-{}" points="{}" fill-opacity="{}"/>').format(
        mark.ink, _points(mark.points), _n(mark.opacity)
    )


def _box(mark: Box) -> Markup:
    classes = [f"ink-{'card' if mark.hatched else mark.ink}", *([f"line-{mark.edge}"] if mark.edge else [])]
    rect = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        " ".join(classes), _n(mark.x), _n(mark.y), _n(mark.width), _n(mark.height)
    )
    return rect + _hatching(mark) if mark.hatched else rect


def _hatching(box: Box) -> Markup:
    """Draw lines from lower left to upper right, each as far as it lies within the box."""
    lines = "".join(f"M{_n(x1)} {_n(y1)}L{_n(x2)} {_n(y2)}" for x1, y1, x2, y2 in _slants(box))
    return Markup('<path class="line-{}" d="{}"/>').format(box.ink, lines)


def _slants(box: Box) -> Iterator[tuple[float, float, float, float]]:
    across = HATCH
    while across < box.width + box.height:
        x1, y1 = max(0.0, across - box.height), min(across, box.height)
        x2, y2 = min(across, box.width), max(0.0, across - box.width)
        yield box.x + x1, box.y + y1, box.x + x2, box.y + y2
        across += HATCH


def _dot(mark: Dot) -> Markup:
    return Markup('<circle class="ink-{}" cx="{}" cy="{}" r="{}"/>').format(
        mark.ink, _n(mark.x), _n(mark.y), _n(mark.radius)
    )


def _text(mark: Text) -> Markup:
    anchor = "" if mark.anchor is Anchor.START else Markup(' text-anchor="{}"').format(mark.anchor)
    bold = Markup(' font-weight="700"') if mark.bold else ""
    turn = Markup(' transform="rotate(-90 {} {})"').format(_n(mark.x), _n(mark.y)) if mark.turned else ""
    return Markup('<text class="ink-{}" x="{}" y="{}" font-size="{}"{}{}{}>{}</text>').format(
        mark.ink, _n(mark.x), _n(mark.y), _n(mark.size), anchor, bold, turn, mark.text
    )


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    """Return a number as short as a tenth allows; an opacity keeps its hundredths."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
