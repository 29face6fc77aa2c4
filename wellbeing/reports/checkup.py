"""A check-up's words as a unit's page tells them: its own, or those of the first unit above that has any.

Whoever can view a figure is part of no word at all, so that those of a unit above can stand on every page
below it; each page says of whom its words are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing import checkup_questions
from wellbeing.checkup_questions import Asked, Item, Step
from wellbeing.models.checkup import Aspect, CheckupBlock, Quarter
from wellbeing.models.detail_ledger import ShareWord
from wellbeing.quarters import last_day
from wellbeing.reports import dates, detail_words
from wellbeing.reports.once import settings
from wellbeing.reports.units import Line

Key = tuple[str, Aspect]
ORDER = (ShareWord.FEW, ShareWord.SOME, ShareWord.MOST)


@dataclass(frozen=True)
class Said:
    """One question's word; ``above`` names the unit it is of, where not the page's own.

    ``change`` is 1 where the word is nearer to "most" than at the last check-up, -1 where nearer to "few",
    or 0. It does not say that more people, or fewer, said yes: how many answered is not known.
    """

    question: str
    kind: ShareWord
    word: str
    above: str
    change: int


@dataclass(frozen=True)
class Row:
    """One item and its words."""

    text: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class Part:
    """One step: what it is called, the question above it, and its items that have words."""

    name: str
    text: str
    is_own: bool
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Results:
    """A page's part about the newest check-up that was released; ``days`` is empty before the first.

    ``owners`` are the ids of the units that the words are of, ``whose`` says so where they are not the page's
    own, ``silent`` names the items without any word, ``coming`` says what is open and what comes.
    """

    days: str
    parts: tuple[Part, ...]
    whose: tuple[str, ...]
    silent: tuple[str, ...]
    coming: str
    needed: int
    owners: frozenset[int] = frozenset()

    @property
    def more(self) -> tuple[str, ...]:
        """What has a word nearer to "most" than at the last check-up."""
        return self._changed(1)

    @property
    def fewer(self) -> tuple[str, ...]:
        """What has a word nearer to "few" than at the last check-up."""
        return self._changed(-1)

    def _changed(self, change: int) -> tuple[str, ...]:
        rows = [row for part in self.parts for row in part.rows]
        return tuple(named for row in rows if (named := _which(row, change)))


def _which(row: Row, change: int) -> str:
    """Return an item that changed in one way, with the questions that did where not all of them."""
    questions = [said.question for said in row.said if said.change == change]
    if not questions or len(row.said) == 1:
        return row.text if questions else ""
    return f"{row.text} ({' · '.join(questions)})"


def results(session: Session, path: Sequence[Line], now: datetime, language: str) -> Results:
    """Return what a unit's page says of the check-up; ``path`` leads to it, ``now`` is the site's moment."""
    site = settings(session)
    zone = ZoneInfo(site.time_zone)
    quarters = session.execute(_RELEASED).all()
    coming = _coming(session, now, zone)
    if not quarters:
        return Results("", (), (), (), coming, site.people_needed)
    newest, before = quarters[0], quarters[1] if len(quarters) > 1 else None
    told = _nearest(session, newest.id, path)
    earlier = _all(session, before.id, path) if before else {}
    steps = checkup_questions.steps(session, newest.asked, language)
    asked_alike = _same(newest.asked, before.asked) if before else frozenset()
    earlier = {place: word for place, word in earlier.items() if place[1][0] in asked_alike}
    owners = frozenset(unit for unit, _word in told.values())
    return Results(
        days=dates.span(newest.opens_at.astimezone(zone).date(), last_day(newest.closes_at, zone)),
        parts=_parts(steps, told, earlier, path),
        whose=tuple(said for line in reversed(path) if line.id in owners and (said := _whose(path, line))),
        silent=_silent(steps, told),
        coming=coming,
        needed=newest.people_needed,
        owners=owners,
    )


_RELEASED = (
    sa.select(Quarter.id, Quarter.opens_at, Quarter.closes_at, Quarter.people_needed, Quarter.asked)
    .where(Quarter.released_on.is_not(None))
    .order_by(Quarter.opens_at.desc())
    .limit(2)
)


def _same(asked: Asked, before: Asked) -> frozenset[str]:
    """Return the items that were worded alike at two check-ups: no others can be compared."""
    earlier = {item["key"]: item for item in before["items"]}
    return frozenset(item["key"] for item in asked["items"] if earlier.get(item["key"]) == item)


def _coming(session: Session, now: datetime, zone: ZoneInfo) -> str:
    waiting = sa.select(Quarter.closes_at).where(Quarter.released_on.is_(None), Quarter.closes_at > now)
    closes_at = session.execute(waiting.order_by(Quarter.closes_at)).scalars().first()
    if closes_at is None:
        return _("A check-up opens by itself at the beginning of the next quarter or month.")
    day = dates.weekday(last_day(closes_at, zone))
    return _("A check-up is open until %(day)s. Its words come with the first figures after that.", day=day)


def _all(session: Session, quarter_id: int, path: Sequence[Line]) -> dict[tuple[int, Key], ShareWord]:
    query = sa.select(CheckupBlock.unit_id, CheckupBlock.item, CheckupBlock.aspect, CheckupBlock.word)
    here = CheckupBlock.unit_id.in_([line.id for line in path])
    found = session.execute(query.where(CheckupBlock.quarter_id == quarter_id, here))
    return {(row.unit_id, (row.item, row.aspect)): row.word for row in found}


def _nearest(session: Session, quarter_id: int, path: Sequence[Line]) -> dict[Key, tuple[int, ShareWord]]:
    """Return each question's word of the unit itself, or of the first unit above that has one, and whose."""
    found = _all(session, quarter_id, path)
    # The way down: what stands nearer to the unit takes the place of what stands above.
    return {key: (line.id, found[line.id, key]) for line in path for unit, key in found if unit == line.id}


