"""The page of a unit's wall: what its people say to each other by choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask_babel import get_locale
from flask_login import current_user

from wellbeing import floor, site
from wellbeing.content import entries
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.talk import ideas, moments, pledges
from wellbeing.talk.ideas import Shown
from wellbeing.units import below, is_open
from wellbeing.web.access import may
from wellbeing.web.forms import whole_number
from wellbeing.web.talk_form import WORDS, AnswerForm, IdeaForm, MomentForm, PledgeForm

SAFE = ("https://", "http://")


@dataclass(frozen=True)
class Typed:
    """Forms that were refused, to be shown again as they were typed; None for a fresh one."""

    moment: MomentForm | None = None
    idea: IdeaForm | None = None
    pledge: PledgeForm | None = None
    # An idea's number, and the form of the answer to it.
    answer: tuple[int, AnswerForm] | None = None


def page(unit: Unit, typed: Typed | None = None) -> str:
    """Return the wall of a unit and of everything below it, with forms as they were typed."""
    typed, reader = typed or Typed(), db.session()
    here = unit_ids(unit)
    shown, older = moments.newest(reader, here, whole_number(request.args.get("before", "")))
    box, pledge = ideas.of_units(reader, here), pledges.of_unit(reader, unit.id)
    may_answer = may(Permission.WRITE_NOTE, unit)
    return render_template(
        "talk/wall.html",
        unit=unit,
        me=(current_user.id, floor.short_name(current_user.name)),
        open_now=is_open(reader, unit),
        may_answer=may_answer,
        moments=shown,
        older=older,
        ideas=box,
        states=WORDS,
        answers=_answers(box, typed) if may_answer else {},
        pledge=pledge,
        moment_form=typed.moment or MomentForm(formdata=None, prefix="moment-"),
        idea_form=typed.idea or IdeaForm(formdata=None, prefix="idea-"),
        pledge_form=typed.pledge or PledgeForm(formdata=None, prefix="pledge-"),
        prompts={entry["key"]: entry["text"] for entry in _texts("prompt")},
        training=[entry for entry in _texts("training") if _is_safe(entry)],
    )


def unit_ids(unit: Unit) -> set[int]:
    """Return the ids of a unit and of everything below it, what was merged into them too."""
    return {found.id for found in below(db.session(), {unit.id})}


def _answers(box: list[Shown], typed: Typed) -> Mapping[int, AnswerForm]:
    forms = {idea.id: answer_form(idea.id, state=idea.state.value, text=idea.reply) for idea in box}
    return forms | dict([typed.answer] if typed.answer else [])


def answer_form(number: int, **data: str) -> AnswerForm:
    """Return the form of the answer to an idea: as it stands where that is given, else as it was sent."""
    prefix = f"answer{number}-"
    return AnswerForm(formdata=None, prefix=prefix, data=data) if data else AnswerForm(prefix=prefix)


def _texts(kind: str) -> list[dict[str, Any]]:
    return entries.shown(db.session(), kind, site.today(db.session()), str(get_locale()))


def _is_safe(entry: Mapping[str, Any]) -> bool:
    link = str(entry.get("link") or "")
    return not link or link.lower().startswith(SAFE)
