"""What a tablet or an own phone may send: each act checked field by field before anything is done with it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from wellbeing import badges, choices
from wellbeing.asking import LONGEST_REACH, LONGEST_WORDS
from wellbeing.models.lists import ListName
from wellbeing.private_text import JOINERS, hides

# The keys that the site's lists take today, read only for an act that holds some.
Keys = Callable[[], Mapping[ListName, Collection[str]]]

PIN_LENGTHS = range(4, 7)
LONGEST_ID = 64
LONGEST_TEXT = 80
LONGEST_LINE = 2000
LONGEST_HANDLE = 8000
LONGEST_KEY = 40
MOST_HANDLES = 5
MOST_CHIPS = 40


class BadRequest(Exception):
    """The request is not one that a tablet of ours would send; the text says what is wrong."""


@dataclass(frozen=True)
class Act:
    """One act at the counter: its client-made id, its name and its checked fields."""

    client_id: str
    name: str
    fields: Mapping[str, Any]


def read_act(body: object, keys: Keys) -> Act:
    """Return the act that a tablet's JSON body asks for; raise BadRequest with a sentence for anything else.

    ``keys`` tells what the site's lists take; a check-in holds none, and does not ask.
    """
    return _read(body, keys, ACTS, _at_tablet)


def read_phone_act(body: object, keys: Keys) -> Act:
    """Return the act that an own phone's JSON body asks for, as read_act does for a tablet's."""
    return _read(body, keys, ON_PHONES, _on_phone)


def _read(body: object, keys: Keys, known: Collection[str], checks_of: "ChecksOf") -> Act:
    if not isinstance(body, dict):
        raise BadRequest(_("The request is not a JSON object."))
    name = body.get("act")
    if not isinstance(name, str) or name not in known:
        raise BadRequest(_("There is no such act."))
    client_id = _text("id", body.get("id"), LONGEST_ID)
    fields = {field: check(field, body.get(field)) for field, check in checks_of(name, body).items()}
    for field, listed in LISTED.get(name, {}).items():
        _refuse_unlisted(field, fields[field], keys()[listed])
    return Act(client_id, name, fields)


def _at_tablet(name: str, body: Mapping[str, object]) -> "Checks":
    checks = _checks(name, "badge" in body)
    signs = name in SIGNED_BY_CHOICE and body.get("person") is not None
    return _WHO | checks if signs else checks


def _on_phone(name: str, body: Mapping[str, object]) -> "Checks":
    """Return what an act holds; the phone's token stands for person and PIN, sealed with what it signs."""
    checks = {field: check for field, check in ACTS[name].items() if field not in _WHO}
    signs = "person" in ACTS[name] or (name in SIGNED_BY_CHOICE and body.get("phone") is not None)
    return _BY_PHONE | checks if signs else checks


def _checks(name: str, by_badge: bool) -> "Checks":
    """Return what an act holds; a badge stands for the person, and where it is enough for the PIN as well."""
    checks = ACTS[name]
    if by_badge and name == "find":
        return _FIND_BY_BADGE
    if by_badge and ("person" in checks or name in SIGNED_BY_CHOICE):
        return _BY_BADGE | {field: check for field, check in checks.items() if field not in _WHO}
    return checks


def _refuse_unlisted(field: str, value: str | list[str] | None, known: Collection[str]) -> None:
    chosen = value if isinstance(value, list) else [value]
    if not all(key is None or key in known for key in chosen):
        raise BadRequest(_("“%(field)s” is not one of the choices.", field=field))


def _text(field: str, value: object, longest: int) -> str:
    text = value if isinstance(value, str) else ""
    if len(text) > longest or hides(text) or not text.translate(JOINERS).strip():
        raise BadRequest(_("“%(field)s” is missing or too long.", field=field))
    return text.strip()


def _line(field: str, value: object) -> str:
    """Return what somebody wrote as one line; how long it may be is for the wall to say, in a sentence."""
    if not isinstance(value, str) or len(value) > LONGEST_LINE:
        raise BadRequest(_("“%(field)s” is missing or too long.", field=field))
    return _text(field, " ".join(value.split()), LONGEST_LINE)


def _short(longest: int) -> Callable[[str, object], str]:
    def check(field: str, value: object) -> str:
        return _text(field, _line(field, value), longest)

    return check


def _name_part(field: str, value: object) -> str:
    return _text(field, value, LONGEST_TEXT)


