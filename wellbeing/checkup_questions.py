"""What a check-up asks, step by step, in a site's own words: every item, and the questions about each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wellbeing.content import entries
from wellbeing.content.entries import Entry, Reader
from wellbeing.content.kinds import STEPS
from wellbeing.models.checkup import Aspect, Reply

HEADLINE, AREAS = "headline", "areas"
# The source speaks of six steps and gives four: what stands here is the site's own.
OWN_STEPS = frozenset({"5", "6"})
THREE = (Aspect.CONSISTENTLY, Aspect.PROPERLY, Aspect.EFFECTIVE)

QUESTIONS: dict[Aspect, LazyString] = {
    Aspect.YES: _l("What do you say?"),
    Aspect.CONSISTENTLY: _l("Done consistently?"),
    Aspect.PROPERLY: _l("Done properly?"),
    Aspect.EFFECTIVE: _l("Does it work?"),
}
# How a word that was released names its question.
SHORT: dict[Aspect, LazyString] = {
    Aspect.YES: _l("Yes"),
    Aspect.CONSISTENTLY: _l("Consistently"),
    Aspect.PROPERLY: _l("Properly"),
    Aspect.EFFECTIVE: _l("Effective"),
}
REPLIES: dict[Reply, LazyString] = {
    Reply.YES: _l("Yes"),
    Reply.PARTLY: _l("Partly"),
    Reply.NO: _l("No"),
}


@dataclass(frozen=True)
class Item:
    """One item; the headline and areas have one question, every other has three."""

    key: str
    step: str
    text: str
    hint: str

    @property
    def aspects(self) -> tuple[Aspect, ...]:
        """What is asked of it."""
        return (Aspect.YES,) if self.step in (HEADLINE, AREAS) else THREE


@dataclass(frozen=True)
class Step:
    """One page of the check-up: what it is called, the question above it, and its items."""

    key: str
    name: str
    text: str
    items: tuple[Item, ...]

    @property
    def is_own(self) -> bool:
        """Whether it is the site's, and not in the source."""
        return self.key in OWN_STEPS


def steps(reader: Reader, day: date, language: str) -> tuple[Step, ...]:
    """Return the steps that are asked on a day, each with its items; a step without items is left out."""
    asked = [entry for entry in entries.every(reader, "checkup_item") if entry.is_shown(day)]
    return _steps(reader, (entry for entry in asked if not entry.said("en").get("off")), language)


def every(reader: Reader, language: str) -> tuple[Step, ...]:
    """Return the steps with all items that the site ever had: figures of the past keep their words."""
    return _steps(reader, entries.every(reader, "checkup_item"), language)


def _steps(reader: Reader, found: Iterable[Entry], language: str) -> tuple[Step, ...]:
    titles = {entry.key: str(entry.said(language)["text"]) for entry in entries.every(reader, "checkup_step")}
    items = [_item(entry, language) for entry in found]
    return tuple(
        Step(key, name_of(key), titles.get(key, ""), own)
        for key in STEPS
        if (own := tuple(item for item in items if item.step == key))
    )


def _item(entry: Entry, language: str) -> Item:
    said = entry.said(language)
    return Item(entry.key, str(said["step"]), str(said["text"]), str(said.get("hint", "")))


def name_of(step: str) -> str:
    """Return what a step is called."""
    if step == HEADLINE:
        return _("The question")
    return _("Areas") if step == AREAS else _("Step %(number)s", number=step)
