"""Finding a case by its words, the newest first: every word has to be in it, the last by its beginning.

The rarest of the words leads, and the others are looked up in each of its cases; somebody who sees few cases
only is led by those instead. No step reads more of a large site than of a small one than it has to.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from wellbeing.cases import listing, words
from wellbeing.models.cases import Case, CaseWord

SIZE = listing.SIZE
SHORTEST_BEGINNING = 2
MOST_ENDINGS = 32
# A count that is only there to find the rarest goes no further than this.
FAR_ENOUGH = 1000
# Of the cases that have the rarest word a page looks at no more than this for the other words.
LOOKED_AT = 500
AFTER_ALL_WORDS = "\U0010ffff"

Alternatives = tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A page of what was found, and the case after which the next one begins.

    ``cut`` says that more words begin like the last one than were looked for.
    """

    cases: tuple[Case, ...] = ()
    end: int | None = None
    cut: bool = False


def search(
    session: Session, text: str, units: frozenset[int] | None, before: int | None = None, size: int = SIZE
) -> Found:
    """Return the cases of some units (None: of all) that have every word of a text, open or closed."""
    asked = words.asked(text)
    if not asked:
        return Found()
    last = endings(session, asked[-1])
    groups = [(word,) for word in asked[:-1]] + [last[:MOST_ENDINGS]]
    ids, looked_to = _ids(session, groups, units, before, size + 1) if last else ([], None)
    shown, cut = ids[:size], len(last) > MOST_ENDINGS
    known = {case.id: case for case in listing.by_ids(session, shown)}
    return Found(tuple(known[found] for found in shown), shown[-1] if len(ids) > size else looked_to, cut)


def endings(session: Session, beginning: str) -> Alternatives:
    """Return the words that begin so, in their order, and one more than are looked for if there are more."""
    if len(beginning) < SHORTEST_BEGINNING:
        return (beginning,)
    given = {"low": beginning, "high": beginning + AFTER_ALL_WORDS, "most": MOST_ENDINGS + 1}
    return tuple(session.execute(_ENDINGS, given).scalars())


# Goes from one word to the next in the index, and never through all the cases of a word.
_ENDINGS = sa.text(
    """
    WITH RECURSIVE step(word) AS (
        SELECT min(word) FROM case_word WHERE word >= :low AND word < :high
        UNION ALL
        SELECT (SELECT min(word) FROM case_word WHERE word > step.word AND word < :high)
        FROM step WHERE step.word IS NOT NULL
    )
    SELECT word FROM step WHERE word IS NOT NULL LIMIT :most
    """
)


def _ids(
    session: Session,
    groups: list[Alternatives],
    units: frozenset[int] | None,
    before: int | None,
    most: int,
) -> tuple[list[int], int | None]:
    """Return what was found, the newest first, and the case down to which was looked; None for all."""
    counts = [_some(session, sa.select(CaseWord.case_id).where(CaseWord.word.in_(group))) for group in groups]
    rarest = min(counts)
    if rarest == 0:
        return [], None
    if units is not None and _some(session, sa.select(Case.id).where(Case.unit_id.in_(units))) < rarest:
        looked_to, queries = None, [in_unit(groups, unit, before, most) for unit in sorted(units)]
    else:
        leading = groups.pop(counts.index(rarest))
        looked_to = _looked_to(session, leading, before) if groups or units is not None else None
        queries = [led_by(word, groups, units, (looked_to, before), most) for word in leading]
    found = {case_id for query in queries for case_id in session.execute(query).scalars()}
    return sorted(found, reverse=True)[:most], looked_to


def _some(session: Session, query: sa.Select[tuple[int]]) -> int:
    counted = sa.select(sa.func.count()).select_from(query.limit(FAR_ENOUGH).subquery())
    return int(session.execute(counted).scalar_one())


def in_unit(
    groups: Collection[Alternatives], unit: int, before: int | None, most: int
) -> sa.Select[tuple[int]]:
    """Return the query that goes through the cases of a unit and looks for every word in each."""
    query = sa.select(Case.id).where(Case.unit_id == unit, *_having(groups, Case.id))
    return _newest(query, Case.id, before, most)


def _looked_to(session: Session, leading: Alternatives, before: int | None) -> int | None:
    """Return the case down to which a page looks among those of the leading words; None for to the end."""
    ends = [session.execute(_last_looked_at(word, before)).scalar() for word in leading]
    return max((end for end in ends if end is not None), default=None)


def _last_looked_at(word: str, before: int | None) -> sa.Select[tuple[int]]:
    query = sa.select(CaseWord.case_id).where(CaseWord.word == word)
    return _newest(query, CaseWord.case_id, before, 1).offset(LOOKED_AT - 1)


def led_by(
    word: str,
    others: Collection[Alternatives],
    units: frozenset[int] | None,
    between: tuple[int | None, int | None],
    most: int,
) -> sa.Select[tuple[int]]:
    """Return the query that goes through a word's cases and looks for all other words in each.

    It goes from before the second of ``between`` down to the first.
    """
    looked_to, before = between
    query = sa.select(CaseWord.case_id).where(CaseWord.word == word, *_having(others, CaseWord.case_id))
    if looked_to is not None:
        query = query.where(CaseWord.case_id >= looked_to)
    if units is not None:
        theirs = sa.select(1).where(Case.id == CaseWord.case_id, Case.unit_id.in_(units))
        query = query.where(theirs.correlate(CaseWord).exists())
    return _newest(query, CaseWord.case_id, before, most)


def _having(
    groups: Collection[Alternatives], case_id: InstrumentedAttribute[int]
) -> Iterator[sa.ColumnElement[bool]]:
    for group in groups:
        other = aliased(CaseWord)
        yield sa.select(1).where(other.case_id == case_id, other.word.in_(group)).exists()


def _newest(
    query: sa.Select[tuple[int]], case_id: InstrumentedAttribute[int], before: int | None, most: int
) -> sa.Select[tuple[int]]:
    if before is not None:
        query = query.where(case_id < before)
    return query.order_by(case_id.desc()).limit(most)
