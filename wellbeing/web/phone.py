"""The door of own phones: one page, one URL for every act; the token alone speaks, and reads no answer."""

from collections.abc import Callable
from functools import cache

import sqlalchemy as sa
from flask import Blueprint, Response, jsonify, render_template
from flask.typing import ResponseReturnValue

from wellbeing import plain_words, site
from wellbeing.counter import identify
from wellbeing.counter.acts import Scene, perform
from wellbeing.counter.care import care_content
from wellbeing.counter.identify import Refusal
from wellbeing.counter.requests import Act, read_phone_act
from wellbeing.counter.sealed import Entry, perform_sealed
from wellbeing.counter.state import phone_state
from wellbeing.extensions import db, language
from wellbeing.web import acting, by_token, heart_happy
from wellbeing.web.access import by_tablet_token, public
from wellbeing.web.acting import Job, Outcome
from wellbeing.web.packed import packed

bp = Blueprint("phone", __name__)
acting.tell_refusals(bp)


@bp.get("/phone")
@public
def phone() -> ResponseReturnValue:
    """My shift's shell: nobody in it; everything else comes by token."""
    return packed(render_template("phone/phone.html", facts=plain_words.facts(db.session())))


@bp.get("/phone/state")
@by_tablet_token
def state() -> ResponseReturnValue:
    """What My shift shows."""
    with db.engine.connect() as connection:
        known = by_token.phone(connection, by_token.token())
        shown = phone_state(connection, known, site.moment(connection), language())
    return _json(shown if shown["seal"] else shown | {"seal": acting.first_seal()})


def _json(content: dict[str, object]) -> Response:
    response = packed(jsonify(content).get_data(as_text=True))
    response.mimetype = "application/json"
    return response


@bp.get("/phone/care")
@by_tablet_token
def care() -> ResponseReturnValue:
    """The texts of the care screens in the language that is asked for, without any team's wall."""
    with db.engine.connect() as connection:
        by_token.phone(connection, by_token.token())
        found = care_content(connection, None, site.today(connection), language())
        found["heart_happy"] = heart_happy.shown(connection, found["heart_happy"])
    return _json(found)


@bp.post("/phone/act")
@by_tablet_token
def act() -> ResponseReturnValue:
    """Every act of My shift, by one address, so that no log can tell them apart."""
    wanted = read_phone_act(acting.body(), cache(acting.keys))
    return acting.answer(_on_phone(wanted, lambda scene: perform(scene, wanted)))


def _on_phone(wanted: Act, do: Callable[[Scene], Outcome]) -> Job:
    """Return what does an act as its author's, who may have had this phone before the one who has it now."""
    secrets, shown = site.config().secrets, by_token.token()

    def job(connection: sa.Connection) -> Outcome:
        by_token.phone(connection, shown)
        author = identify.known_by_phone(connection, wanted.fields.get("phone", shown))
        if author is None:
            return Refusal.PHONE_UNKNOWN
        now, owner = site.moment(connection), identify.owner_of(author)
        return do(Scene(connection, author, now, secrets, owner=owner))

    return job


@bp.post("/phone/sealed")
@by_tablet_token
def sealed() -> ResponseReturnValue:
    """What a phone kept while it could not send; each entry is done, or not, by itself."""
    return acting.deliveries(by_token.phone, _late, read_phone_act)


def _late(entry: Entry) -> Outcome:
    act = entry.act
    return acting.done(_on_phone(act, lambda scene: perform_sealed(scene.before(entry.age), act)))
