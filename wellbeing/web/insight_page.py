"""What a diary shows its owner: sentences, and pictures with the same figures as tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from wellbeing import lists
from wellbeing.diary import pictures, sentences
from wellbeing.diary.findings import Findings, KindOfBreak, ShiftMood, findings_of
from wellbeing.diary.shifts import Shift
from wellbeing.models.base import db
from wellbeing.models.lists import ListName
from wellbeing.reports import svg
from wellbeing.reports.drawing import Picture

Draw = Callable[[bool], Picture]


@dataclass(frozen=True, repr=False)
class Drawing:
    """One picture for a page and for a phone; None where there is nothing to draw yet."""

    wide: Markup
    narrow: Markup


@dataclass(frozen=True, repr=False)
class Shown:
    """Findings with their words and pictures; ``kind_names`` has the words of each kind of break."""

    findings: Findings
    spillover: tuple[str, ...]
    recovery: tuple[str, ...]
    breaks: tuple[str, ...]
    moods_drawn: Drawing | None
    after_drawn: Drawing | None
    kinds_drawn: Drawing | None
    kind_names: dict[str | None, str]

    @property
    def moods(self) -> list[ShiftMood]:
        """The shifts of the picture, newest first."""
        return pictures.with_mood(self.findings.moods)[: -pictures.ON_A_PAGE - 1 : -1]


def shown(shifts: Sequence[Shift]) -> Shown:
    """Return what some shifts of an open diary show. Nothing of it is remembered anywhere."""
    found, names = findings_of(shifts), _kind_names()
    after, kinds = found.after_rough, found.breaks.kinds
    return Shown(
        findings=found,
        spillover=sentences.spillover(found.spillover),
        recovery=sentences.recovery(found.recovery),
        breaks=sentences.breaks(found.breaks),
        moods_drawn=_drawing(
            bool(pictures.with_mood(found.moods)),
            lambda narrow: pictures.moods(found.moods, narrow),
            _("Mood by shift, from start to end"),
        ),
        after_drawn=_drawing(
            bool(after.each),
            lambda narrow: pictures.after_rough(after, narrow),
            _("Mood before a rough one, right then, and at the next check-in"),
        ),
        kinds_drawn=_drawing(
            _has_gain(kinds),
            lambda narrow: pictures.kinds(kinds, names, narrow),
            _("How much mood rose after rough ones, without a break and by kind of break"),
        ),
        kind_names=names,
    )


def _has_gain(kinds: Sequence[KindOfBreak]) -> bool:
    return any(one.gain is not None for one in kinds)


def _kind_names() -> dict[str | None, str]:
    names: dict[str | None, str] = {None: _("Without a break"), "": _("Some break")}
    return names | {key: str(label) for key, label in lists.words(db.session(), ListName.BREAK_KIND).items()}


def _drawing(worth_it: bool, draw: Draw, label: str) -> Drawing | None:
    if not worth_it:
        return None
    return Drawing(svg.drawn_once(draw(False), label), svg.drawn_once(draw(True), label))
