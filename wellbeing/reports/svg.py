"""A picture as SVG that stands in a page: colours by class, so that the page's tokens fill them.

Equal marks that follow each other become one element, so that a page of pictures stays light.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup

from wellbeing.reports.drawing import Anchor, Area, Box, Dot, Line, Mark, Picture, Point, Text

CACHED = 512
# How far apart the lines of a hatching are.
HATCH = 5.0


@lru_cache(maxsize=CACHED)
def drawn(picture: Picture, label: str) -> Markup:
    """Return a picture as one SVG element, said as ``label`` by a screen reader."""
    return drawn_once(picture, label)


def drawn_once(picture: Picture, label: str) -> Markup:
    """Return the same without remembering it: for what is one person's own."""
    runs = groupby(picture.marks, _look)
    inside = Markup("").join(_run(list(run)) for _look_of_all, run in runs)
    return Markup('<svg class="drawn" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        _n(picture.width), _n(picture.height), label, inside
    )


def _look(mark: Mark) -> tuple[object, ...]:
    """Return what marks must have in common to become one element; texts and areas share nothing."""
    match mark:
        case Line():
            return Line, mark.ink, mark.width
        case Box():
            return Box, mark.ink, mark.edge, mark.hatched
        case Dot():
            return Dot, mark.ink, mark.radius
    return type(mark), mark


def _run(marks: Sequence[Mark]) -> Markup:
    first = marks[0]
    match first:
        case Line():
            return _lines(first, [mark for mark in marks if isinstance(mark, Line)])
        case Box():
            return _boxes(first, [mark for mark in marks if isinstance(mark, Box)])
        case Dot():
            return _dots(first, [mark for mark in marks if isinstance(mark, Dot)])
        case Area():
            return _area(first)
    return _text(first)


def _lines(first: Line, marks: Sequence[Line]) -> Markup:
    ways = "".join(_way(mark.points) for mark in marks)
    return Markup('<path class="line-{}" stroke-width="{}" d="{}"/>').format(first.ink, _n(first.width), ways)


def _way(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in points)


def _boxes(first: Box, marks: Sequence[Box]) -> Markup:
    fill = "ink-card" if first.hatched else f"ink-{first.ink}"
    look = f"{fill} line-{first.edge}" if first.edge else fill
    ways = "".join(
        f"M{_n(box.x)} {_n(box.y)}h{_n(box.width)}v{_n(box.height)}h-{_n(box.width)}z" for box in marks
    )
    boxes = Markup('<path class="{}" d="{}"/>').format(look, ways)
    return boxes + _hatching(first, marks) if first.hatched else boxes


def _hatching(first: Box, marks: Sequence[Box]) -> Markup:
    ways = "".join(slant for box in marks for slant in _slants(box))
    return Markup('<path class="line-{}" d="{}"/>').format(first.ink, ways)


def _slants(box: Box) -> Iterator[str]:
    """Yield lines from lower left to upper right, each as far as it lies within the box."""
    across = HATCH
    while across < box.width + box.height:
        x, y = max(0.0, across - box.height), min(across, box.height)
        up = min(across, box.width) - x
        yield f"M{_n(box.x + x)} {_n(box.y + y)}l{_n(up)}-{_n(up)}"
        across += HATCH


def _dots(first: Dot, marks: Sequence[Dot]) -> Markup:
    """Draw dots as lines without length, whose round ends are all that is seen."""
    ways = "".join(f"M{_n(mark.x)} {_n(mark.y)}h0" for mark in marks)
    return Markup('<path class="line-{}" stroke-width="{}" d="{}"/>').format(
        first.ink, _n(2 * first.radius), ways
    )


def _area(mark: Area) -> Markup:
    return Markup('<path class="ink-{}" fill-opacity="{}" d="{}z"/>').format(
        mark.ink, _n(mark.opacity), _way(mark.points)
    )


def _text(mark: Text) -> Markup:
    anchor = "" if mark.anchor is Anchor.START else Markup(' text-anchor="{}"').format(mark.anchor)
    bold = Markup(' font-weight="700"') if mark.bold else ""
    turn = Markup(' transform="rotate(-90 {} {})"').format(_n(mark.x), _n(mark.y)) if mark.turned else ""
    return Markup('<text class="ink-{}" x="{}" y="{}" font-size="{}"{}{}{}>{}</text>').format(
        mark.ink, _n(mark.x), _n(mark.y), _n(mark.size), anchor, bold, turn, mark.text
    )


def _n(value: float) -> str:
    """Return a number as short as a hundredth allows."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
