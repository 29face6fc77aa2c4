"""What rough interactions of the last four weeks were about, as a unit's page says it: in words (R11, R12).

A page shows the words of the unit itself or of the first one above that has any. Whoever can view a figure is
part of no words at all, so that those of a unit above can stand on every page below it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import lists
from wellbeing.models.detail_ledger import DetailBlock, DetailWord, Question, ShareWord
from wellbeing.models.epochs import LedgerKind
from wellbeing.models.ledger import Tick
from wellbeing.models.lists import ListName
from wellbeing.models.settings import Settings
from wellbeing.reports import dates, detail_words, trends, units
from wellbeing.reports.once import settings
from wellbeing.reports.units import Line

PARTICIPANTS_NEEDED, EVENT_PEOPLE_NEEDED, TICK_DAYS = 20, 10, 28
FIRST = frozenset({Question.CAUSE, Question.SPILLOVER})
# What some people told stands out where it is at most one in three of a question's answers.
STAND_OUT = 3


@dataclass(frozen=True)
class Row:
    """One question: what most, some and few people said, each in the list's own order; or sentences.

    ``alike`` is True where all of several answers have the same word.
    """

    question: Question
    title: str
    most: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    few: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    alike: bool = False

    @property
    def stands_out(self) -> bool:
        """Whether there is anything to see at a glance."""
        several = len(self.most) + len(self.some) + len(self.few)
        few_of_many = bool(self.some) and STAND_OUT * len(self.some) <= several
        return not self.alike and bool(self.most or self.sentences or few_of_many)


@dataclass(frozen=True)
class Group:
    """The questions that were released for one unit; ``whose`` says for whom, where not simply for a team."""

    whose: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Told:
    """One released block: whose it is, and a word for each of its categories."""

    unit_id: int
    words: Mapping[str, ShareWord]


Called = Mapping[Question, Mapping[str, str]]


@dataclass(frozen=True)
class FourWeeks:
    """A page's part about the newest four weeks; without groups nothing was released for it.

    ``days`` is empty as long as no four weeks have ended. ``told`` are the words behind the groups, and
    ``called`` says what each category is called, in the order of its list.
    """

    days: str
    groups: tuple[Group, ...]
    how: str
    missing: str
    coming: str
    told: Mapping[Question, Told] = field(default_factory=dict)
    called: Called = field(default_factory=dict)

    @property
    def first(self) -> tuple[Group, ...]:
        """The questions that a page tells first: about what, and what came after it."""
        return _only(self.groups, FIRST)

    @property
    def rest(self) -> tuple[Group, ...]:
        """All other questions."""
        return _only(self.groups, set(Question) - FIRST)

    @property
    def stands_out(self) -> bool:
        """Whether there is anything to see at a glance in any question."""
        return any(row.stands_out for group in self.groups for row in group.rows)

    @property
    def few(self) -> tuple[Row, ...]:
        """The questions with something that few people or nobody said."""
        return tuple(row for group in self.groups for row in group.rows if row.few)


def _only(groups: Sequence[Group], questions: Collection[Question]) -> tuple[Group, ...]:
    kept = [
        Group(group.whose, tuple(row for row in group.rows if row.question in questions)) for group in groups
    ]
    return tuple(group for group in kept if group.rows)


def four_weeks(session: Session, path: Sequence[Line], now: datetime) -> FourWeeks | None:
    """Return what a unit's page says of the newest four weeks; None where no words will come.

    ``path`` leads to the unit, ``now`` is the site's present moment.
    """
    site = settings(session)
    here = now.astimezone(ZoneInfo(site.time_zone))
    if path[-1].closed_on or path[-1].opens_on or not site.confirmed_at:
        return None
    if not units.has_ledger(session, path[0], site.own_pool_from, here.date()):
        return None
    return _newest(session, path, site, here)


def _newest(session: Session, path: Sequence[Line], site: Settings, here: datetime) -> FourWeeks:
    tick = _newest_tick(session)
    last = tick.closed_on if tick else None
    next_on = trends.next_release(last, site.confirmed_at, TICK_DAYS, ZoneInfo(site.time_zone))
    coming = detail_words.coming(next_on, here)
    if tick is None:
        how = detail_words.not_yet(*_needed_now(site))
        return FourWeeks(days="", groups=(), how=how, missing="", coming=coming)
    told = _nearest(session, tick.id, path)
    needed, called = _needed(session, tick.id, site), _labels(session)
    return FourWeeks(
        days=dates.week(tick.opened_on, tick.closed_on),
        groups=_groups(path, told, called),
        how=detail_words.how(*needed) if told else detail_words.nothing(path[-1], *needed),
        missing=detail_words.missing(told),
        coming=coming,
        told=told,
        called=called,
    )


def _newest_tick(session: Session) -> sa.Row | None:
    return session.execute(_NEWEST).one_or_none()


_TICK = Tick.__table__.c
_NEWEST = (
    sa.select(_TICK.id, _TICK.opened_on, _TICK.closed_on)
    .where(_TICK.ledger == LedgerKind.DETAIL)
    .order_by(_TICK.number.desc())
    .limit(1)
)


def _nearest(session: Session, tick_id: int, path: Sequence[Line]) -> dict[Question, Told]:
    """Return each question's block of the unit itself, or of the first unit above that has one."""
    query = sa.select(DetailBlock.position, DetailBlock.unit_id, DetailBlock.question)
    here = DetailBlock.unit_id.in_([line.id for line in path])
    found = {
        (row.unit_id, row.question): row
        for row in session.execute(query.where(DetailBlock.tick_id == tick_id, here))
    }
    # The way down: what stands nearer to the unit takes the place of what stands above.
    nearest = {
        question: found[line.id, question]
        for line in path
        for question in Question
        if (line.id, question) in found
    }
    words = _words(session, [row.position for row in nearest.values()])
    return {question: Told(row.unit_id, words[row.position]) for question, row in nearest.items()}


