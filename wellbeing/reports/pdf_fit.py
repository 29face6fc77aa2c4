"""How much room a story takes, so that a page can be set as large as it fits."""

from collections.abc import Callable, Sequence

from reportlab.platypus import CondPageBreak, Flowable

from wellbeing.reports.pdf_parts import FREE, ROOM


def fitting(make: Callable[[float], list[Flowable]], sizes: Sequence[float]) -> list[Flowable] | None:
    """Return the story at the first of some sizes at which it fits one page; None where it fits at none."""
    for size in sizes:
        if height(make(size)) <= FREE:
            return make(size)
    return None


def height(story: Sequence[Flowable]) -> float:
    """Return how many points of a page a story takes at most."""
    return sum(_height(one) for one in story if not isinstance(one, CondPageBreak))


def _height(one: Flowable) -> float:
    _wide, high = one.wrap(ROOM, FREE)
    return float(one.getSpaceBefore() + high + one.getSpaceAfter())
