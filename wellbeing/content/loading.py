"""Files of texts: read whole and checked whole, so that a bad entry is named and nothing is half loaded."""

import re
import tomllib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing.content import editing
from wellbeing.content.checks import PLAIN, WordsRefused, checked
from wellbeing.content.editing import MOST
from wellbeing.content.entries import Entry, every
from wellbeing.content.kinds import KINDS, Kind
from wellbeing.content.shipped import FOLDER, LANGUAGES, shipped
from wellbeing.models.content import ContentEntry, Origin, Words

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
# The page of a new entry stands where one with this key would.
TAKEN = {"new"}
LARGEST = 1_000_000


class FileRefused(Exception):
    """A file of texts that cannot be loaded; one sentence for everything that is wrong with it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Told:
    """One entry of a file, found good."""

    key: str
    words: Words
    offered: bool


@dataclass(frozen=True)
class Texts:
    """A whole file, found good."""

    kind: Kind
    entries: tuple[Told, ...]


def read(content: bytes, kind: str | None = None) -> Texts:
    """Return the texts of a file; ``kind`` is for one whose name says it. Raises FileRefused."""
    table = _table(content)
    named = table.get("kind", kind)
    if not isinstance(named, str) or named not in KINDS:
        raise FileRefused([f"The file begins with kind = one of: {', '.join(KINDS)}."])
    found, entries = KINDS[named], table.get("entry")
    strange = sorted(table.keys() - {"kind", "entry"})
    problems = [f"The file has “{name}”, which means nothing here." for name in strange]
    if not isinstance(entries, list) or not entries:
        raise FileRefused([*problems, "The file has no [[entry]]."])
    told: list[Told] = []
    for number, entry in enumerate(entries, 1):
        try:
            told.append(_entry(found, entry, {one.key for one in told}))
            if kind is None:
                _refuse_added(found, told[-1].key)
        except ValueError as error:
            problems.append(f"Entry {number}{_named(entry)}: {error}")
    if len(entries) > MOST:
        problems.append(f"A kind has at most {MOST} entries; the file has {len(entries)}.")
    if problems:
        raise FileRefused(problems)
    return Texts(found, tuple(told))


def _table(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        raise FileRefused(["The file is larger than 1 MB, which no file of texts is."])
    try:
        return tomllib.loads(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise FileRefused([f"Line {line} is not in UTF-8: save the file with that encoding."]) from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise FileRefused([f"The file is not in TOML: {error}."]) from None


def _named(entry: Any) -> str:
    key = entry.get("key") if isinstance(entry, Mapping) else None
    return f" ({key[:60]})" if isinstance(key, str) else ""


def _entry(kind: Kind, entry: Any, before: set[str]) -> Told:
    """Return one entry as it can be kept; raise ValueError with everything that is wrong with it."""
    if not isinstance(entry, Mapping):
        raise ValueError("it is no table.")
    key, offered = entry.get("key"), entry.get("offered", True)
    if not isinstance(key, str) or not KEY.fullmatch(key) or key in TAKEN:
        raise ValueError("its key has to be of a-z, 0-9 and -, at most 60 of them.")
    if key in before:
        raise ValueError("its key stands twice in the file.")
    if not isinstance(offered, bool):
        raise ValueError("offered can be true or false.")
    try:
        return Told(key, checked(kind, _parts(entry)), offered)
    except WordsRefused as refused:
        raise ValueError(str(refused)) from None


def _refuse_added(kind: Kind, key: str) -> None:
    if not kind.own and key not in {known.key for known in shipped(kind.name)}:
        raise ValueError("texts of this kind can be changed, and none added.")


def _parts(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry's words by language, and everything else under "plain"."""
    plain = {name: value for name, value in entry.items() if name not in {"key", "offered", *LANGUAGES}}
    return {**{language: entry[language] for language in LANGUAGES if language in entry}, PLAIN: plain}


@dataclass(frozen=True)
class Loaded:
    """How many texts a file brought, changed, said as they are already, and met as edited on the site."""

    new: int = 0
    changed: int = 0
    same: int = 0
    kept: int = 0


def load(session: Session, texts: Texts, now: datetime) -> Loaded:
    """Lay a file's texts over the shipped ones, but over none that was edited on the site. Does not commit.

    Raises FileRefused where the kind would offer more texts than a kind may.
    """
    editing.lock(session)
    before = {entry.key: entry for entry in every(session, texts.kind.name)}
    counts = Counter(
        _load_one(session, texts.kind, told, before.get(told.key), now) for told in texts.entries
    )
    try:
        editing.refuse_too_many(session, texts.kind, 0)
    except editing.EditRefused:
        raise FileRefused([f"With this file, more than {MOST} texts of the kind would be offered."]) from None
    return Loaded(**counts)


def _load_one(session: Session, kind: Kind, told: Told, before: Entry | None, now: datetime) -> str:
    if before is not None and before.origin is Origin.SITE:
        return "kept"
    if before is not None and _as_kept(kind, before) == told.words:
        return "same"
    editing.say(session, kind, told.key, told.words, Origin.FILE, now)
    if before is None:
        editing.row_of(session, kind, told.key).offered = told.offered
    session.flush()
    return "new" if before is None else "changed"


def _as_kept(kind: Kind, entry: Entry) -> Words | None:
    """Return the words of an entry as a file's are kept; None where this version would not keep them."""
    try:
        return checked(kind, entry.words)
    except WordsRefused:
        return None


def problems_of_site(session: Session, clips: Collection[str]) -> Iterator[str]:
    """Yield what is wrong with the texts that a site has in its database, each by kind and key."""
    for row in session.scalars(sa.select(ContentEntry).order_by(ContentEntry.kind, ContentEntry.key)):
        kind = KINDS.get(row.kind)
        if kind is None:
            yield f"{row.kind}/{row.key}: this version knows no such kind of text."
        elif row.words is not None:
            try:
                checked(kind, row.words, clips)
            except WordsRefused as refused:
                yield f"{row.kind}/{row.key}: {refused}"


def problems_of_shipped() -> Iterator[str]:
    """Yield what is wrong with the files that the product ships."""
    for file in sorted(FOLDER.glob("*.toml")):
        try:
            read(file.read_bytes(), file.stem)
        except FileRefused as refused:
            yield from (f"{file.name}: {problem}" for problem in refused.problems)
