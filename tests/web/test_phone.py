"""The door of own phones: one tap is an answer of its owner's, and the token reads nothing of theirs."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, PASSWORD, Cast, pin_of
from tests.counter.boxes import ago, entry, millis
from wellbeing import jobs, phones
from wellbeing.diary import opening
from wellbeing.models.base import db
from wellbeing.models.diary import Phone
from wellbeing.models.pending import Pending

END_OF_MARCH = datetime(2026, 3, 25, 11, tzinfo=UTC)
TAP = {"act": "check_in", "mood": 4}


class OwnPhone:
    """Somebody's own phone, as its script speaks to the server."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self.client, self.token = client, token
        self.headers = {"Authorization": f"Bearer {token}"}
        self._count = 0

    def act(self, **said: object):
        """Do an act that its owner signs."""
        return self.bare(phone=self.token, **said)

    def bare(self, **said: object):
        """Do an act as it is said."""
        self._count += 1
        body = {"id": f"{self.token[:8]}-{self._count}"} | said
        return self.client.post("/phone/act", json=body, headers=self.headers)

    def state(self, **more: str):
        return self.client.get("/phone/state", headers=self.headers | more)

    def sealed(self, *acts: dict[str, object], at: object = None) -> list[str]:
        """Deliver acts that were sealed on this phone, or on one before it."""
        seal = self.state().json["seal"]
        entries = [entry(seal, act, at) for act in acts]
        body = {"now": millis(NOW), "entries": entries}
        return self.client.post("/phone/sealed", json=body, headers=self.headers).json["results"]


def phone_of(app: Flask, client: FlaskClient, person: int) -> OwnPhone:
    with app.app_context():
        return OwnPhone(client, phones.set_up(db.session(), person, "iPhone", NOW))


@pytest.fixture
def sols(app: Flask, client: FlaskClient, site: Cast) -> OwnPhone:
    return phone_of(app, client, site.people["Sol"])


@pytest.fixture
def noors(app: Flask, client: FlaskClient, site: Cast) -> OwnPhone:
    return phone_of(app, client, site.people["Noor"])


@pytest.fixture
def pending(app: Flask) -> Iterator[list[tuple[bytes, int | None, bool]]]:
    """A way to read what is pending: whose pseudonym, which mood, rough or not."""

    def read() -> list[tuple[bytes, int | None, bool]]:
        with app.app_context():
            return [
                tuple(row)
                for row in db.session.execute(db.select(Pending.contributor, Pending.mood, Pending.rough))
            ]

    return read


def test_one_tap_is_a_check_in_and_undo_takes_it_back(sols: OwnPhone, pending):
    tapped = sols.act(**TAP)

    assert (tapped.status_code, tapped.json["saved"]) == (200, True)
    assert [row[1:] for row in pending()] == [(4, False)]
    assert sols.bare(act="undo", handles=[tapped.json["handle"]]).json == {"undone": True}
    assert pending() == []


def test_a_tap_on_the_phone_and_one_at_the_tablet_are_the_same_persons(
    sols: OwnPhone, site: Cast, client: FlaskClient, pending
):
    sols.act(**TAP)
    at_tablet = {"id": "tablet-1", "act": "check_in", "mood": 2, "person": site.people["Sol"]}
    said = at_tablet | {"pin": pin_of("Sol")}
    client.post("/counter/act", json=said, headers={"Authorization": f"Bearer {site.token}"})

    assert len({contributor for contributor, *_rest in pending()}) == 1
    assert sols.act(act="take_back").json == {"taken_back": True}
    assert pending() == []


def test_the_same_act_again_is_recorded_once(sols: OwnPhone, pending):
    for _ in range(2):
        assert sols.act(id="the same", **TAP).json["saved"]

    assert len(pending()) == 1


def test_a_shift_on_the_phone_from_a_rough_one_to_the_return(sols: OwnPhone, pending):
    told = [
        sols.act(act="rough", mood=2, severity="hard"),
        sols.act(act="rough_detail", behaviour=["rude"], cause=None, channel=None, area=None),
        sols.act(act="break", kind="walk", minutes=5),
        sols.act(act="cover", minutes=5),
        sols.act(act="back", mood=4),
    ]

    assert [answer.status_code for answer in told] == [200] * 5
    assert len({contributor for contributor, *_rest in pending()}) == 1


def test_cover_is_asked_for_in_the_owners_own_team(sols: OwnPhone, site: Cast, client: FlaskClient):
    sols.act(act="cover", minutes=10)
    state = client.get("/counter/state", headers={"Authorization": f"Bearer {site.token}"}).json

    assert [request["name"] for request in state["cover"]] == ["Sol V."]


