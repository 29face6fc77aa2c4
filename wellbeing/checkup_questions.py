"""What a check-up asks, step by step, in a site's own words: every item, and the questions about each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wellbeing.content import entries
from wellbeing.content.entries import Entry, Reader
from wellbeing.content.kinds import STEPS
from wellbeing.content.shipped import LANGUAGES
from wellbeing.models.checkup import Aspect, Reply

Asked = Mapping[str, Any]

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


def asked_on(reader: Reader, day: date) -> Asked:
    """Return what a check-up that opens on a day asks, in every language, to be kept with it."""
    offered = (entry for entry in entries.every(reader, "checkup_item") if entry.is_shown(day))
    return {"items": [_kept(entry) for entry in offered if not entry.said("en").get("off")]}


def _kept(entry: Entry) -> dict[str, Any]:
    said = {language: entry.said(language) for language in LANGUAGES}
    words = {
        language: {name: str(fields.get(name, "")) for name in ("text", "hint")}
        for language, fields in said.items()
    }
    return {"key": entry.key, "step": str(said["en"]["step"]), **words}


def steps(reader: Reader, asked: Asked, language: str) -> tuple[Step, ...]:
    """Return the steps of a check-up, each with its items; a step without items is left out."""
    titles = {entry.key: str(entry.said(language)["text"]) for entry in entries.every(reader, "checkup_step")}
    items = [Item(item["key"], item["step"], **item[language]) for item in asked["items"]]
    return tuple(
        Step(key, name_of(key), titles.get(key, ""), own)
        for key in STEPS
        if (own := tuple(item for item in items if item.step == key))
    )


def name_of(step: str) -> str:
    """Return what a step is called."""
    if step == HEADLINE:
        return _("The question")
    return _("Areas") if step == AREAS else _("Step %(number)s", number=step)
