"""One entry of a diary, and how it is written down before it is sealed."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What an entry is about."""

    CHECK_IN = "check_in"
    BACK = "back"
    ROUGH = "rough"
    DETAIL = "detail"
    BREAK = "break"
    NOTE = "note"
    IMPORTED = "imported"


@dataclass(frozen=True)
class Counted:
    """What of an act went to the team's figures: the pool, and the days of the ticks that may release it."""

    pool_id: int
    week_ends: date
    four_weeks_end: date


@dataclass(frozen=True)
class Entry:
    """What happened, when it was felt and when it was entered; empty fields were not said.

    ``felt_at`` is None where a tablet's clock could not tell. ``mood`` is 1 to 5, ``minutes`` those of a
    break; the rest are keys of the site's lists. ``counted`` is None for what never left the diary.
    """

    kind: Kind
    entered_at: datetime
    felt_at: datetime | None
    mood: int | None = None
    severity: str | None = None
    behaviour: tuple[str, ...] = ()
    cause: str | None = None
    channel: str | None = None
    area: str | None = None
    break_kind: str | None = None
    minutes: int = 0
    text: str = ""
    counted: Counted | None = None

    @property
    def moment(self) -> datetime:
        """When it was felt or, where that is not known, entered."""
        return self.felt_at or self.entered_at


def written(entry: Entry) -> bytes:
    """Return an entry as it is sealed."""
    said = {name: value for name, value in asdict(entry).items() if value not in (None, (), "", 0)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def _plain(value: date) -> str:
    return value.isoformat()


# What stands between the entries, so that their number tells nothing.
NOTHING = b""


def read(content: bytes) -> Entry | None:
    """Return the entry that was written, or None for an empty one."""
    if content == NOTHING:
        return None
    said: dict[str, Any] = json.loads(content)
    counted = said.get("counted")
    return Entry(
        **said
        | {
            "kind": Kind(said["kind"]),
            "entered_at": datetime.fromisoformat(said["entered_at"]),
            "felt_at": datetime.fromisoformat(said["felt_at"]) if "felt_at" in said else None,
            "behaviour": tuple(said.get("behaviour", ())),
            "counted": _counted(counted) if counted else None,
        }
    )


def _counted(said: dict[str, Any]) -> Counted:
    days = {name: date.fromisoformat(said[name]) for name in ("week_ends", "four_weeks_end")}
    return Counted(said["pool_id"], **days)