def test_a_good_moment_bears_a_name_only_where_its_author_signs(
    sols: OwnPhone, site: Cast, client: FlaskClient
):
    sols.bare(act="say", what="moment", text="The coffee was kind.")
    sols.act(act="say", what="moment", text="Bea laughed with me.")
    told = client.get("/counter/care", headers={"Authorization": f"Bearer {site.token}"}).json["moments"]

    assert {moment["text"]: moment["by"] for moment in told} == {
        "The coffee was kind.": None,
        "Bea laughed with me.": "Sol V.",
    }


@pytest.mark.parametrize(
    "asked",
    [
        {"act": "who", "person": 1, "pin": "0000"},
        {"act": "find", "q": "So"},
        {"act": "choose_pin", "code": "ABCD-EFGH", "pin": "2468"},
        {"act": "cover_taken", "cover": 1},
        {"act": "told", "audience": 1, "told": True},
        {"act": "join", "pledge": "We smile.", "joined": True},
        {"act": "check_in", "mood": 4, "person": 1, "pin": "0000"},
    ],
)
def test_a_phone_asks_for_nobodys_name_and_tries_nobodys_pin(
    sols: OwnPhone, asked: dict[str, object], pending
):
    answer = sols.bare(**asked)

    assert (answer.status_code, answer.json["code"]) == (400, "bad_request")
    assert pending() == []


def test_a_tablet_takes_no_phones_token_for_a_person(
    sols: OwnPhone, site: Cast, client: FlaskClient, pending
):
    said = {"id": "x", "phone": sols.token, **TAP}
    answer = client.post("/counter/act", json=said, headers={"Authorization": f"Bearer {site.token}"})

    assert answer.status_code == 400
    assert client.get("/counter/state", headers=sols.headers).status_code == 401
    assert (
        sols.client.get("/phone/state", headers={"Authorization": f"Bearer {site.token}"}).status_code == 401
    )
    assert pending() == []


def test_what_a_phone_is_shown_is_a_name_choices_and_words_and_changes_with_no_answer(
    sols: OwnPhone, noors: OwnPhone
):
    noors.act(**TAP)
    before = sols.state()
    sols.act(**TAP)
    sols.act(act="rough", mood=1, severity="severe")
    sols.act(act="cover", minutes=5)
    noors.act(act="rough", mood=1, severity="hard")

    assert sols.state().data == before.data
    assert before.json["me"] == {"name": "Sol", "counts": True, "counts_from": None}
    assert set(before.json) == {
        *(
            "me",
            "language",
            "message",
            "carrying",
            "released",
            "choices",
            "help",
            "seal",
            "notices",
            "checkup",
        ),
    }


