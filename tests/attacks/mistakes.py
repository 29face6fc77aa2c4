"""Mistakes that somebody could really make, each a patch for a whole run of the tests, and nowhere else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import collect, epochs, keys, moves
from wellbeing.answer import Answer
from wellbeing.disclosure import detail, ledger, release, shares, tabulate, week
from wellbeing.disclosure.tabulate import Vote
from wellbeing.here import Here
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.changes import TeamChange
from wellbeing.models.epochs import Epoch, LedgerKind
from wellbeing.models.pending import Pending
from wellbeing.models.settings import Settings
from wellbeing.reports import board, exports
from wellbeing.reports.exports import Selection

Patch = pytest.MonkeyPatch


def recompute_after_erasure(patch: Patch) -> None:
    """A file says how many people a unit has whose accounts are still there."""
    works = exports.rows

    def rows(session: Session, selection: Selection, most: int | None = None) -> list[list[str]]:
        people = session.execute(sa.select(sa.func.count(Person.id))).scalar_one()
        return [[*row[:4], str(min(people, 35)), *row[5:]] for row in works(session, selection, most)]

    patch.setattr(exports, "rows", rows)


def reopen_for_late_answers(patch: Patch) -> None:
    """What comes after the tick is still given to the week before."""
    works = collect._write_pending

    def write(connection: sa.Connection, here: Here, person: int, answer: Answer) -> Any:
        before = sa.select(sa.func.max(Epoch.id)).where(
            Epoch.ledger == LedgerKind.WEEKLY, Epoch.id < here.weekly_id
        )
        earlier = connection.execute(before).scalar() or here.weekly_id
        return works(connection, replace(here, weekly_id=earlier), person, answer)

    patch.setattr(collect, "_write_pending", write)


def history_follows_a_mover(patch: Patch) -> None:
    """Whoever moves takes along what waits of them."""
    opens, works, server_keys = epochs.open_due, moves._move_people, []

    def open_due(connection: sa.Connection, server_key: bytes, now: datetime) -> int:
        server_keys.append(server_key)
        return opens(connection, server_key, now)

    def move(connection: sa.Connection, on: date) -> None:
        due = sa.select(TeamChange.person_id, TeamChange.to_unit_id)
        changes = connection.execute(due.where(~TeamChange.done, TeamChange.takes_effect_on <= on)).all()
        works(connection, on)
        keyed = sa.select(Epoch.wrapped_key).where(Epoch.wrapped_key.is_not(None))
        for wrapped in connection.execute(keyed).scalars().all():
            key = keys.unwrapped(server_keys[-1], wrapped)
            for change in changes:
                mine = Pending.contributor == keys.contributor(key, change.person_id)
                connection.execute(sa.update(Pending).where(mine).values(pool_id=change.to_unit_id))

    patch.setattr(epochs, "open_due", open_due)
    patch.setattr(moves, "_move_people", move)


def cut_a_block_by_date(patch: Patch) -> None:
    """A file up to a tick takes that tick's day for the last one, and leaves a seventh of its week out."""
    works = exports.rows

    def rows(session: Session, selection: Selection, most: int | None = None) -> list[list[str]]:
        found = works(session, selection, most)
        return [_cut(row) if row[1] == str(selection.last) else row for row in found]

    def _cut(row: list[str]) -> list[str]:
        days = date.fromisoformat(row[3]).toordinal() - 1
        return [*row[:3], date.fromordinal(days).isoformat(), *row[4:]]

    patch.setattr(exports, "rows", rows)


def lower_k_forms_blocks_again(patch: Patch) -> None:
    """A week that began under other settings is settled with today's."""
    works = week._week

    def settled(connection: sa.Connection, epoch: sa.Row, server_key: bytes) -> Any:
        found = works(connection, epoch, server_key)
        needed = connection.execute(sa.select(Settings.people_needed)).scalar_one()
        found.epoch = _Row({**epoch._mapping, "people_needed": needed})
        return found

    patch.setattr(week, "_week", settled)


class _Row:
    """A row with something changed."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__dict__.update(values)


def live_refresh(patch: Patch) -> None:
    """A page adds how many have answered so far."""
    works = board.board

    def with_new_answers(session: Session, unit_id: int, ticks: int, now: datetime) -> board.Board:
        found = works(session, unit_id, ticks, now)
        so_far = db.session.execute(sa.select(sa.func.count(Pending.id))).scalar_one()
        return replace(found, headline=f"{found.headline} ({so_far} new answers)")

    patch.setattr(board, "board", with_new_answers)


def a_second_partition(patch: Patch) -> None:
    """What a team's block has counted is counted for the site as well."""
    works = week._settle

    def settle(found: Any, pool: int, rows: list[sa.Row]) -> None:
        before = len(found.drafts)
        works(found, pool, rows)
        if len(found.drafts) > before:
            week._climb(found, pool, rows)

    patch.setattr(week, "_settle", settle)


