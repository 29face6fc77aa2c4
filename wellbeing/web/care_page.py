"""After a rough one, on one's own phone: the words of the counter, and nobody is told who read them."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from wellbeing import site
from wellbeing.content import entries, policies
from wellbeing.content.kinds import RELIEFS
from wellbeing.counter import care_words
from wellbeing.extensions import language
from wellbeing.models.base import db
from wellbeing.web import heart_happy
from wellbeing.web.access import public

bp = Blueprint("care_page", __name__)

KINDS = ("reframing", "under_anger", "perspective", "break_idea", "heart_happy")
POLICIES = {"end_contact": policies.END_CONTACT, "rest": policies.BREAK}


@bp.get("/care")
@public
def care() -> ResponseReturnValue:
    """Safety first, kind words, a break that is yours, and the way back."""
    session, spoken = db.session(), language()
    today = site.today(session)
    texts: dict[str, Any] = {kind: entries.shown(session, kind, today, spoken) for kind in KINDS}
    texts["reframing"] = _of_the_day(texts["reframing"], today)
    texts["heart_happy"] = heart_happy.shown(session, texts["heart_happy"])
    ideas = texts.pop("break_idea")
    by_kind = {kind: [idea for idea in ideas if idea["relief"] == kind] for kind in RELIEFS}
    found = {name: policies.policy(session, key, today, spoken) for name, key in POLICIES.items()}
    prompts = entries.by_key(session, "prompt", today, spoken)
    return render_template(
        "care/care.html", **texts, **found, ideas=by_kind, prompts=prompts, words=care_words.words()
    )


def _of_the_day(lines: list[dict[str, Any]], today: date) -> list[dict[str, Any]]:
    """Return one line, another one each day: a page says the same whoever asks."""
    return [lines[today.toordinal() % len(lines)]] if lines else []