def test_whoever_sees_no_tablet_is_told_of_a_change_to_the_figures_too(
    sols: OwnPhone, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("wellbeing.announcement.sentence", lambda _connection: "From 9 March on.")

    (told,) = sols.state().json["notices"]
    assert told == {"title": "A change to how figures are made.", "text": "From 9 March on."}


def test_a_phone_is_shown_choices_in_the_language_of_its_owner(sols: OwnPhone):
    spoken = sols.state(**{"Accept-Language": "es"}).json

    assert spoken["language"] == "es"
    assert spoken["choices"]["break_minutes"] == [2, 5, 10, 15]


def test_the_words_of_the_care_screens_come_without_anybodys_wall(sols: OwnPhone):
    sols.bare(act="say", what="moment", text="The coffee was kind.")
    told = sols.client.get("/phone/care", headers=sols.headers).json

    assert told["strings"]["breathe_in"] == "Breathe in"
    assert not {"moments", "ideas", "pledge"} & set(told)


def test_the_first_phone_of_a_site_makes_the_key_to_seal_to(sols: OwnPhone):
    made = sols.state().json["seal"]

    assert made["public"]
    assert sols.state().json["seal"] == made


def test_what_waited_on_a_phone_is_recorded_once(sols: OwnPhone, pending):
    tap = {"id": "waited", "phone": sols.token, **TAP}

    assert sols.sealed(tap, tap, at=ago(NOW, hours=2)) == ["saved", "saved"]
    assert [row[1:] for row in pending()] == [(4, False)]


def test_what_waited_stays_its_authors_when_somebody_else_set_the_phone_up_in_between(
    sols: OwnPhone, noors: OwnPhone, pending
):
    rough = {"id": "hers", "act": "rough", "mood": 2, "severity": "hard", "phone": sols.token}
    assert noors.sealed(rough, at=ago(NOW, hours=1)) == ["saved"]
    noors.act(**TAP)
    sols.act(act="back", mood=3)

    by_mood = {mood: contributor for contributor, mood, _rough in pending()}
    assert by_mood[2] == by_mood[3] != by_mood[4]


def test_what_waited_on_a_phone_that_was_removed_is_recorded_for_nobody(
    app: Flask, sols: OwnPhone, noors: OwnPhone, site: Cast, pending
):
    with app.app_context():
        phones.remove_all(db.session(), site.people["Sol"])
        db.session.commit()

    assert noors.sealed({"phone": sols.token, **TAP}) == ["unmatched"]
    assert pending() == []


def test_nothing_is_opened_on_a_phone_that_a_tablet_would_take(sols: OwnPhone, site: Cast, pending):
    by_pin = {"person": site.people["Bea"], "pin": pin_of("Bea"), **TAP}

    assert sols.sealed(by_pin, {"act": "told", "audience": 1, "told": True}) == ["unreadable", "unreadable"]
    assert pending() == []


def test_a_phone_that_was_removed_is_told_so_by_every_door(app: Flask, sols: OwnPhone, site: Cast, pending):
    with app.app_context():
        phones.remove_all(db.session(), site.people["Sol"])
        db.session.commit()
    doors = [
        sols.state(),
        sols.act(**TAP),
        sols.client.get("/phone/care", headers=sols.headers),
        sols.client.post("/phone/sealed", json={"now": 1, "entries": [{}]}, headers=sols.headers),
        sols.client.get("/phone/state"),
    ]

    assert {(answer.status_code, answer.json["code"]) for answer in doors} == {(401, "tablet_unknown")}
    assert "Sign in to set it up" in doors[0].json["error"]
    assert pending() == []


def test_an_act_signed_by_another_phone_that_was_removed_is_refused(
    app: Flask, sols: OwnPhone, noors: OwnPhone, site: Cast
):
    with app.app_context():
        phones.remove_all(db.session(), site.people["Sol"])
        db.session.commit()
    answer = noors.bare(phone=sols.token, **TAP)

    assert (answer.status_code, answer.json["code"]) == (403, "phone_unknown")


def test_somebody_who_leaves_in_the_very_moment_of_a_tap_leaves_no_answer(
    app: Flask, sols: OwnPhone, site: Cast, pending, monkeypatch
):
    finds, found = phones.phone_of, []

    def once_only(connection, token):
        found.append(token)
        return finds(connection, token) if len(found) < 3 else None

    monkeypatch.setattr(phones, "phone_of", once_only)

    assert sols.act(**TAP).json["code"] == "phone_unknown"
    assert pending() == []


def test_neither_the_shell_nor_any_act_reads_or_sets_a_cookie(sols: OwnPhone, site: Cast, sign_in):
    sign_in(sols.client, "alba")
    answers = [sols.client.get("/phone"), sols.state(), sols.act(**TAP), sols.client.get("/phone/worker.js")]

    assert not [answer.headers for answer in answers if "Set-Cookie" in answer.headers]
    assert not [answer.vary for answer in answers if "cookie" in answer.vary]
    assert "Alba" not in answers[0].text


def test_the_shell_is_the_same_for_everybody_and_speaks_both_languages(
    client: FlaskClient, site: Cast, sign_in
):
    before = client.get("/phone?lang=en").data
    sign_in(client, "alba")

    assert client.get("/phone?lang=en").data == before
    assert '<html lang="es">' in client.get("/phone?lang=es").text
    assert b"My shift" in before


def test_an_address_that_is_not_there_is_answered_in_the_words_of_the_interface(
    client: FlaskClient, site: Cast
):
    assert client.get("/phone/nothing").json["code"] == "not_found"


def test_the_worker_keeps_my_shift_with_its_own_files_and_under_its_own_name(client: FlaskClient, site: Cast):
    script = client.get("/phone/worker.js")

    assert script.headers["Service-Worker-Allowed"] == "/phone"
    assert 'const KEPT = "second-wind.phone ";' in script.text
    for address in ("/phone?lang=es", "/static/js/phone/main.js", "/static/js/counter/queue.js"):
        assert f'"{address}", "sha256-' in script.text
    assert "/static/js/phone" not in client.get("/counter/worker.js").text


def test_whoever_signs_in_makes_the_phone_their_own_with_one_button(
    app: Flask, client: FlaskClient, site: Cast, sign_in
):
    sign_in(client, "sol")
    page = client.get("/my/phone").text
    sent_by = {"User-Agent": "Mozilla/5.0 (iPhone; CPU)"}
    made = client.post("/my/phone", data={"pin": pin_of("Sol")}, headers=sent_by)
    token = re.search(r'data-token="([^"]+)"', made.text)[1]

    assert "Make this your own phone" in page
    assert made.headers["Cache-Control"] == "no-store"
    assert OwnPhone(client, token).state().json["me"]["name"] == "Sol"
    with app.app_context():
        assert db.session.scalars(db.select(Phone.name)).all() == ["iPhone"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Please fill this in."),
        ({"pin": "9999"}, "This is not your PIN."),
        ({"pin": "9" * 21}, "four to six"),
    ],
)
def test_whoever_made_somebody_a_code_and_signs_in_as_them_does_not_answer_as_them(
    app: Flask, client: FlaskClient, site: Cast, sign_in, data: dict[str, str], sentence: str
):
    sign_in(client, "sol")
    refused = client.post("/my/phone", data=data)

    assert refused.status_code == 422 and sentence in refused.text
    assert "data-token" not in refused.text
    with app.app_context():
        assert phones.of_person(db.session(), site.people["Sol"]) == []


