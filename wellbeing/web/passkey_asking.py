"""What pages and browsers say to each other about passkeys, in JSON: a challenge out, one answer back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import jsonify, request, session
from flask.sansio.scaffold import Scaffold
from flask.typing import ResponseReturnValue

from wellbeing import passkey_answers, passkeys, sign_in, site
from wellbeing.models.base import db
from wellbeing.passkey_answers import Party
from wellbeing.passkey_refusals import PasskeyRefused, Refusal
from wellbeing.sign_in import SignedIn
from wellbeing.web.entering import enter

# The challenge that this browser was given last; an answer of another browser is worth nothing here.
GIVEN = "passkey"
LONGEST_BODY = 20_000
STATUSES = {
    Refusal.NONSENSE: 400,
    Refusal.NO_NAME: 422,
    Refusal.NOT_SECURE: 422,
    Refusal.OVER: 410,
    Refusal.ELSEWHERE: 403,
    Refusal.UNVERIFIED: 403,
    Refusal.UNKNOWN: 401,
    Refusal.BACKWARDS: 403,
}


class Said(Exception):
    """Something that cannot be done, said in a sentence for people."""

    def __init__(self, sentence: str, status: int = 422) -> None:
        super().__init__()
        self.sentence, self.status = sentence, status


@dataclass(frozen=True, repr=False)
class Answered:
    """A browser's answer, and what it must be an answer to; nothing of it is checked yet."""

    party: Party
    challenge: bytes
    answer: object
    body: Mapping[str, Any]

    def text(self, name: str) -> str:
        """Return a text that came along with the answer."""
        return text_in(self.body, name)


def answer_in_json(room: Scaffold) -> None:
    """Let a room's refusals be JSON, with a sentence to show beside the button."""
    room.register_error_handler(PasskeyRefused, _refused)
    room.register_error_handler(Said, _said)


def _refused(refused: PasskeyRefused) -> ResponseReturnValue:
    return _said(Said(str(refused.sentence), STATUSES[refused.reason]))


def _said(said: Said) -> ResponseReturnValue:
    db.session.rollback()
    return jsonify(error=said.sentence), said.status


def given() -> tuple[Party, bytes]:
    """Return this site and a new challenge, which this browser keeps until it answers. Commits."""
    party = passkey_answers.party_of(request.url_root)
    challenge = passkeys.ask(db.session(), site.now())
    session[GIVEN] = passkey_answers.text_of(challenge)
    return party, challenge


def answered() -> Answered:
    """Return this browser's answer to its challenge, which is used up; raise PasskeyRefused. Commits."""
    body, kept = body_of_request(), session.pop(GIVEN, None)
    party = passkey_answers.party_of(request.url_root)
    if kept is None:
        raise PasskeyRefused(Refusal.OVER)
    challenge = passkey_answers.bytes_of(kept)
    passkeys.take(db.session(), challenge, site.now())
    return Answered(party, challenge, body.get("answer"), body)


def go_in(person_id: int) -> SignedIn:
    """Begin a fresh session for the owner of a passkey; raise PasskeyRefused for who has left. Commits."""
    entered = sign_in.enter(db.session(), person_id, site.now())
    if entered is None:
        raise PasskeyRefused(Refusal.UNKNOWN)
    enter(entered)
    return entered


def my_page() -> str:
    """Return where one's own passkeys are listed."""
    return f"{request.script_root}/my/sign-in"


def body_of_request() -> Mapping[str, Any]:
    """Return the JSON object that was sent; raise PasskeyRefused for anything else."""
    try:
        body = None if (request.content_length or 0) > LONGEST_BODY else request.get_json(silent=True)
    except RecursionError:
        body = None
    if not isinstance(body, dict):
        raise PasskeyRefused(Refusal.NONSENSE)
    return body


def text_in(body: Mapping[str, Any], name: str) -> str:
    """Return a text of a JSON object, empty where there is none; raise PasskeyRefused for another thing."""
    found = body.get(name, "")
    if not isinstance(found, str):
        raise PasskeyRefused(Refusal.NONSENSE)
    return found
