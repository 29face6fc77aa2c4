"""The detail tick: question by question, a pool climbs until enough people took part (R11, R12)."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import sqlalchemy as sa

from wellbeing import keys
from wellbeing.disclosure import detail_ledger, detail_rows, shares, tabulate
from wellbeing.disclosure.categories import categories
from wellbeing.disclosure.detail_rows import Kept
from wellbeing.epochs import following, roster
from wellbeing.models.accounts import RoleGrant
from wellbeing.models.detail_ledger import Question
from wellbeing.permissions import VIEWER_ROLES
from wellbeing.pools import bottom_up

Words = Callable[[Sequence[sa.Row], bool], dict[str, str] | None]


@dataclass(frozen=True)
class Plan:
    """What one detail tick will write; ``seen`` tells which rows it was worked out from."""

    drafts: list[detail_ledger.Draft]
    kept: dict[Question, list[Kept]]
    organisation_id: int
    next_epoch_id: int
    seen: bytes


@dataclass
class _Month:
    """Four weeks of detail being worked out."""

    connection: sa.Connection
    epoch: sa.Row
    key: bytes
    next_key: bytes
    parents: dict[int, int | None]
    viewers: set[int]
    drafts: list[detail_ledger.Draft] = field(default_factory=list)
    kept: dict[Question, list[Kept]] = field(default_factory=dict)


def plan(connection: sa.Connection, epoch: sa.Row, server_key: bytes) -> Plan:
    """Return what the tick of a detail epoch will do; nothing is written."""
    seen = detail_rows.fingerprint(connection, epoch.id)
    next_epoch = following(connection, epoch)
    month = _month(connection, epoch, server_key, next_epoch)
    for question in Question:
        _settle(month, question, _words_of(month, question))
    return Plan(
        drafts=month.drafts,
        kept=month.kept,
        organisation_id=next(unit for unit, parent in month.parents.items() if parent is None),
        next_epoch_id=next_epoch.id,
        seen=seen,
    )


def _month(connection: sa.Connection, epoch: sa.Row, server_key: bytes, next_epoch: sa.Row) -> _Month:
    # A pool may climb to any unit above, so whoever views one figure could be shown one they are part of.
    viewers = sa.select(RoleGrant.person_id).where(RoleGrant.role.in_(VIEWER_ROLES))
    return _Month(
        connection=connection,
        epoch=epoch,
        key=keys.unwrapped(server_key, epoch.wrapped_key),
        next_key=keys.unwrapped(server_key, next_epoch.wrapped_key),
        parents=dict(roster(connection, epoch.own_pool_from, epoch.closes_at.date()).parents),
        viewers=set(connection.execute(viewers).scalars()),
    )


def _words_of(month: _Month, question: Question) -> Words:
    """Return the rule that turns a pool's rows into words, or None where it has too few people."""
    people_needed = month.epoch.people_needed
    if question is Question.SPILLOVER:
        return lambda rows, at_the_top: shares.spillover_words(rows, at_the_top, people_needed)
    listed = categories(month.connection, question, month.epoch.opens_at)
    return lambda rows, _at_the_top: shares.detail_words(rows, listed, people_needed)


def _settle(month: _Month, question: Question, words_of: Words) -> None:
    """Release each of a question's pools, or send it up; at the organisation it waits one more tick."""
    rows_of = detail_rows.reader(month.connection, month.epoch.id, question)
    watching = {_name(question, month.key, person) for person in month.viewers}
    arriving: dict[int, list[sa.Row]] = defaultdict(list)
    for pool in bottom_up(month.parents):
        found = (*rows_of(pool), *arriving.pop(pool, ()))
        rows = [row for row in found if row.contributor not in watching]
        parent = month.parents[pool]
        words = words_of(rows, parent is None)
        if words is not None:
            month.drafts.append(detail_ledger.draft(pool, question, words, month.epoch))
        elif parent is not None:
            arriving[parent] += rows
        else:
            month.kept[question] = _kept(month, question, rows)


def _name(question: Question, key: bytes, person: int) -> bytes:
    return keys.detail_contributor(key, question.value, person)


def _kept(month: _Month, question: Question, rows: Iterable[sa.Row]) -> list[Kept]:
    """Return the rows that have not waited before, each person's category once."""
    fresh = {_once(question, row): row for row in rows if not row.waited}
    wanted = {row.contributor for row in fresh.values()}
    people = tabulate.authors(month.connection, lambda person: _name(question, month.key, person), wanted)
    return [
        Kept(row.id, _name(question, month.next_key, people[row.contributor]))
        for row in fresh.values()
        if row.contributor in people
    ]


def _once(question: Question, row: sa.Row) -> object:
    return row.id if question is Question.SPILLOVER else (row.contributor, row.category)


def fingerprint(connection: sa.Connection, epoch: sa.Row) -> bytes:
    """Return a digest of the rows that a plan of this epoch is worked out from."""
    return detail_rows.fingerprint(connection, epoch.id)


def carry_out(connection: sa.Connection, planned: Plan, epoch: sa.Row, tick_id: int) -> None:
    """Write what was planned, within the caller's transaction; what is neither released nor waits is gone."""
    detail_ledger.append(connection, tick_id, planned.drafts)
    detail_rows.keep(connection, planned.next_epoch_id, planned.organisation_id, planned.kept)
    detail_rows.delete_epoch(connection, epoch.id)
