"""What each act at the counter does, within one transaction; nothing is half done."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from wellbeing import badges, choices, collect, floor, keys, notices, people, receipts, site, withdraw
from wellbeing.config import Secrets
from wellbeing.counter import contact, own_sign_in
from wellbeing.counter.answers import ANSWERS, answer_of
from wellbeing.counter.identify import Known, Refusal, known, known_by_badge
from wellbeing.counter.requests import Act
from wellbeing.counter.tiles import find_people
from wellbeing.moments import Late
from wellbeing.phones import PhoneFacts
from wellbeing.tablets import TabletFacts
from wellbeing.talk import pledges, posts
from wellbeing.talk.posts import Kind, TalkRefused

Reply = dict[str, Any]
# A request that was on the wall when somebody took it is over by then, and another may have its number.
LONGEST_COVER = timedelta(minutes=max(choices.BREAK_MINUTES))


class Refused(Exception):
    """An act that was understood but not done; ``code`` says why, in the words of the tablet's interface.

    ``sentence`` is for the person, where the code alone does not say enough; it is in no log.
    """

    def __init__(self, code: str, sentence: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True)
class Scene:
    """Where and when an act happens: the transaction, the tablet or phone, the moment and the secrets."""

    connection: sa.Connection
    tablet: TabletFacts | PhoneFacts
    now: datetime
    secrets: Secrets
    # Of an act that is done now; what a tablet kept for a while tells when it happened, if it can.
    late: Late | None = None
    # Of a phone alone: whose it is, who needs no PIN there.
    owner: Known | None = None

    @property
    def happened_at(self) -> datetime | None:
        """When the act was done at the tablet; None where nobody can tell."""
        return self.late.happened_at if self.late else self.now

    def before(self, age: timedelta | None) -> "Scene":
        """Return this scene for an act of some time ago, or of a time that nobody knows."""
        return replace(self, late=Late(None if age is None else self.now - age))


def perform(scene: Scene, act: Act) -> Reply | Refusal:
    """Do an act once and return what to tell the tablet; the same client id again does nothing more.

    A wrong PIN, badge or code is returned, not raised, because the try itself must be committed. Raises
    Refused, or EpochOver when the next epoch has to open first.
    """
    person = _author(scene, act)
    if isinstance(person, Refusal):
        return _replayed(scene, act) or person
    if act.name in ("who", "find"):
        return _ask(scene, act, person)
    if not receipts.give(scene.connection, scene.secrets.server_key, act.client_id, scene.now):
        return dict(_DONE[act.name])
    return _ACTS[act.name](scene, act, person)


def _author(scene: Scene, act: Act) -> Known | Refusal | None:
    if "phone" in act.fields:
        return scene.owner
    connection, pepper, tablet = scene.connection, scene.secrets.pin_pepper, scene.tablet.id
    if "person" in act.fields:
        return known(connection, pepper, tablet, act.fields["person"], act.fields["pin"], scene.now)
    if "badge" in act.fields and "pin" in act.fields:
        return known_by_badge(connection, pepper, tablet, act.fields["badge"], act.fields["pin"], scene.now)
    return None


def _replayed(scene: Scene, act: Act) -> Reply | None:
    if act.name in ("who", "find"):
        return None
    if not receipts.done_before(scene.connection, scene.secrets.server_key, act.client_id):
        return None
    return dict(_DONE[act.name])


def _ask(scene: Scene, act: Act, person: Known | None) -> Reply | Refusal:
    if person is None:
        return _find(scene, act)
    counts, counts_from = people.counting(scene.connection, person.id, person.counts_from)
    return {
        "name": person.name.split()[0],
        "counts": counts,
        "counts_from": counts_from.isoformat() if counts_from else None,
    }


def _find(scene: Scene, act: Act) -> Reply | Refusal:
    if "q" in act.fields:
        return {"people": find_people(scene.connection, act.fields["q"])}
    owner = badges.find(scene.connection, scene.secrets.pin_pepper, act.fields["badge"])
    if owner is None:
        return Refusal.BADGE_UNKNOWN
    tile = {"id": owner.id, "name": floor.short_name(owner.name), "pin_length": owner.pin_length}
    return {"people": [tile]}


def _record(scene: Scene, act: Act, person: Known | None) -> Reply:
    author = _present(person)
    server_key = scene.secrets.server_key
    answer = answer_of(act.name, act.fields)
    recorded = collect.record(scene.connection, server_key, author.id, answer, scene.now, scene.late)
    said = {"saved": True, "handle": withdraw.handle(server_key, recorded, scene.now)}
    return said | {"in_diary": True} if recorded.diary else said


def _present(person: Known | None) -> Known:
    if person is None:
        raise Refused("bad_request")
    return person


def _undo(scene: Scene, act: Act, _person: Known | None) -> Reply:
    try:
        # The last act first, so that each finds the shift's state as it left it.
        for handle in reversed(act.fields["handles"]):
            withdraw.undo(scene.connection, scene.secrets.server_key, handle, scene.now)
    except keys.HandleRefused:
        raise Refused("undo_over") from None
    return {"undone": True}


def _take_back(scene: Scene, _act: Act, person: Known | None) -> Reply:
    withdraw.take_back(scene.connection, scene.secrets.server_key, _present(person).id)
    return {"taken_back": True}


def _cover(scene: Scene, act: Act, person: Known | None) -> Reply:
    unit, minutes, asked_at = scene.tablet.unit_id, act.fields["minutes"], scene.happened_at
    if asked_at is None or asked_at + timedelta(minutes=minutes) <= scene.now:
        return dict(_SAVED)
    asked = floor.ask_for_cover(scene.connection, _present(person).id, unit, minutes, asked_at)
    return {"saved": True, "handle": withdraw.cover_handle(scene.secrets.server_key, asked, scene.now)}


def _cover_taken(scene: Scene, act: Act, _person: Known | None) -> Reply:
    if scene.happened_at is None or scene.now - scene.happened_at > LONGEST_COVER:
        raise Refused("not_found")
    if not floor.take_cover(scene.connection, act.fields["cover"], {scene.tablet.unit_id}):
        raise Refused("not_found")
    return {"saved": True}


def _told(scene: Scene, act: Act, _person: Known | None) -> Reply:
    audience, told = act.fields["audience"], act.fields["told"]
    above = notices.units_above(scene.connection, scene.tablet.unit_id)
    if not notices.tell(scene.connection, audience, above, told, scene.now):
        raise Refused("not_found")
    return {"saved": True}


def _say(scene: Scene, act: Act, person: Known | None) -> Reply:
    """Hang up a good moment or an idea; without a name unless its author signed it."""
    kind, author = Kind(act.fields["what"]), person.id if person else None
    day = site.day(scene.connection, scene.happened_at or scene.now)
    try:
        number = posts.write(scene.connection, kind, scene.tablet.unit_id, act.fields["text"], day, author)
    except TalkRefused as refused:
        raise Refused("not_taken", refused.sentence) from None
    return {"saved": True, "handle": withdraw.said_handle(scene.secrets.server_key, kind, number, scene.now)}


def _contact(scene: Scene, act: Act, person: Known | None) -> Reply:
    today, waited = site.day(scene.connection, scene.now), scene.late is not None
    try:
        asked = contact.ask(scene.connection, _present(person).id, act.fields, today, waited=waited)
    except contact.NotAsked as refused:
        raise Refused(refused.code) from None
    return {"saved": True, "handle": withdraw.ask_handle(scene.secrets.server_key, asked, scene.now)}


def _join(scene: Scene, act: Act, person: Known | None) -> Reply:
    """Put somebody's name under the pledge that they read, or take it off again."""
    standing = pledges.of_unit(scene.connection, scene.tablet.unit_id)
    if standing is None or standing.text != act.fields["pledge"]:
        raise Refused("not_found")
    change = pledges.join if act.fields["joined"] else pledges.leave
    change(scene.connection, standing, _present(person).id)
    return dict(_SAVED)


