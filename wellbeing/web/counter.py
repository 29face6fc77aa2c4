"""The shared tablet's door: one page, one URL for every act; the token alone speaks."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa
from flask import Blueprint, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from wellbeing import codes, collect, epochs, lists, plain_words, site, tablet_keys, tablets
from wellbeing.counter.acts import Refused, Scene, perform
from wellbeing.counter.identify import Refusal
from wellbeing.counter.requests import BadRequest, read_act, read_enrolment
from wellbeing.counter.sealed import Entry, deliver, perform_sealed, read_delivery, read_entry
from wellbeing.counter.state import counter_state, seal
from wellbeing.extensions import commits, db, language
from wellbeing.models.lists import ListName
from wellbeing.storage import reading_only, writing
from wellbeing.web import by_token
from wellbeing.web.access import by_tablet_token, public
from wellbeing.web.packed import packed

bp = Blueprint("counter", __name__)
bp.register_error_handler(Refused, by_token.refused)

Doing = Callable[[Scene], dict[str, Any] | Refusal]


@bp.get("/counter")
@public
def counter() -> ResponseReturnValue:
    """The counter's shell: no person in it; everything else comes by token."""
    return packed(render_template("counter/counter.html", facts=plain_words.facts(db.session())))


@bp.post("/counter/enrol")
@by_tablet_token
def enrol() -> ResponseReturnValue:
    """A tablet's enrolment with a one-time code."""
    code, name = read_enrolment(_body())
    found = commits().run(lambda connection: tablets.enrol(connection, code, name, site.moment(connection)))
    return jsonify(token=found.token, team=found.unit_name)


def _body() -> object:
    """Return what a request's JSON says, or None where it is none."""
    try:
        return request.get_json(silent=True)
    except RecursionError:  # Brackets within brackets, thousands deep.
        return None


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
        jsonify(shown if shown["seal"] else shown | {"seal": _first_seal()}).get_data(as_text=True)
    )
    response.mimetype = "application/json"
    return response


def _first_seal() -> dict[str, str]:
    """Return the key to seal to where the jobs have made none yet, made now."""
    server_key = site.config().secrets.server_key
    with writing():
        made: tablet_keys.Offered = commits().run(
            lambda connection: tablet_keys.renew(connection, server_key, site.moment(connection))
        )
    return seal(made)


@bp.post("/counter/act")
@by_tablet_token
def act() -> ResponseReturnValue:
    """Every act at the counter, by one address, so that no log can tell them apart."""
    wanted = read_act(_body(), cache(_keys))
    outcome = _done(lambda scene: perform(scene, wanted))
    if isinstance(outcome, Refusal):
        raise Refused(outcome)
    return jsonify(outcome)


def _keys() -> Mapping[ListName, frozenset[str]]:
    """Return what the site's lists take today, without the lock that a writing request begins with."""
    with reading_only(), db.engine.connect() as connection:
        return lists.accepted(connection, site.today(connection))


def _done(act: Doing) -> dict[str, Any] | Refusal:
    try:
        return _perform(act)
    except collect.EpochOver:
        commits().run(_open_epochs)
        return _perform(act)
    except IntegrityError:
        # Twins of one request: the other was committed in the meantime, so this one finds its receipt.
        return _perform(act)


def _perform(act: Doing) -> dict[str, Any] | Refusal:
    secrets, token = site.config().secrets, by_token.token()

    # A job may run in another request's thread, so it brings everything it needs along.
    def job(connection: sa.Connection) -> dict[str, Any] | Refusal:
        return act(Scene(connection, by_token.tablet(connection, token), site.moment(connection), secrets))

    outcome: dict[str, Any] | Refusal = commits().run(job)
    return outcome


@bp.post("/counter/sealed")
@by_tablet_token
def sealed() -> ResponseReturnValue:
    """What a tablet kept while it could not send; each entry is done, or not, by itself."""
    entries = _opened()
    return jsonify(results=[deliver(entry, _late) for entry in entries])


def _opened() -> list[Entry | None]:
    body = _body()
    with reading_only(), db.engine.connect() as connection:
        by_token.tablet(connection, by_token.token())
        delivery = read_delivery(body)
        private = tablet_keys.private_halves(connection, site.config().secrets.server_key)
        listed = lists.accepted(connection, site.today(connection))
    return [read_entry(box, delivery.sent_at, private, listed) for box in delivery.boxes]


def _late(entry: Entry) -> dict[str, Any] | Refusal:
    return _done(lambda scene: perform_sealed(scene.before(entry.age), entry.act))


def _open_epochs(connection: sa.Connection) -> None:
    epochs.open_due(connection, site.config().secrets.server_key, site.moment(connection))


@bp.errorhandler(codes.CodeRefused)
def code_refused(error: codes.CodeRefused) -> ResponseReturnValue:
    """Say why a code opened nothing; the refused act was undone as a whole, so the guess is counted here."""
    commits().run(lambda connection: codes.count_wrong(connection, error, site.moment(connection)))
    code = "pin_locked" if error.reason is codes.Refusal.LOCKED else "code_expired"
    return jsonify(error=str(error.sentence), code=code), by_token.STATUSES[code]


@bp.errorhandler(BadRequest)
def bad_request(error: BadRequest) -> ResponseReturnValue:
    """Say what is wrong with a request."""
    return jsonify(error=str(error), code="bad_request"), 400