def _words(session: Session, positions: Sequence[int]) -> dict[int, dict[str, ShareWord]]:
    query = sa.select(DetailWord.position, DetailWord.category, DetailWord.word)
    words: dict[int, dict[str, ShareWord]] = {position: {} for position in positions}
    for row in session.execute(query.where(DetailWord.position.in_(positions))):
        words[row.position][row.category] = row.word
    return words


def _needed(session: Session, tick_id: int, site: Settings) -> tuple[int, int]:
    """Return how many had to take part and have the event, as the tick's blocks say where it has any."""
    query = sa.select(DetailBlock.participants_needed, DetailBlock.event_people_needed)
    row = session.execute(query.where(DetailBlock.tick_id == tick_id).limit(1)).one_or_none()
    if row is not None:
        return row.participants_needed, row.event_people_needed
    return _needed_now(site)


def _needed_now(site: Settings) -> tuple[int, int]:
    return max(PARTICIPANTS_NEEDED, site.people_needed), max(EVENT_PEOPLE_NEEDED, site.people_needed)


def _groups(path: Sequence[Line], told: Mapping[Question, Told], called: Called) -> tuple[Group, ...]:
    groups = []
    for line in reversed(path):
        own = [question for question in Question if question in told and told[question].unit_id == line.id]
        if own:
            rows = tuple(_row(question, told[question].words, called) for question in own)
            groups.append(Group(detail_words.whose(path[-1], line), rows))
    return tuple(groups)


def _labels(session: Session) -> dict[Question, dict[str, str]]:
    """Return the words of every category, in the order of its list; entries no longer offered have theirs."""
    every = lists.every(session)
    listed = {
        Question(name): {entry.key: str(entry.label) for entry in every[name]}
        for name in (ListName.BEHAVIOUR, ListName.CAUSE, ListName.CHANNEL, ListName.AREA)
    }
    return listed | detail_words.fixed()


def _row(question: Question, words: Mapping[str, ShareWord], called: Called) -> Row:
    title, alike = detail_words.title(question), len(words) > 1 and len(set(words.values())) == 1
    if question is Question.SPILLOVER:
        return Row(question, title, sentences=detail_words.spillover(words), alike=alike)
    known = called[question]
    keys = in_order(words, known)
    said = {word: tuple(known.get(key, key) for key in keys if words[key] is word) for word in ShareWord}
    return Row(question, title, said[ShareWord.MOST], said[ShareWord.SOME], said[ShareWord.FEW], alike=alike)


def in_order(words: Mapping[str, ShareWord], known: Mapping[str, str]) -> list[str]:
    """Return a block's categories in the order of their list, those that it never had at the end."""
    return [*(key for key in known if key in words), *sorted(words.keys() - known.keys())]
