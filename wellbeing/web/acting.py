"""What the doors of tablets and own phones share: a request's body, and an act done once."""

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa
from flask import jsonify, request
from flask.sansio.scaffold import Scaffold
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import IntegrityError

from wellbeing import codes, epochs, lists, site, tablet_keys
from wellbeing.counter.acts import Refused
from wellbeing.counter.identify import Refusal
from wellbeing.counter.requests import BadRequest, read_act
from wellbeing.counter.sealed import Entry, Read, deliver, read_delivery, read_entry
from wellbeing.counter.state import seal
from wellbeing.extensions import commits, db
from wellbeing.here import EpochOver
from wellbeing.models.lists import ListName
from wellbeing.storage import reading_only, writing
from wellbeing.web import by_token

Outcome = dict[str, Any] | Refusal
Job = Callable[[sa.Connection], Outcome]


def body() -> object:
    """Return what a request's JSON says, or None where it is none."""
    try:
        return request.get_json(silent=True)
    except RecursionError:  # Brackets within brackets, thousands deep.
        return None


def keys() -> Mapping[ListName, frozenset[str]]:
    """Return what the site's lists take today, without the lock that a writing request begins with."""
    with reading_only(), db.engine.connect() as connection:
        return lists.accepted(connection, site.today(connection))


def first_seal() -> dict[str, str]:
    """Return the key to seal to where the jobs have made none yet, made now."""
    server_key = site.config().secrets.server_key
    with writing():
        made: tablet_keys.Offered = commits().run(
            lambda connection: tablet_keys.renew(connection, server_key, site.moment(connection))
        )
    return seal(made)


def answer(job: Job, told: Callable[[dict[str, Any]], dict[str, Any]] = dict) -> ResponseReturnValue:
    """Have an act done and return what to tell; raise Refused where it was not."""
    outcome = done(job)
    if isinstance(outcome, Refusal):
        raise Refused(outcome)
    return jsonify(told(outcome))


def done(job: Job) -> Outcome:
    """Have an act done; a job may run in another request's thread, so it brings everything it needs along."""
    try:
        return _run(job)
    except EpochOver:
        commits().run(_open_epochs)
        return _run(job)
    except IntegrityError:
        # Twins of one request: the other was committed in the meantime, so this one finds its receipt.
        return _run(job)


def _run(job: Job) -> Outcome:
    outcome: Outcome = commits().run(job)
    return outcome


def _open_epochs(connection: sa.Connection) -> None:
    epochs.open_due(connection, site.config().secrets.server_key, site.moment(connection))


def deliveries(
    known: Callable[[sa.Connection, str], object], do: Callable[[Entry], Outcome], read: Read = read_act
) -> ResponseReturnValue:
    """Have what was kept for later done, entry by entry; ``known`` raises Refused for a strange token."""
    sent = body()
    with reading_only(), db.engine.connect() as connection:
        known(connection, by_token.token())
        delivery = read_delivery(sent)
        private = tablet_keys.private_halves(connection, site.config().secrets.server_key)
        listed = lists.accepted(connection, site.today(connection))
    entries = [read_entry(box, delivery.sent_at, private, listed, read) for box in delivery.boxes]
    return jsonify(results=[deliver(entry, do) for entry in entries])


def tell_refusals(room: Scaffold) -> None:
    """Let a room say in the interface's own words why something was not done."""
    room.register_error_handler(Refused, by_token.refused)
    room.register_error_handler(codes.CodeRefused, _code_refused)
    room.register_error_handler(BadRequest, _bad_request)


def _code_refused(error: codes.CodeRefused) -> ResponseReturnValue:
    """Say why a code opened nothing; the refused act was undone as a whole, so the guess is counted here."""
    commits().run(lambda connection: codes.count_wrong(connection, error, site.moment(connection)))
    code = "pin_locked" if error.reason is codes.Refusal.LOCKED else "code_expired"
    return jsonify(error=str(error.sentence), code=code), by_token.STATUSES[code]


def _bad_request(error: BadRequest) -> ResponseReturnValue:
    return jsonify(error=str(error), code="bad_request"), 400
