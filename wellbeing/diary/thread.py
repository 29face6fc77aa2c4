"""A day as a thread through its faces: the higher the better the mood, rough ones and breaks as beads on it.

There is no clock on it: what followed what is all it says.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wellbeing.diary.days import Line
from wellbeing.diary.entry import Kind

# How far beads are apart, and how much room one needs.
STEP, ROOM = 54.0, 48.0
# How much higher the thread runs for each step on the scale of moods.
RISE = 11.0
MIDDLE = 3.0
BEADS = {Kind.ROUGH: "rough", Kind.DETAIL: "rough", Kind.BREAK: "cup"}


@dataclass(frozen=True, repr=False)
class Bead:
    """A face (``mood``) or a mark (``mark``: "rough" or "cup") with its middle at a point."""

    x: float
    y: float
    mood: int | None
    mark: str | None


@dataclass(frozen=True, repr=False)
class Thread:
    """Beads on a smooth way (``way``, as SVG draws it), in a plane of a width and a height."""

    width: float
    height: float
    way: str
    beads: tuple[Bead, ...]


def thread_of(lines: Sequence[Line]) -> Thread:
    """Return the thread of a day's lines, from the first to the last."""
    told = [bead for line in lines for bead in _beads(line)]
    levels = _levels(told) or [MIDDLE]
    beads = tuple(
        Bead(ROOM / 2 + number * STEP, ROOM / 2 + (max(levels) - level) * RISE, mood, mark)
        for number, ((mood, mark), level) in enumerate(zip(told, levels, strict=False))
    )
    width, height = ROOM + max(0, len(beads) - 1) * STEP, ROOM + (max(levels) - min(levels)) * RISE
    return Thread(width, height, _way(beads), beads)


Told = tuple[int | None, str | None]


def _beads(line: Line) -> Iterator[Told]:
    if line.entry.kind in BEADS:
        yield None, BEADS[line.entry.kind]
    for mood in line.moods:
        yield mood, None


def _levels(told: Sequence[Told]) -> list[float]:
    """Return how high each bead lies; a mark lies half way between the faces around it."""
    faces = [(at, float(mood)) for at, (mood, _mark) in enumerate(told) if mood is not None]
    levels = []
    for at, (mood, _mark) in enumerate(told):
        before = [level for place, level in faces if place < at][-1:]
        after = [level for place, level in faces if place > at][:1]
        around = before + after or [MIDDLE]
        levels.append(float(mood) if mood is not None else sum(around) / len(around))
    return levels


def _way(beads: Sequence[Bead]) -> str:
    if not beads:
        return ""
    way = f"M{beads[0].x:g} {beads[0].y:g}"
    for one, other in zip(beads, beads[1:], strict=False):
        middle = (one.x + other.x) / 2
        way += f"C{middle:g} {one.y:g} {middle:g} {other.y:g} {other.x:g} {other.y:g}"
    return way
