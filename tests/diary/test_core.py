"""A diary: what is kept in it, who opens it, and what can be told of it from outside."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from tests.answers import House, change, rows, say
from tests.cast import NOW, PASSWORD
from wellbeing import sign_in, withdraw
from wellbeing.diary import keeping, opening, sealing, unlocking, wraps
from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.opening import Begun
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryEntry, DiaryKey, DiaryOpened
from wellbeing.models.epochs import Place
from wellbeing.models.pending import Dimension

SOL = "Sol"


@pytest.fixture
def begun(any_house: House) -> Iterator[Begun]:
    """The diary that Sol has just begun."""
    found = opening.begin(db.session(), any_house.cast.people[SOL], PASSWORD)
    db.session.commit()
    yield found


def mine(house: House, begun: Begun) -> list[Entry]:
    with house.engine.connect() as connection:
        person = house.cast.people[SOL]
        return [found.entry for found in opening.read(connection, house.server_key, person, begun.private)]


def diary(house: House) -> DiaryKey:
    found = opening.diary_of(db.session(), house.cast.people[SOL])
    assert found is not None
    return found


def test_what_is_said_at_the_counter_is_found_in_the_diary(any_house: House, begun: Begun):
    chips = ((Dimension.SEVERITY, "hard"), (Dimension.BEHAVIOUR, "shouted"), (Dimension.BEHAVIOUR, "rude"))
    say(any_house, SOL, mood=4)
    say(any_house, SOL, NOW + timedelta(hours=1), mood=2, rough=True, details=chips)
    say(any_house, SOL, NOW + timedelta(hours=2), break_minutes=10, break_kind="walk")
    say(any_house, SOL, NOW + timedelta(hours=3), mood=3, back=True)

    found = mine(any_house, begun)
    assert [(one.kind, one.mood) for one in found] == [
        (Kind.CHECK_IN, 4),
        (Kind.ROUGH, 2),
        (Kind.BREAK, None),
        (Kind.BACK, 3),
    ]
    assert found[1].severity == "hard" and found[1].behaviour == ("shouted", "rude")
    assert (found[2].break_kind, found[2].minutes) == ("walk", 10)
    assert found[0].felt_at == NOW.replace(second=0, microsecond=0)
    assert found[0].counted is not None and found[0].counted.week_ends == date(2026, 3, 9)


def test_whoever_has_no_diary_leaves_nothing_in_one(any_house: House):
    say(any_house, SOL, mood=4)

    assert rows(any_house, DiaryEntry) == []


def test_a_paused_diary_takes_only_what_its_owner_writes_there(any_house: House, begun: Begun):
    diary(any_house).paused = True
    db.session.commit()
    say(any_house, SOL, mood=4)
    loaded = Entry(Kind.IMPORTED, NOW, NOW - timedelta(days=400), mood=2)
    note = Entry(Kind.NOTE, NOW, NOW, text="A long day.")
    with any_house.engine.begin() as connection:
        keeping.keep(connection, any_house.server_key, any_house.cast.people[SOL], [loaded, note])

    assert mine(any_house, begun) == [loaded, note]


def test_every_act_has_one_size_one_month_and_company_that_means_nothing(
    any_house: House, begun: Begun, monkeypatch: pytest.MonkeyPatch
):
    # As if drawn: the first act has no company, the second has three empty ones, and so on.
    drawn = iter([1, 0, 3] * 20)
    monkeypatch.setattr(keeping.secrets, "randbelow", lambda _below: next(drawn))
    for minute in range(40):
        say(any_house, SOL, NOW + timedelta(minutes=minute), mood=1 + minute % 5)

    found = rows(any_house, DiaryEntry)
    assert len({len(row.sealed) for row in found}) == 1
    assert {row.expires for row in found} == {date(2026, 8, 1)}
    assert (len(mine(any_house, begun)), len(found)) == (40, 40 + 3 * 20)


def test_undo_takes_an_act_out_of_the_diary_and_leaves_its_empty_company(any_house: House, begun: Begun):
    recorded = say(any_house, SOL, mood=4)
    handle = withdraw.handle(any_house.server_key, recorded, NOW)
    with any_house.engine.begin() as connection:
        withdraw.undo(connection, any_house.server_key, handle or "", NOW)

    assert mine(any_house, begun) == []


def test_a_password_change_keeps_the_diary_and_the_old_password_opens_nothing(house: House):
    begun = opening.begin(db.session(), house.cast.people[SOL], PASSWORD)
    private = opening.with_password(diary(house), PASSWORD)
    diary(house).by_password = wraps.by_password("another walk, another block", private)

    assert private == begun.private
    assert opening.with_password(diary(house), "another walk, another block") == private
    with pytest.raises(wraps.WrongSecret):
        opening.with_password(diary(house), PASSWORD)


def test_a_recovery_code_opens_the_diary_until_there_is_a_newer_one(house: House):
    begun = opening.begin(db.session(), house.cast.people[SOL], None)
    assert opening.with_recovery_code(diary(house), begun.recovery_code.lower()) == begun.private
    newer = opening.new_recovery_code(diary(house), begun.private)

    assert opening.with_recovery_code(diary(house), newer) == begun.private
    for wrong in (begun.recovery_code, "", "not a code"):
        with pytest.raises(wraps.WrongSecret):
            opening.with_recovery_code(diary(house), wrong)
    with pytest.raises(wraps.WrongSecret):
        opening.with_password(diary(house), PASSWORD)


def test_a_diary_is_open_for_a_quarter_of_an_hour_and_only_with_the_secret_of_the_cookie(house: House):
    person = house.cast.people[SOL]
    begun = opening.begin(db.session(), person, PASSWORD)
    db.session.add(sign_in.SignIn(token_mac=sign_in.token_mac("t"), person_id=person, expires_at=NOW))
    secret = unlocking.unlock(db.session(), "t", begun.private, NOW)
    later = NOW + timedelta(minutes=14)

    assert unlocking.private_key(db.session(), "t", secret, later) == begun.private
    assert unlocking.private_key(db.session(), "t", bytes(32), later) is None
    assert unlocking.private_key(db.session(), "u", secret, later) is None
    assert unlocking.private_key(db.session(), "t", secret, NOW + timedelta(minutes=15)) is None
    db.session.rollback()
    with house.engine.begin() as connection:
        unlocking.forget_old(connection, NOW + timedelta(minutes=15))
    assert rows(house, DiaryOpened) == []


def test_entries_go_at_the_end_of_the_month_in_which_their_days_are_over(house: House):
    opening.begin(db.session(), house.cast.people[SOL], PASSWORD)
    db.session.commit()
    say(house, SOL, mood=4)
    with house.engine.begin() as connection:
        assert keeping.forget_old(connection, date(2026, 8, 31)) == 0
        assert keeping.forget_old(connection, date(2026, 9, 1)) > 0

    assert rows(house, DiaryEntry) == []


def test_another_key_opens_nothing(house: House):
    begun = opening.begin(db.session(), house.cast.people[SOL], PASSWORD)
    db.session.commit()
    say(house, SOL, mood=4)
    with pytest.raises(sealing.CannotOpen), house.engine.connect() as connection:
        opening.read(connection, house.server_key, house.cast.people[SOL], sealing.new_pair().private)
    assert begun.private


def test_a_box_for_somebody_else_is_not_opened():
    mine, theirs = sealing.new_pair(), sealing.new_pair()

    assert sealing.Reader(mine.private).opened(sealing.sealed(mine.public, b"mine")) == b"mine"
    with pytest.raises(sealing.CannotOpen):
        sealing.Reader(mine.private).opened(sealing.sealed(theirs.public, b"theirs"))


def test_an_act_that_says_nothing_leaves_nothing_in_a_diary(any_house: House, begun: Begun):
    say(any_house, SOL, mood=None)

    assert mine(any_house, begun) == []


def test_whoever_counts_nowhere_can_undo_what_their_diary_kept(any_house: House, begun: Begun):
    change(any_house, sa.delete(Place).where(Place.person_id == any_house.cast.people[SOL]))
    recorded = say(any_house, SOL, mood=4)
    handle = withdraw.handle(any_house.server_key, recorded, NOW)
    assert [entry.counted for entry in mine(any_house, begun)] == [None]
    with any_house.engine.begin() as connection:
        withdraw.undo(connection, any_house.server_key, handle or "", NOW)

    assert mine(any_house, begun) == []