def test_who_has_just_shown_their_pin_is_not_asked_again_until_the_next_sign_in(
    client: FlaskClient, site: Cast, sign_in
):
    sign_in(client, "sol")
    begun = client.post("/my/diary", data={"pin": pin_of("Sol"), "password": PASSWORD})
    assert "recovery-code" in begun.text and 'name="pin"' not in client.get("/my/phone").text
    assert "data-token" in client.post("/my/phone").text

    client.post("/sign-out")
    sign_in(client, "sol")
    assert 'name="pin"' in client.get("/my/phone").text
    assert client.post("/my/phone").status_code == 422


def test_a_phone_that_is_set_up_again_stays_what_it_is_and_anothers_becomes_ones_own(
    app: Flask, client: FlaskClient, site: Cast, sols: OwnPhone, noors: OwnPhone, sign_in
):
    sign_in(client, "sol")
    again = client.post("/my/phone", data={"token": sols.token}).text
    taken_over = client.post("/my/phone", data={"token": noors.token, "pin": pin_of("Sol")}).text

    assert f'data-token="{sols.token}"' in again
    assert noors.token not in taken_over
    with app.app_context():
        assert len(phones.of_person(db.session(), site.people["Sol"])) == 2
        assert len(phones.of_person(db.session(), site.people["Noor"])) == 1


def test_what_is_tapped_on_a_phone_stands_in_its_owners_diary_until_it_is_undone(
    app: Flask, sols: OwnPhone, site: Cast
):
    with app.app_context():
        begun = opening.begin(db.session(), site.people["Sol"], PASSWORD)
        db.session.commit()

    def moods() -> list[int | None]:
        with app.app_context(), db.engine.connect() as connection:
            server_key = app.extensions["config"].secrets.server_key
            found = opening.read(connection, server_key, site.people["Sol"], begun.private)
            return [one.entry.mood for one in found]

    sols.act(act="back", mood=3)
    tapped = sols.act(**TAP)
    assert sorted(moods()) == [3, 4]
    sols.bare(act="undo", handles=[tapped.json["handle"]])
    assert moods() == [3]


def test_an_eleventh_phone_is_not_set_up(app: Flask, client: FlaskClient, site: Cast, sign_in):
    sign_in(client, "sol")
    for _ in range(phones.MOST):
        client.post("/my/phone", data={"pin": pin_of("Sol")})
    refused = client.post("/my/phone", data={"pin": pin_of("Sol")})

    assert refused.location == "/my/phone"
    assert "You have ten phones" in client.get("/my/phone").text


def test_a_check_up_that_is_open_is_named_on_my_shift(app: Flask, sols: OwnPhone):
    assert sols.state().json["checkup"] == []
    with app.app_context(), time_machine.travel(END_OF_MARCH):
        jobs.run_now(db.engine, app.extensions["config"])
        told = sols.state().json["checkup"]

    assert told == ["The check-up is open until Tuesday 31 March."]


def test_a_phone_whose_epoch_is_over_opens_the_next_one(app: Flask, sols: OwnPhone, pending):
    with time_machine.travel(NOW + timedelta(days=8)):
        assert sols.act(**TAP).json["saved"]


@pytest.mark.parametrize("shown", [None, 7, "", " ", "x" * 65, "\x00", "\ud800", ["a"], {"a": 1}])
def test_what_is_no_token_signs_nothing(sols: OwnPhone, shown: object, pending):
    answer = sols.bare(**TAP | {"phone": shown})

    assert (answer.status_code, answer.json["code"]) == (400, "bad_request")
    assert sols.sealed(TAP | {"phone": shown}) == ["unreadable"]
    assert pending() == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"[" * 5000, b'{"act": ["check_in"]}', b"\xff"])
@pytest.mark.parametrize("door", ["act", "sealed"])
def test_nonsense_is_refused_in_a_sentence(sols: OwnPhone, door: str, body: bytes):
    answer = sols.client.post(
        f"/phone/{door}", data=body, content_type="application/json", headers=sols.headers
    )

    assert (answer.status_code, answer.json["code"]) == (400, "bad_request")
    assert answer.json["error"]
