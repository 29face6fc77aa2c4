"""Keeping a diary for longer, or for less long: nothing is lost that is young enough, and nothing told."""

from collections import Counter
from datetime import date, timedelta

import pytest

from tests.answers import House, rows, say
from tests.cast import NOW, PASSWORD
from wellbeing import withdraw
from wellbeing.diary import keeping, opening, sealing
from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.opening import Begun
from wellbeing.diary.retention import DaysRefused, change_days
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryEntry, DiaryKey

SOL, NOOR = "Sol", "Noor"
NOTE = Entry(Kind.NOTE, NOW, NOW, text="A long day.")


def begun(house: House, name: str = SOL) -> Begun:
    found = opening.begin(db.session(), house.cast.people[name], PASSWORD)
    db.session.commit()
    return found


def keep_for(house: House, private: bytes, days: int, note_days: int) -> None:
    with house.engine.begin() as connection:
        change_days(connection, house.server_key, house.cast.people[SOL], private, days, note_days)


def write(house: House, *entries: Entry) -> None:
    with house.engine.begin() as connection:
        keeping.keep(connection, house.server_key, house.cast.people[SOL], entries)


def months(house: House) -> Counter[date]:
    return Counter(row.expires for row in rows(house, DiaryEntry))


def read(house: House, private: bytes) -> list[Entry]:
    with house.engine.connect() as connection:
        found = opening.read(connection, house.server_key, house.cast.people[SOL], private)
    return [one.entry for one in found]


def test_entries_and_notes_go_at_the_end_of_their_new_months(any_house: House):
    private = begun(any_house).private
    for hour in range(20):
        say(any_house, SOL, NOW + timedelta(hours=hour), mood=1 + hour % 5)
    write(any_house, NOTE)
    before, many = read(any_house, private), len(rows(any_house, DiaryEntry))
    noted = months(any_house)[date(2026, 4, 1)]

    keep_for(any_house, private, 365, 90)

    assert read(any_house, private) == before
    assert months(any_house) == {date(2027, 3, 1): many - noted, date(2026, 6, 1): noted}
    say(any_house, SOL, mood=4)
    write(any_house, NOTE)
    assert set(months(any_house)) == {date(2027, 3, 1), date(2026, 6, 1)}


def test_what_was_imported_is_kept_for_so_long_from_the_day_of_the_import(house: House):
    private = begun(house).private
    write(house, Entry(Kind.IMPORTED, NOW, NOW - timedelta(days=3000), mood=2))

    keep_for(house, private, 365, 30)

    assert set(months(house)) == {date(2027, 3, 1)}


def test_no_row_is_what_it_was_and_there_are_as_many_as_before(any_house: House):
    private = begun(any_house).private
    for minute in range(12):
        say(any_house, SOL, NOW + timedelta(minutes=minute))
    before = rows(any_house, DiaryEntry)

    keep_for(any_house, private, 90, 30)

    after = rows(any_house, DiaryEntry)
    assert len(after) == len(before)
    assert not {row.id for row in after} & {row.id for row in before}
    assert not {row.sealed for row in after} & {row.sealed for row in before}


def test_an_empty_one_whose_month_has_no_entry_any_more_stays_as_long_as_it_would_have(house: House):
    private = begun(house).private
    while len(rows(house, DiaryEntry)) < 2:
        write(house, NOTE)
    with house.engine.begin() as connection:
        found = opening.read(connection, house.server_key, house.cast.people[SOL], private)
        keeping.drop(connection, [one.id for one in found])
    left = months(house)

    keep_for(house, private, 365, 180)

    assert months(house) == left


def test_a_diary_with_nothing_in_it_takes_new_days_too(any_house: House):
    private = begun(any_house).private

    keep_for(any_house, private, 1825, 180)

    assert [(row.kept_days, row.note_days) for row in rows(any_house, DiaryKey)] == [(1825, 180)]


@pytest.mark.parametrize(("days", "note_days"), [(180, 31), (30, 30), (3650, 30), (180, 0)])
def test_only_the_days_on_offer_are_taken(house: House, days: int, note_days: int):
    private = begun(house).private

    with pytest.raises(DaysRefused):
        keep_for(house, private, days, note_days)

    assert [(row.kept_days, row.note_days) for row in rows(house, DiaryKey)] == [(180, 30)]


def test_whoever_holds_another_key_changes_nothing(any_house: House):
    begun(any_house)
    say(any_house, SOL)
    before = rows(any_house, DiaryEntry), rows(any_house, DiaryKey)

    with pytest.raises(sealing.CannotOpen):
        keep_for(any_house, sealing.new_pair().private, 365, 30)

    assert (rows(any_house, DiaryEntry), rows(any_house, DiaryKey)) == before


def test_an_interruption_half_way_leaves_everything_as_it_was(
    any_house: House, monkeypatch: pytest.MonkeyPatch
):
    private = begun(any_house).private
    for minute in range(5):
        say(any_house, SOL, NOW + timedelta(minutes=minute))
    before = rows(any_house, DiaryEntry), rows(any_house, DiaryKey)
    seals, left = sealing.sealed, iter(range(3))

    def interrupted(public: bytes, content: bytes) -> bytes:
        if next(left, None) is None:
            raise KeyboardInterrupt
        return seals(public, content)

    monkeypatch.setattr(sealing, "sealed", interrupted)
    with pytest.raises(KeyboardInterrupt):
        keep_for(any_house, private, 365, 30)

    assert (rows(any_house, DiaryEntry), rows(any_house, DiaryKey)) == before


def test_somebody_elses_diary_stays_as_it_is(any_house: House):
    private = begun(any_house).private
    begun(any_house, NOOR)
    say(any_house, NOOR)
    before = rows(any_house, DiaryEntry)

    keep_for(any_house, private, 365, 30)

    assert rows(any_house, DiaryEntry) == before
    assert {row.kept_days for row in rows(any_house, DiaryKey)} == {180, 365}


def test_an_act_that_was_sealed_anew_can_still_be_undone_for_the_team(house: House):
    private = begun(house).private
    recorded = say(house, SOL, mood=2)
    keep_for(house, private, 365, 30)
    handle = withdraw.handle(house.server_key, recorded, NOW)

    with house.engine.begin() as connection:
        withdraw.undo(connection, house.server_key, handle or "", NOW)

    assert [entry.mood for entry in read(house, private)] == [2]


def test_what_is_too_old_for_the_new_days_goes_with_the_next_job(house: House):
    private = begun(house).private
    say(house, SOL, mood=2)
    keep_for(house, private, 90, 30)

    with house.engine.begin() as connection:
        keeping.forget_old(connection, date(2026, 7, 1))

    assert read(house, private) == []
