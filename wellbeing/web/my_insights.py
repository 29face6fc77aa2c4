"""What my days show: worked out while the page is made, for the diary's owner, and kept nowhere."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from wellbeing import site
from wellbeing.diary import pictures, sentences
from wellbeing.diary.findings import inertia_of
from wellbeing.diary.shifts import Shift, shifts_of
from wellbeing.web import insight_page, support_card, unlocked
from wellbeing.web.only_reading import only_reading
from wellbeing.web.unlocked import with_open_diary

bp = Blueprint("my_insights", __name__)


@bp.get("/my/insights")
@with_open_diary
def insights() -> ResponseReturnValue:
    """Mood by shift, after rough ones, and with and without a break; where shifts were hard, a kind word."""
    shifts = _shifts()
    return _page(shifts, card=support_card.card(shifts))


def _shifts() -> tuple[Shift, ...]:
    return shifts_of([one.entry for one in unlocked.entries()], site.zone())


def _page(
    shifts: tuple[Shift, ...], card: support_card.Card | None = None, inertia: tuple[str, ...] | None = None
) -> str:
    return render_template(
        "mine/insights.html",
        shown=insight_page.shown(shifts),
        card=card,
        inertia=inertia,
        moment_names=pictures.moment_names(),
        signed=pictures.signed,
    )


@bp.post("/my/insights")
@with_open_diary
def how_long_a_mood_lasts() -> ResponseReturnValue:
    """The same with how long a mood lasts, for whoever asks to see it."""
    with only_reading():
        shifts = _shifts()
        return _page(shifts, inertia=sentences.inertia(inertia_of(shifts)))
