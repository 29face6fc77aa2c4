"""What is said on a wall: no name unless it is signed, short, private to nobody, and gone when it goes."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from tests.answers import House, change, everything, rows
from tests.cast import NOW
from wellbeing.models.talk import GoodMoment, Idea, IdeaState
from wellbeing.private_text import hides
from wellbeing.talk import posts
from wellbeing.talk.posts import LONGEST, MOST_A_DAY, Kind, TalkRefused, one_line

TODAY = date(2026, 3, 4)
KINDS = pytest.mark.parametrize("kind", Kind)


def say(house: House, kind: Kind, text: str = "She came back with cake.", by: str = "", **at: object) -> int:
    """Let somebody say something at the service counter; unsigned unless a name is given."""
    team, day = house.cast.units[at.get("team", "Service counter")], at.get("day", TODAY)
    with house.engine.begin() as connection:
        return posts.write(connection, kind, team, text, day, house.cast.people[by] if by else None)


def table(kind: Kind) -> type[GoodMoment] | type[Idea]:
    return posts.TABLES[kind]


@KINDS
def test_what_is_not_signed_knows_nobody(any_house: House, kind: Kind):
    number = say(any_house, kind, "  He said\nthank you. ")

    [row] = rows(any_house, table(kind))
    assert (row.id, row.text, row.written_on, row.signed_by) == (number, "He said thank you.", TODAY, None)


@KINDS
def test_who_signs_is_named_and_may_take_the_name_off(any_house: House, kind: Kind):
    sol, noor = any_house.cast.people["Sol"], any_house.cast.people["Noor"]
    number = say(any_house, kind, by="Sol")
    assert rows(any_house, table(kind))[0].signed_by == sol

    with any_house.engine.begin() as connection:
        assert not posts.unsign(connection, kind, number, noor)
        assert posts.unsign(connection, kind, number, sol)
        assert not posts.unsign(connection, kind, number, sol)

    [row] = rows(any_house, table(kind))
    assert (row.text, row.signed_by) == ("She came back with cake.", None)


@KINDS
def test_what_goes_leaves_nothing(any_house: House, kind: Kind):
    before = everything(any_house)
    sol, noor = any_house.cast.people["Sol"], any_house.cast.people["Noor"]
    counter, parts = any_house.cast.units["Service counter"], any_house.cast.units["Parts"]
    numbers = [say(any_house, kind, by=name) for name in ("Sol", "Noor", "")]

    with any_house.engine.begin() as connection:
        assert not posts.remove_mine(connection, kind, numbers[0], noor)
        assert posts.remove_mine(connection, kind, numbers[0], sol)
        assert not posts.remove(connection, kind, numbers[1], {parts})
        assert posts.remove(connection, kind, numbers[1], {parts, counter})
        posts.take_away(connection, kind, numbers[2])

    assert everything(any_house) == before


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write a line first."),
        (" \n\t ", "Write a line first."),
        ("\u200d \u200d", "Write a line first."),
        ("x" * (LONGEST + 1), "At most 240 characters; this has 241."),
        ("a\0b", "This holds a character that cannot be seen."),
        ("Ring 611 222 333", 'This looks like a phone number: "611 222 333".'),
        ("Thank you, Mr Smith", 'This looks like somebody\'s name: "Mr Smith".'),
        ("write to ana@example.com", 'This looks like an e-mail address: "ana@example.com".'),
    ],
)
def test_what_cannot_hang_there_is_refused_in_a_sentence(house: House, typed: str, sentence: str):
    with pytest.raises(TalkRefused) as refused:
        say(house, Kind.MOMENT, typed)

    assert sentence in refused.value.sentence
    assert typed not in str(refused.value) or not typed
    assert rows(house, GoodMoment) == []


@pytest.mark.parametrize(
    "typed",
    [
        "x" * LONGEST,
        "They all came 👨\u200d👩\u200d👧 \U0001fa77",
        "Ready at 14:20, not at 16:00.",
        "Order 4711 came on 04/03/2026 for 1,250.00 €.",
    ],
)
def test_times_dates_prices_and_orders_may_stand_there(house: House, typed: str):
    assert one_line(typed) == typed


@given(st.text(max_size=300))
def test_whatever_is_kept_is_one_short_line_that_can_be_seen(typed: str):
    try:
        kept = one_line(typed)
    except TalkRefused:
        return
    assert 1 <= len(kept) <= LONGEST
    assert not hides(kept) and kept == " ".join(typed.split())


@KINDS
def test_the_same_words_of_a_day_hang_there_once_for_each_who_signs_them(any_house: House, kind: Kind):
    team, sol = any_house.cast.units["Service counter"], any_house.cast.people["Sol"]
    tomorrow = TODAY + timedelta(days=1)
    for author, day in ((None, TODAY), (sol, TODAY), (None, TODAY), (sol, TODAY), (None, tomorrow)):
        with any_house.engine.begin() as connection:
            posts.write_once(connection, kind, team, " Cake! ", day, author)

    found = [(row.signed_by, row.written_on) for row in rows(any_house, table(kind))]
    assert found == [(None, TODAY), (sol, TODAY), (None, tomorrow)]


@KINDS
def test_nobody_buries_what_others_said_in_a_day(house: House, kind: Kind):
    team, values = house.cast.units["Service counter"], {"text": "Again.", "written_on": TODAY}
    extra = {"state": IdeaState.NEW, "reply": ""} if kind is Kind.IDEA else {}
    change(house, sa.insert(table(kind)).values([{"unit_id": team, **values, **extra}] * MOST_A_DAY))

    with pytest.raises(TalkRefused) as refused:
        say(house, kind)
    assert refused.value.sentence == "The wall is full for today. Keep it for tomorrow."

    assert say(house, kind, team="Showroom") and say(house, kind, day=TODAY + timedelta(days=1))


def test_what_somebody_signed_goes_with_them_and_all_else_stays(any_house: House):
    for kind in Kind:
        for name in ("Sol", "Noor", ""):
            say(any_house, kind, by=name)

    with any_house.engine.begin() as connection:
        posts.forget_person(connection, any_house.cast.people["Sol"])

    noor = any_house.cast.people["Noor"]
    for kind in Kind:
        assert {row.signed_by for row in rows(any_house, table(kind))} == {noor, None}


def test_moments_are_kept_for_half_a_year_and_answered_ideas_for_one(any_house: House):
    for age in (180, 181):
        say(any_house, Kind.MOMENT, f"{age} days", day=TODAY - timedelta(days=age))
    for state in IdeaState:
        for age in (365, 366):
            number = say(any_house, Kind.IDEA, f"{state} {age}", day=TODAY - timedelta(days=age))
            change(any_house, sa.update(Idea).where(Idea.id == number).values(state=state))

    with any_house.engine.begin() as connection:
        posts.forget_old(connection, NOW.date())

    assert [row.text for row in rows(any_house, GoodMoment)] == ["180 days"]
    gone = {f"{state} 366" for state in (IdeaState.DONE, IdeaState.NOT_NOW)}
    assert {row.text for row in rows(any_house, Idea)} == {
        f"{state} {age}" for state in IdeaState for age in (365, 366)
    } - gone
