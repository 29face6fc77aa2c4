"""The wall at the tablet's door: what is said is taken, refused in a sentence, or set aside if it waited."""

import pytest
from flask import Flask

from tests.answers import House, rows
from tests.cast import NOW, pin_of
from tests.web.test_counter import Desk
from tests.web.test_sealed import Kept, offline
from wellbeing.models.talk import GoodMoment, Idea

SAID = {"act": "say", "what": "moment", "text": "She came back with cake."}
PRIVATE = SAID | {"text": "Ring Mrs Jones on 611 222 333."}


@pytest.fixture
def desk(app: Flask, house: House) -> Desk:
    return Desk(app, house)


@pytest.fixture
def tablet(desk: Desk) -> Kept:
    return offline(desk)


def post(desk: Desk, body: dict[str, object]) -> tuple[int, dict]:
    answer = desk.app.test_client().post("/counter/act", json={"id": "one"} | body, headers=desk.headers())
    return answer.status_code, answer.json


def test_a_moment_and_who_signed_it_hang_on_the_tablet_at_once(desk: Desk):
    sol = {"person": desk.house.cast.people["Sol"], "pin": pin_of("Sol")}

    assert post(desk, SAID | sol)[0] == 200

    care = desk.app.test_client().get("/counter/care", headers=desk.headers()).json
    assert care["moments"] == [{"text": SAID["text"], "by": "Sol V.", "day": "2026-03-04"}]


def test_what_is_private_is_named_to_whoever_wrote_it(desk: Desk, caplog: pytest.LogCaptureFixture):
    status, told = post(desk, PRIVATE)

    assert (status, told["code"]) == (422, "not_taken")
    assert '"Mrs Jones"' in told["error"] and '"611 222 333"' in told["error"]
    assert "Jones" not in caplog.text
    assert rows(desk.house, GoodMoment) == []


def test_what_waited_without_a_network_hangs_there_once(tablet: Kept):
    one = tablet.put(SAID)
    tablet.put(SAID | {"what": "idea"})

    assert tablet.send() == ["saved", "saved"]
    assert tablet.send_only(one) == ["saved"]

    assert len(rows(tablet.desk.house, GoodMoment)) == len(rows(tablet.desk.house, Idea)) == 1


def test_what_waited_and_is_private_is_set_aside_and_never_kept(
    tablet: Kept, caplog: pytest.LogCaptureFixture
):
    tablet.put(PRIVATE)
    tablet.keep("Sol", "check_in", mood=4)

    assert tablet.send() == ["unmatched", "saved"]

    assert rows(tablet.desk.house, GoodMoment) == []
    assert "Jones" not in caplog.text


def test_what_waited_under_a_wrong_pin_hangs_in_nobodys_name(tablet: Kept):
    tablet.put(SAID | {"person": tablet.desk.house.cast.people["Sol"], "pin": "0000"}, NOW)

    assert tablet.send() == ["unmatched"]
    assert rows(tablet.desk.house, GoodMoment) == []
