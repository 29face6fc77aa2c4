"""The shared tablet's door: one page, one URL for every act; the token alone speaks."""

from collections.abc import Callable
from functools import cache
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import plain_words, site, tablets
from wellbeing.counter.acts import Scene, perform
from wellbeing.counter.requests import read_act, read_enrolment
from wellbeing.counter.sealed import Entry, perform_sealed
from wellbeing.counter.state import counter_state
from wellbeing.extensions import commits, db, language
from wellbeing.web import acting, by_token, sign_in_code
from wellbeing.web.access import by_tablet_token, public
from wellbeing.web.acting import Job, Outcome
from wellbeing.web.packed import packed

bp = Blueprint("counter", __name__)
acting.tell_refusals(bp)


@bp.get("/counter")
@public
def counter() -> ResponseReturnValue:
    """The counter's shell: no person in it; everything else comes by token."""
    return packed(render_template("counter/counter.html", facts=plain_words.facts(db.session())))


@bp.post("/counter/enrol")
@by_tablet_token
def enrol() -> ResponseReturnValue:
    """A tablet's enrolment with a one-time code."""
    code, name = read_enrolment(acting.body())
    found = commits().run(lambda connection: tablets.enrol(connection, code, name, site.moment(connection)))
    return jsonify(token=found.token, team=found.unit_name)


@bp.get("/counter/state")
@by_tablet_token
def state() -> ResponseReturnValue:
    """What the counter screen shows."""
    with db.engine.connect() as connection:
        tablet = by_token.tablet(connection, by_token.token())
        shown = counter_state(connection, tablet, site.moment(connection), language())
        today = site.today(connection)
    tablets.note_seen(db.engine, tablet, today, request.headers.get("Queue", ""))
    response = packed(
        jsonify(shown if shown["seal"] else shown | {"seal": acting.first_seal()}).get_data(as_text=True)
    )
    response.mimetype = "application/json"
    return response


@bp.post("/counter/act")
@by_tablet_token
def act() -> ResponseReturnValue:
    """Every act at the counter, by one address, so that no log can tell them apart."""
    wanted = read_act(acting.body(), cache(acting.keys))
    return acting.answer(_at_tablet(lambda scene: perform(scene, wanted)), _in_words)


def _in_words(outcome: dict[str, Any]) -> dict[str, Any]:
    """Return what an act told; whoever's diary keeps it hears so, and may wonder who began one for them."""
    also = {"also": _("Kept in your diary too.")} if outcome.pop("in_diary", False) else {}
    return sign_in_code.pictured(outcome) | also


def _at_tablet(act: Callable[[Scene], Outcome]) -> Job:
    secrets, token = site.config().secrets, by_token.token()

    def job(connection: sa.Connection) -> Outcome:
        return act(Scene(connection, by_token.tablet(connection, token), site.moment(connection), secrets))

    return job


@bp.post("/counter/sealed")
@by_tablet_token
def sealed() -> ResponseReturnValue:
    """What a tablet kept while it could not send; each entry is done, or not, by itself."""
    return acting.deliveries(by_token.tablet, _late)


def _late(entry: Entry) -> Outcome:
    return acting.done(_at_tablet(lambda scene: perform_sealed(scene.before(entry.age), entry.act)))
