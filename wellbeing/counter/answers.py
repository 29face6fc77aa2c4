"""Which acts are answers, and what they say as it is collected."""

from collections.abc import Mapping
from typing import Any

from wellbeing.answer import Answer
from wellbeing.models.pending import Dimension

ANSWERS = frozenset({"check_in", "rough", "rough_detail", "break", "back"})


def answer_of(name: str, fields: Mapping[str, Any]) -> Answer:
    """Return what an act says, as it is collected."""
    if name == "rough":
        details = ((Dimension.SEVERITY, fields["severity"]),)
        return Answer(mood=fields["mood"], rough=True, details=details)
    if name == "rough_detail":
        return Answer(details=tuple(_chips(fields)))
    return Answer(
        mood=fields.get("mood"),
        break_minutes=fields.get("minutes", 0),
        break_kind=fields.get("kind"),
        back=name == "back",
    )


def _chips(fields: Mapping[str, Any]) -> list[tuple[Dimension, str]]:
    single = (Dimension.CAUSE, Dimension.CHANNEL, Dimension.AREA)
    chosen = [(dimension, fields[dimension.value]) for dimension in single if fields[dimension.value]]
    return [*((Dimension.BEHAVIOUR, behaviour) for behaviour in fields["behaviour"]), *chosen]
