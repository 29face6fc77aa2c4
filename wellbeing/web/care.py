"""Pages for the moment itself: the apology coach and lines to use; nobody is told who read them."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from wellbeing import site
from wellbeing.content import entries
from wellbeing.content.kinds import THEMES
from wellbeing.counter import coach_words
from wellbeing.extensions import language
from wellbeing.models.base import db
from wellbeing.web.access import public

bp = Blueprint("care", __name__)

# The theme whose lines the coach offers beside its last step; all others stand on their own page.
LEAD = "lead"


@bp.get("/coach")
@public
def coach() -> ResponseReturnValue:
    """The apology coach: to read from beginning to end, or to walk through step by step."""
    texts = _texts("coach_step", "avoid", "practice", "line")
    texts["line"] = [line for line in texts["line"] if line.get("theme") == LEAD]
    return render_template("care/coach.html", **texts, words=coach_words.words())


@bp.get("/lines")
@public
def lines() -> ResponseReturnValue:
    """Lines to use, by theme, to read out on the phone or to copy."""
    found = _texts("line")["line"]
    themes = {theme: [line for line in found if line.get("theme") == theme] for theme in THEMES}
    return render_template("care/lines.html", themes=themes, words=coach_words.words())


def _texts(*kinds: str) -> dict[str, list[dict[str, Any]]]:
    session = db.session()
    today = site.today(session)
    return {kind: entries.shown(session, kind, today, language()) for kind in kinds}
