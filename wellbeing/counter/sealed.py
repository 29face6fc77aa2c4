"""What a tablet kept while it could not send: opened, checked and done entry by entry (R8)."""

import json
import logging
from base64 import urlsafe_b64decode
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from wellbeing import receipts, sealing
from wellbeing.counter.acts import Refused, Reply, Scene, perform
from wellbeing.counter.answers import ANSWERS
from wellbeing.counter.identify import Refusal
from wellbeing.counter.requests import LISTED, Act, BadRequest, Keys, read_act
from wellbeing.models.lists import ListName

logger = logging.getLogger(__name__)

# Acts that mean the same some hours later; asking who somebody is, or undoing, does not.
SEALABLE = ANSWERS | {"take_back", "cover", "cover_taken", "told", "say", "join", "ask"}
MOST_ENTRIES = 20
LONGEST_BOX = 16_384  # In base64; the longest act fills a third of it.
FURTHEST = 2**53
OLDEST = timedelta(days=30)

Listed = Mapping[ListName, Collection[str]]
Outcome = Reply | Refusal


class Result(StrEnum):
    """What became of an entry: whether the tablet may let go of it, and what it may say."""

    SAVED = "saved"
    UNMATCHED = "unmatched"
    LATER = "later"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Box:
    """A sealed entry, and the name of the key that opens it."""

    key: str
    content: bytes


@dataclass(frozen=True)
class Delivery:
    """What a tablet sends: its clock as it sends, in milliseconds, and its entries, None for what is none."""

    sent_at: int
    boxes: tuple[Box | None, ...]


@dataclass(frozen=True)
class Entry:
    """An act out of its box, and how long ago it was done; None where the tablet's clock cannot tell."""

    act: Act
    age: timedelta | None


Perform = Callable[[Entry], Outcome]
Read = Callable[[object, Keys], Act]


def read_delivery(body: object) -> Delivery:
    """Return what a request delivers; raise BadRequest with a sentence for what no tablet of ours sends."""
    if not isinstance(body, dict):
        raise BadRequest(_("The request is not a JSON object."))
    entries, sent_at = body.get("entries"), _clock(body.get("now"))
    if sent_at is None:
        raise BadRequest(_("“%(field)s” is not a number that is known here.", field="now"))
    if not isinstance(entries, list) or not 1 <= len(entries) <= MOST_ENTRIES:
        raise BadRequest(_("“%(field)s” is not a list that is known here.", field="entries"))
    return Delivery(sent_at, tuple(_box(entry) for entry in entries))


def _clock(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > FURTHEST:
        return None
    return value


def _box(entry: object) -> Box | None:
    found = entry if isinstance(entry, dict) else {}
    key, box = found.get("key"), found.get("box")
    if not isinstance(key, str) or not isinstance(box, str) or len(box) > LONGEST_BOX:
        return None
    try:
        return Box(key, urlsafe_b64decode(box + "=" * (-len(box) % 4)))
    except ValueError:
        return None


def read_entry(
    box: Box | None, sent_at: int, private: Mapping[str, bytes], listed: Listed, read: Read = read_act
) -> Entry | None:
    """Return the act that a box holds, or None for one that cannot be opened or holds no act of ours.

    ``read`` knows the acts of the door that it came through.
    """
    if box is None or box.key not in private:
        return None
    try:
        body = json.loads(sealing.opened(private[box.key], box.content))
        if not isinstance(body, dict) or body.get("act") not in SEALABLE:
            return None
        act = read(_as_listed(body, listed), lambda: listed)
    except (sealing.CannotOpen, BadRequest, ValueError, TypeError, RecursionError):
        return None
    return Entry(act, _age(body.get("at"), sent_at))


def _as_listed(body: dict[str, Any], listed: Listed) -> dict[str, Any]:
    """Return an act without what went off the counter while it waited; a break's kind is not kept anyway."""
    fields = LISTED.get(body["act"], {})
    return body | {field: _still(body.get(field), name, listed[name]) for field, name in fields.items()}


def _still(value: object, name: ListName, known: Collection[str]) -> object:
    if isinstance(value, list):
        return [key for key in value if not isinstance(key, str) or key in known]
    if not isinstance(value, str) or value in known:
        return value
    return min(known) if name is ListName.BREAK_KIND else None


def _age(sealed_at: object, sent_at: int) -> timedelta | None:
    """Return how long an entry waited, by one clock, so that it does not matter whether that is right."""
    at = _clock(sealed_at)
    age = None if at is None else timedelta(milliseconds=sent_at - at)
    return age if age is not None and timedelta() <= age <= OLDEST else None


def deliver(entry: Entry | None, done: Perform) -> Result:
    """Have an entry done and return what the tablet is told; raise Refused for a tablet that is unknown."""
    if entry is None:
        return Result.UNREADABLE
    try:
        outcome = done(entry)
    except Refused as refused:
        if refused.code == "tablet_unknown":
            raise
        if refused.code == "not_taken":
            return Result.UNMATCHED
        return Result.SAVED  # What it was about is not there any more, so nothing is left to do.
    except Exception as error:
        # Whatever is wrong with one entry, those behind it go on. Its text may quote somebody's answer.
        logger.error("unexpected %s at a sealed entry", type(error).__name__)
        return Result.LATER
    return _told(outcome)


def _told(outcome: Outcome) -> Result:
    if not isinstance(outcome, Refusal):
        return Result.SAVED
    locked = outcome in (Refusal.LOCKED, Refusal.LOCKED_FOR_A_DAY)
    return Result.LATER if locked else Result.UNMATCHED


def perform_sealed(scene: Scene, act: Act) -> Outcome:
    """Do an act as if it came live; sent again after it was refused, it counts as no second try."""
    mark = _REFUSED + act.client_id
    if receipts.done_before(scene.connection, scene.secrets.server_key, mark):
        return Refusal.WRONG
    outcome = perform(scene, act)
    if _told(outcome) is Result.UNMATCHED:
        receipts.give(scene.connection, scene.secrets.server_key, mark, scene.now)
    return outcome


# No client id has a line break in it, so none can be taken for the mark of another.
_REFUSED = "refused\n"
