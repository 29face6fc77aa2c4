"""What one act at the counter says."""

from dataclasses import dataclass

from wellbeing.models.pending import Dimension

BREAK_COUNTS_FROM_MINUTES = 2


@dataclass(frozen=True)
class Answer:
    """What one act at the counter says; severity and categories belong to a rough interaction alone.

    What a break was, and that somebody came back from one, is for their diary alone.
    """

    mood: int | None = None
    rough: bool = False
    break_minutes: int = 0
    details: tuple[tuple[Dimension, str], ...] = ()
    break_kind: str | None = None
    back: bool = False

    @property
    def break_taken(self) -> bool:
        """Whether this act is a break that counts: two minutes or more (R4)."""
        return self.break_minutes >= BREAK_COUNTS_FROM_MINUTES