def _whole(field: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**31:
        raise BadRequest(_("“%(field)s” is not a number that is known here.", field=field))
    return value


def _pin(field: str, value: object) -> str:
    if (
        not isinstance(value, str)
        or not (value.isascii() and value.isdigit())
        or len(value) not in PIN_LENGTHS
    ):
        raise BadRequest(_("A PIN has four to six digits."))
    return value


def _badge(field: str, value: object) -> str:
    if not isinstance(value, str) or not badges.is_number(value):
        raise BadRequest(_("That is not the number of a badge."))
    return value


def _token(field: str, value: object) -> str:
    return _text(field, value, LONGEST_ID)


def _mood(field: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 5:
        raise BadRequest(_("A mood is one of the five faces."))
    return value


def _one_of(keys: frozenset[str] | tuple[int, ...]) -> Callable[[str, object], Any]:
    def check(field: str, value: object) -> Any:
        if isinstance(value, bool) or not isinstance(value, str | int) or value not in keys:
            raise BadRequest(_("“%(field)s” is not one of the choices.", field=field))
        return value

    return check


def _key(field: str, value: object) -> str:
    return _text(field, value, LONGEST_KEY)


def _yes_or_no(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise BadRequest(_("“%(field)s” is not one of the choices.", field=field))
    return value


def _or_none(check: Callable[[str, object], Any]) -> Callable[[str, object], Any]:
    return lambda field, value: None if value is None else check(field, value)


def _several(
    check: Callable[[str, object], Any], most: int, fewest: int = 0
) -> Callable[[str, object], list[Any]]:
    def check_all(field: str, value: object) -> list[Any]:
        if not isinstance(value, list) or not fewest <= len(value) <= most:
            raise BadRequest(_("“%(field)s” is not a list that is known here.", field=field))
        return list(dict.fromkeys(check(field, item) for item in value))

    return check_all


def _handle(field: str, value: object) -> str:
    return _text(field, value, LONGEST_HANDLE)


Checks = dict[str, Callable[[str, object], Any]]
ChecksOf = Callable[[str, Mapping[str, object]], Checks]
_WHO: Checks = {"person": _whole, "pin": _pin}
_BY_BADGE: Checks = {"badge": _badge, "pin": _or_none(_pin)}
_FIND_BY_BADGE: Checks = {"badge": _badge}
_BY_PHONE: Checks = {"phone": _token}

ACTS: dict[str, Checks] = {
    **dict.fromkeys(("who", "take_back", "own_sign_in"), _WHO),
    "check_in": _WHO | {"mood": _mood},
    "rough": _WHO | {"mood": _or_none(_mood), "severity": _one_of(choices.SEVERITY_KEYS)},
    "rough_detail": _WHO
    | {
        "behaviour": _several(_key, MOST_CHIPS),
        "cause": _or_none(_key),
        "channel": _or_none(_key),
        "area": _or_none(_key),
    },
    "break": _WHO | {"kind": _key, "minutes": _one_of(choices.BREAK_MINUTES)},
    "back": _WHO | {"mood": _or_none(_mood)},
    "undo": {"handles": _several(_handle, MOST_HANDLES, fewest=1)},
    "cover": _WHO | {"minutes": _one_of(choices.BREAK_MINUTES)},
    "cover_taken": {"cover": _whole},
    "told": {"audience": _whole, "told": _yes_or_no},
    "join": _WHO | {"pledge": _line, "joined": _yes_or_no},
    "say": {"what": _one_of(frozenset({"moment", "idea"})), "text": _line},
    # What is not ticked is not there.
    "ask": _WHO
    | {
        "name": _or_none(_yes_or_no),
        "team": _or_none(_yes_or_no),
        "reach": _or_none(_short(LONGEST_REACH)),
        "words": _or_none(_short(LONGEST_WORDS)),
    },
    "find": {"q": _name_part},
    "choose_pin": {"code": _name_part, "pin": _pin},
}
# What one person does by themselves; names and PINs of others are none of a phone's business.
ON_PHONES = frozenset(
    {"check_in", "rough", "rough_detail", "break", "back", "undo", "take_back", "cover", "say", "ask"}
)
# Nobody is named in these unless they sign: with their tile and PIN, their badge, or their own phone.
SIGNED_BY_CHOICE = frozenset({"say"})
# Which fields hold keys of which list of the site.
LISTED: dict[str, dict[str, ListName]] = {
    "rough_detail": {
        "behaviour": ListName.BEHAVIOUR,
        "cause": ListName.CAUSE,
        "channel": ListName.CHANNEL,
        "area": ListName.AREA,
    },
    "break": {"kind": ListName.BREAK_KIND},
}


def read_enrolment(body: object) -> tuple[str, str]:
    """Return the code and the name that a new tablet sends; raise BadRequest for anything else."""
    if not isinstance(body, dict):
        raise BadRequest(_("The request is not a JSON object."))
    return _text("code", body.get("code"), LONGEST_TEXT), _text("name", body.get("name"), LONGEST_TEXT)
