"""“Ask someone to contact me”, from the tablet: what is ticked arrives, even after hours offline."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import House
from tests.cast import NOW, Cast, pin_of
from tests.conftest import SECRETS
from wellbeing import appointed, asking, withdraw
from wellbeing.counter.acts import Refused, Scene, perform
from wellbeing.counter.requests import BadRequest, read_act
from wellbeing.models.accounts import Person
from wellbeing.models.asking import ContactRequest, ReaderOf
from wellbeing.models.base import db
from wellbeing.tablets import tablet_of


@pytest.fixture
def hilde_reads(house: House) -> None:
    appointed.appoint(db.session(), ReaderOf.CONTACT, db.session.get_one(Person, house.cast.people["Hilde"]))
    db.session.rollback()


def body(cast: Cast, **ticked: object) -> dict[str, object]:
    return {"id": "a1", "act": "ask", "person": cast.people["Sol"], "pin": pin_of("Sol"), **ticked}


def do(house: House, late: bool = False, **ticked: object) -> dict[str, Any]:
    act = read_act(body(house.cast, **ticked), dict)
    with house.engine.begin() as connection:
        tablet = tablet_of(connection, house.cast.token)
        scene = Scene(connection, tablet, NOW, SECRETS)
        return perform(scene.before(timedelta(hours=2)) if late else scene, act)


def kept(house: House) -> list[tuple[str, str, str, str]]:
    columns = (ContactRequest.name, ContactRequest.team, ContactRequest.reach, ContactRequest.words)
    with house.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.select(*columns))]


@pytest.mark.parametrize(
    ("ticked", "row"),
    [
        ({"name": True}, ("Sol Vale", "", "", "")),
        (
            {"name": True, "team": True, "words": "It was\na lot."},
            ("Sol Vale", "Service counter", "", "It was a lot."),
        ),
        ({"reach": "locker 7"}, ("", "", "locker 7", "")),
    ],
)
def test_what_is_ticked_arrives_and_nothing_else(house: House, hilde_reads, ticked, row):
    first, again = do(house, **ticked), do(house, **ticked)

    assert first["saved"] and first["handle"]
    assert again == {"saved": True, "handle": None}
    assert kept(house) == [row]


def test_it_can_be_undone_for_a_minute(house: House, hilde_reads):
    asked = do(house, name=True)

    undo = read_act({"id": "a2", "act": "undo", "handles": [asked["handle"]]}, dict)
    with house.engine.begin() as connection:
        tablet = tablet_of(connection, house.cast.token)
        assert tablet is not None
        assert perform(Scene(connection, tablet, NOW, SECRETS), undo) == {"undone": True}
    assert kept(house) == []


def test_what_was_answered_within_the_minute_stays(house: House, hilde_reads):
    asked = do(house, name=True)
    asking.answer(db.session(), 1, NOW.date())

    with house.engine.begin() as connection:
        withdraw.undo(connection, house.server_key, asked["handle"], NOW)
    assert kept(house) == [("Sol Vale", "", "", "")]


def test_without_a_name_or_a_way_to_be_reached_it_is_refused(house: House, hilde_reads):
    with pytest.raises(Refused, match="bad_request"):
        do(house, team=True)
    assert kept(house) == []


def test_where_nobody_reads_nothing_is_taken_so_that_nobody_waits_in_vain(house: House):
    with pytest.raises(Refused, match="nobody_reads"):
        do(house, name=True)
    assert kept(house) == []


def test_what_waited_on_a_tablet_is_kept_for_whoever_is_appointed_next(house: House):
    do(house, late=True, name=True)

    assert kept(house) == [("Sol Vale", "", "", "")]


@pytest.mark.parametrize(
    "ticked",
    [
        {"name": "yes"},
        {"reach": "x" * 121},
        {"words": "x" * 241},
        {"reach": 7},
        {"reach": "a\0"},
        {"reach": " "},
    ],
)
def test_what_no_tablet_of_ours_would_send_is_refused(cast_of_ids: Cast, ticked: dict[str, object]):
    with pytest.raises(BadRequest):
        read_act(body(cast_of_ids, **ticked), dict)


@pytest.fixture
def cast_of_ids() -> Cast:
    return Cast({"Sol": 2}, {})


def test_the_tablet_is_told_in_a_sentence_that_nobody_reads(app: Flask, client: FlaskClient, site: Cast):
    headers = {"Authorization": f"Bearer {site.token}"}

    answer = client.post("/counter/act", json=body(site, name=True), headers=headers)
    assert (answer.status_code, answer.json["code"]) == (422, "nobody_reads")
    assert "helpline" in answer.json["error"]