def _choose_pin(scene: Scene, act: Act, _person: Known | None) -> Reply:
    code, pin = act.fields["code"], act.fields["pin"]
    try:
        name = people.choose_pin(scene.connection, scene.secrets.pin_pepper, code, pin, scene.now)
    except people.PinTooSimple:
        raise Refused("pin_weak") from None
    return {"saved": True, "name": name.split()[0]}


def _own_sign_in(scene: Scene, act: Act, person: Known | None) -> Reply:
    """Make a code for one's own sign-in; a badge alone, which may lie about, is not enough."""
    if not act.fields["pin"]:
        raise Refused("pin_needed")
    try:
        return {
            "saved": True,
            "code": own_sign_in.make_code(scene.connection, _present(person).id, scene.now),
        }
    except own_sign_in.NotFromHere:
        raise Refused("sign_in_taken") from None


_SAVED: Reply = {"saved": True, "handle": None}
_DONE: dict[str, Reply] = dict.fromkeys(ANSWERS, _SAVED) | {
    "undo": {"undone": True},
    "take_back": {"taken_back": True},
    "cover": _SAVED,
    "cover_taken": {"saved": True},
    "told": {"saved": True},
    "say": _SAVED,
    "join": _SAVED,
    "ask": _SAVED,
    "choose_pin": {"saved": True, "name": None},
    "own_sign_in": {"saved": True, "code": None},
}
_ACTS: dict[str, Callable[[Scene, Act, Known | None], Reply | Refusal]] = dict.fromkeys(ANSWERS, _record) | {
    "undo": _undo,
    "take_back": _take_back,
    "cover": _cover,
    "cover_taken": _cover_taken,
    "told": _told,
    "say": _say,
    "join": _join,
    "ask": _contact,
    "choose_pin": _choose_pin,
    "own_sign_in": _own_sign_in,
}