def _whose(path: Sequence[Line], line: Line) -> str:
    return detail_words.whose(path[-1], line)


def _parts(
    steps: Sequence[Step],
    told: Mapping[Key, tuple[int, ShareWord]],
    earlier: Mapping[tuple[int, Key], ShareWord],
    path: Sequence[Line],
) -> tuple[Part, ...]:
    names = {line.id: line.name for line in path[:-1]}
    parts = []
    for step in steps:
        rows = [Row(item.text, _said(item, told, earlier, names)) for item in step.items]
        if any(row.said for row in rows):
            parts.append(Part(step.name, step.text, step.is_own, tuple(row for row in rows if row.said)))
    return tuple(parts)


def _said(
    item: Item,
    told: Mapping[Key, tuple[int, ShareWord]],
    earlier: Mapping[tuple[int, Key], ShareWord],
    names: Mapping[int, str],
) -> tuple[Said, ...]:
    found = []
    for aspect in item.aspects:
        if (key := (item.key, aspect)) in told:
            unit, word = told[key]
            change = _change(earlier.get((unit, key)), word)
            question = str(checkup_questions.SHORT[aspect])
            found.append(Said(question, word, words()[word], names.get(unit, ""), change))
    return tuple(found)


def _change(before: ShareWord | None, after: ShareWord) -> int:
    """Return 1 for a word nearer to "most" than before, -1 nearer to "few"; 0 for the same or none before."""
    if before is None:
        return 0
    step = ORDER.index(after) - ORDER.index(before)
    return (step > 0) - (step < 0)


def words() -> dict[ShareWord, str]:
    """Return the words that say how many people said yes."""
    return {ShareWord.FEW: _("few"), ShareWord.SOME: _("some"), ShareWord.MOST: _("most")}


def _silent(steps: Sequence[Step], told: Mapping[Key, object]) -> tuple[str, ...]:
    answered = {item for item, _aspect in told}
    return tuple(item.text for step in steps for item in step.items if item.key not in answered)
