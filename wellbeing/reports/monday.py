"""The Monday sheet: one page for the ten-minute talk of a team, the same for everybody who may open it."""

from dataclasses import dataclass

from wellbeing.reports.drawing import Picture


@dataclass(frozen=True)
class Sheet:
    """All that one printed page says, in the order in which it says it; what is empty is left out.

    ``path`` names the units above, the organisation first. ``changed`` are the newest lines of what the unit
    changed, ``because`` says from which released words the ``question`` and the ``idea`` follow.
    """

    unit: str
    path: tuple[str, ...]
    days: str
    headline: str
    sentences: tuple[str, ...]
    reason: str
    mood: Picture | None
    people: Picture | None
    changed: tuple[str, ...]
    message: str
    author: str
    because: str
    question: str
    idea: str
    fine_print: tuple[str, ...]