def distinct_people_over_unions(patch: Patch) -> None:
    """The organisation's figure counts everybody of all released teams, each once."""
    works = week._settle
    everybody: list[sa.Row] = []

    def settle(found: Any, pool: int, rows: list[sa.Row]) -> None:
        before = len(found.drafts)
        works(found, pool, rows)
        everybody.extend(rows if len(found.drafts) > before else ())
        if found.parents[pool] is None:
            votes = tabulate.votes(everybody)
            if len(votes) >= found.epoch.people_needed and len(found.drafts) == before:
                found.drafts.append(ledger.draft(pool, votes, found.epoch))
            everybody.clear()

    patch.setattr(week, "_settle", settle)


def coarsen_at_view_time(patch: Patch) -> None:
    """A block keeps the number, and pages are to say "few" and "most"."""
    patch.setattr(ledger.rules, "published_count", lambda yes, people: yes)


def drop_the_clip(patch: Patch) -> None:
    """A mean is rounded and nothing else."""
    works = ledger.rules.published_mood

    def published(votes: Sequence[int]) -> Fraction | str:
        if ledger.rules.people_floor(len(votes)) == ledger.rules.FEWEST_PEOPLE:
            return works(votes)
        return ledger.rules._tenths(Fraction(sum(votes), len(votes)))

    patch.setattr(ledger.rules, "published_mood", published)


def store_the_exact_number(patch: Patch) -> None:
    """A block says how many people there were."""
    patch.setattr(ledger.rules, "people_floor", lambda people: people)


def suppress_if_unanimous(patch: Patch) -> None:
    """A pool in which all agree is held."""
    works = week._settle

    def settle(found: Any, pool: int, rows: list[sa.Row]) -> None:
        if len(tabulate.votes(rows)) > 1 and len({vote.mood for vote in tabulate.votes(rows)}) == 1:
            week._hold(found, pool, week._without_viewers(found, pool, rows))
        else:
            works(found, pool, rows)

    patch.setattr(week, "_settle", settle)


def count_flags_on_flaggers(patch: Patch) -> None:
    """Breaks are counted among those who had a rough interaction."""
    works = ledger.draft

    def draft(unit_id: int, votes: Sequence[Vote], epoch: sa.Row) -> ledger.Draft:
        return works(unit_id, [replace(v, break_taken=v.break_taken and v.rough) for v in votes], epoch)

    patch.setattr(ledger, "draft", draft)


def count_viewers_in(patch: Patch) -> None:
    """Whoever became a manager since they answered stays in the pool."""
    patch.setattr(week, "_without_viewers", lambda _week, _pool, rows: rows)


def keep_the_key(patch: Patch) -> None:
    """A tick that ran leaves its key."""
    works = release.run_tick

    def run_tick(connection: sa.Connection, epoch: sa.Row, server_key: bytes, *planned: Any) -> None:
        works(connection, epoch, server_key, *planned)
        again = sa.update(Epoch).where(Epoch.id == epoch.id)
        connection.execute(again.values(wrapped_key=epoch.wrapped_key))

    patch.setattr(release, "run_tick", run_tick)


def hold_under_old_names(patch: Patch) -> None:
    """What is held keeps its pseudonym."""
    patch.setattr(week, "_next_names", lambda found, _key: {kept: kept.contributor for kept in found.kept})


def release_without_looking_again(patch: Patch) -> None:
    """A plan is carried out whatever was taken back since it was made."""
    patch.setattr(tabulate, "fingerprint", lambda _connection, _epoch_id: b"")


def ids_in_the_order_of_arrival(patch: Patch) -> None:
    """Rows are numbered."""
    numbers = count(1)
    patch.setattr(keys, "new_id", lambda: next(numbers).to_bytes(keys.ID_BYTES))


def count_detail_by_rows(patch: Patch) -> None:
    """What somebody said in the last four weeks and says again in these counts twice."""
    works = shares.detail_words

    def words(rows: Any, *given: Any) -> Any:
        told = ((row.contributor, row.waited, row.category) for row in rows)
        again = [_Row({"contributor": (name, waited), "category": kind}) for name, waited, kind in told]
        return works(again, *given)

    patch.setattr(shares, "detail_words", words)


def words_for_what_was_chosen(patch: Patch) -> None:
    """A category that nobody chose is left out."""
    works = shares.detail_words

    def words(rows: Any, listed: Any, needed: int) -> Any:
        rows = list(rows)
        return works(rows, {row.category for row in rows} & set(listed), needed)

    patch.setattr(shares, "detail_words", words)


def count_viewers_detail(patch: Patch) -> None:
    """Managers are part of the detail that they are shown."""
    works = detail._month

    def month(*given: Any) -> Any:
        found = works(*given)
        found.viewers.clear()
        return found

    patch.setattr(detail, "_month", month)


def release_detail_of_nineteen(patch: Patch) -> None:
    """More than nineteen, written as nineteen or more."""
    patch.setattr(shares, "PARTICIPANTS_NEEDED", 19)
