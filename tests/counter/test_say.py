"""What is said at the tablet: hung up once, without a name unless it is signed, and no answer is touched."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.answers import House, everything, rows, say
from tests.cast import NOW, pin_of
from tests.conftest import SECRETS
from wellbeing import badges, withdraw
from wellbeing.counter.acts import Refused, Scene, perform
from wellbeing.counter.identify import Refusal
from wellbeing.counter.requests import Act
from wellbeing.keys import HandleRefused
from wellbeing.models.accounts import PinFailure
from wellbeing.models.base import db
from wellbeing.models.pending import Receipt
from wellbeing.models.talk import GoodMoment, Idea, Signature
from wellbeing.tablets import TabletFacts
from wellbeing.talk import pledges

CAKE = "She came back with cake."
BY_NAME = {"moment": GoodMoment, "idea": Idea}


def scene(house: House, connection: object, age: timedelta | None = timedelta()) -> Scene:
    tablet = TabletFacts(1, house.cast.units["Service counter"], "Front desk")
    now = Scene(connection, tablet, NOW, SECRETS)  # type: ignore[arg-type]
    return now if age == timedelta() else now.before(age)


def do(house: House, text: str = CAKE, act_id: str = "one", what: str = "moment", **author: object) -> object:
    """Say something at the service counter, in a transaction of its own."""
    age = author.pop("age", timedelta())
    with house.engine.begin() as connection:
        act = Act(act_id, "say", {"what": what, "text": text} | author)
        return perform(scene(house, connection, age), act)  # type: ignore[arg-type]


def by(house: House, name: str, pin: str = "") -> dict[str, object]:
    return {"person": house.cast.people[name], "pin": pin or pin_of(name)}


@pytest.mark.parametrize("what", BY_NAME)
def test_what_nobody_signed_is_hung_up_for_the_tablets_team_and_touches_nothing_else(
    any_house: House, what: str
):
    say(any_house, "Sol")
    before = everything(any_house)

    assert do(any_house, what=what)["saved"]

    [row] = rows(any_house, BY_NAME[what])
    assert (row.unit_id, row.text) == (any_house.cast.units["Service counter"], CAKE)
    assert (row.written_on, row.signed_by) == (date(2026, 3, 4), None)
    after = everything(any_house)
    assert {name for name in after if after[name] != before[name]} == {BY_NAME[what].__tablename__, "receipt"}


def test_who_signs_shows_a_pin_or_a_badge(any_house: House):
    badges.stand_alone(db.session(), True)
    sol = any_house.cast.people["Sol"]
    badge = badges.make(db.session(), SECRETS.pin_pepper, [sol], NOW.date())[sol]

    assert do(any_house, **by(any_house, "Noor"))["saved"]
    assert do(any_house, act_id="two", badge=badge, pin=None)["saved"]

    assert [row.signed_by for row in rows(any_house, GoodMoment)] == [any_house.cast.people["Noor"], sol]


def test_nothing_hangs_there_in_the_name_of_somebody_whose_pin_was_wrong(any_house: House):
    assert do(any_house, **by(any_house, "Sol", "0000")) is Refusal.WRONG

    assert rows(any_house, GoodMoment) == rows(any_house, Receipt) == []
    assert len(rows(any_house, PinFailure)) == 1


def test_what_is_private_is_refused_by_name_and_may_be_sent_again_once_it_is_mended(any_house: House):
    with pytest.raises(Refused, match="^not_taken$") as refused:
        do(any_house, "Ring Mr Smith on 611 222 333")
    assert '"Mr Smith"' in refused.value.sentence and '"611 222 333"' in refused.value.sentence
    assert rows(any_house, GoodMoment) == rows(any_house, Receipt) == []

    assert do(any_house)["saved"]
    assert len(rows(any_house, GoodMoment)) == 1


@pytest.mark.parametrize(
    ("age", "day"),
    [
        (timedelta(hours=20), date(2026, 3, 3)),
        (timedelta(hours=1), date(2026, 3, 4)),
        (None, date(2026, 3, 4)),
    ],
    ids=["yesterday", "this morning", "nobody knows"],
)
def test_what_waited_is_dated_when_it_was_said(house: House, age: timedelta | None, day: date):
    do(house, age=age)

    assert [row.written_on for row in rows(house, GoodMoment)] == [day]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(1, 4), st.sampled_from(sorted(BY_NAME)), st.sampled_from(["", "Sol", "Noor"])),
        max_size=10,
    )
)
def test_however_often_something_is_sent_it_hangs_there_once_as_it_came_first(house: House, sent: list):
    """Each id stands for whatever came under it first; what comes later under it changes nothing."""
    counted = {what: len(rows(house, table)) for what, table in BY_NAME.items()}
    run = f"{sum(counted.values())}-{len(rows(house, Receipt))}"
    first: dict[str, tuple[str, str]] = {}
    for number, what, name in sent:
        act_id = f"{run}-{number}"
        first.setdefault(act_id, (what, name))
        assert do(house, f"No. {number}", act_id, what, **(by(house, name) if name else {}))["saved"]

    for what, table in BY_NAME.items():
        new = [row.signed_by for row in rows(house, table)][counted[what] :]
        meant = [name for found, name in first.values() if found == what]
        assert new == [house.cast.people[name] if name else None for name in meant]


@pytest.mark.parametrize("what", BY_NAME)
def test_within_a_minute_it_is_undone_and_nothing_is_left(any_house: House, what: str):
    handle = do(any_house, what=what, **by(any_house, "Sol"))["handle"]
    do(any_house, "Another.", "two", what)

    undo(any_house, handle, timedelta(seconds=59))
    undo(any_house, handle, timedelta(seconds=59))

    assert [row.text for row in rows(any_house, BY_NAME[what])] == ["Another."]


def test_after_a_minute_it_stays(house: House):
    handle = do(house)["handle"]

    with pytest.raises(HandleRefused):
        undo(house, handle, timedelta(seconds=61))
    assert len(rows(house, GoodMoment)) == 1


def undo(house: House, handle: str, later: timedelta) -> None:
    with house.engine.begin() as connection:
        withdraw.undo(connection, house.server_key, handle, NOW + later)


@pytest.fixture
def pledge(any_house: House) -> str:
    """The words of the pledge of the service counter."""
    words = "We call before they have to ask."
    with any_house.engine.begin() as connection:
        pledges.make(connection, any_house.cast.units["Service counter"], words, NOW.date())
    return words


def join(house: House, name: str, words: str, act_id: str, joined: bool = True) -> object:
    with house.engine.begin() as connection:
        fields = by(house, name) | {"pledge": words, "joined": joined}
        return perform(scene(house, connection), Act(act_id, "join", fields))


def test_names_come_under_the_pledge_and_off_it_again(any_house: House, pledge: str):
    for act_id, name in (("one", "Sol"), ("two", "Bea"), ("three", "Sol")):
        assert join(any_house, name, pledge, act_id) == {"saved": True, "handle": None}
    for _again in range(2):
        join(any_house, "Bea", pledge, "four", joined=False)

    assert [row.person_id for row in rows(any_house, Signature)] == [any_house.cast.people["Sol"]]


def test_nobody_comes_under_words_that_they_did_not_read(any_house: House, pledge: str):
    with pytest.raises(Refused, match="not_found"):
        join(any_house, "Sol", "We never say no.", "one")
    with any_house.engine.begin() as connection:
        pledges.take_down(connection, any_house.cast.units["Service counter"])
    with pytest.raises(Refused, match="not_found"):
        join(any_house, "Sol", pledge, "one")

    assert rows(any_house, Signature) == rows(any_house, Receipt) == []


def test_its_handle_is_as_long_as_that_of_an_answer(house: House):
    """Whoever sees what a tablet hears cannot tell by its length what somebody did there."""
    with house.engine.begin() as connection:
        check_in = perform(scene(house, connection), Act("in", "check_in", by(house, "Sol") | {"mood": 4}))

    assert len(do(house)["handle"]) == len(check_in["handle"])  # type: ignore[index]
