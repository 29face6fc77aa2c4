"""The privacy notice for everybody, and the admin's page that fills it."""

import io
from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader

from tests.answers import House
from tests.attacks.test_side_channels import ANSWERS, named
from tests.cast import NOW, Cast
from tests.law.whole import WHOLE
from wellbeing.audit import Act
from wellbeing.law import facts
from wellbeing.law.facts import Facts, Version
from wellbeing.models.agreements import Agreement, AgreementKind, PrivacyFacts
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.models.settings import Settings

SignIn = Callable[[FlaskClient, str], FlaskClient]
GAP = 'class="gap"'


@pytest.fixture
def nothing_written(app: Flask, site: Cast) -> None:
    """The cast's site before anybody wrote a word about it."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.delete(Agreement))
        connection.execute(sa.delete(PrivacyFacts))


@pytest.fixture
def ada(client: FlaskClient, nothing_written: None, sign_in: SignIn) -> FlaskClient:
    return sign_in(client, "ada")


def sent(said: Facts = WHOLE, **other: str) -> dict[str, Any]:
    """Return facts as a browser sends them: what is not ticked or chosen is not there."""
    return {name: str(value) for name, value in asdict(said).items() if value} | other


def newest(app: Flask) -> Version | None:
    with app.app_context():
        return facts.newest(db.session())


def written(app: Flask, said: Facts = WHOLE) -> None:
    with app.app_context():
        facts.write(db.session(), said, NOW)


def test_everybody_reads_the_notice_and_its_version_before_signing_in(
    app: Flask, client: FlaskClient, nothing_written: None
):
    written(app)

    page = client.get("/privacy").get_data(as_text=True)

    assert "Version 1 of 4 March 2026" in page and "Harbour Motors Ltd." in page
    assert "It is not legal advice" in page and GAP not in page
    spanish = client.get("/privacy?lang=es").get_data(as_text=True)
    assert "Versión 1 del 4 de marzo de 2026" in spanish and "No es asesoramiento jurídico" in spanish


def test_before_anybody_wrote_it_the_notice_is_a_draft_with_its_gaps_marked(
    client: FlaskClient, nothing_written: None
):
    page = client.get("/privacy").get_data(as_text=True)

    assert "Draft" in page and GAP in page and "Missing: Who is responsible" in page


def test_the_notice_opens_even_before_the_site_is_set_up(app: Flask, client: FlaskClient):
    page = client.get("/privacy")

    assert page.status_code == 200 and "Draft" in page.get_data(as_text=True)
    assert client.get("/privacy/notice.pdf").status_code == 200


def test_the_notice_as_a_file_has_the_same_bytes_twice(
    app: Flask, client: FlaskClient, nothing_written: None
):
    written(app)

    first, again = (client.get("/privacy/notice.pdf?lang=es") for _time in range(2))

    assert first.data == again.data and first.mimetype == "application/pdf"
    assert "notice-1-es.pdf" in first.headers["Content-Disposition"]
    assert "Aviso de privacidad" in PdfReader(io.BytesIO(first.data)).pages[0].extract_text()


def test_what_leads_to_the_notice(client: FlaskClient, site: Cast):
    for page in ("/help", "/what-happens", "/sign-in"):
        assert 'href="/privacy"' in client.get(page).get_data(as_text=True)


def test_an_admin_writes_versions_and_each_is_noted(app: Flask, ada: FlaskClient):
    assert "No version is written yet" in ada.get("/admin/privacy").get_data(as_text=True)

    answer = ada.post("/admin/privacy", data=sent(), follow_redirects=True).get_data(as_text=True)
    assert "Version 1 is in force" in answer and "Nothing is missing." in answer
    ada.post("/admin/privacy", data=sent(address="2 New Quay"))

    stands = newest(app)
    assert stands and (stands.number, stands.facts) == (2, replace(WHOLE, address="2 New Quay"))
    assert stands.set_so and stands.set_so["people_needed"] == 5
    with app.app_context():
        acts = sa.select(AuditEntry.facts).where(AuditEntry.act == Act.PRIVACY_FACTS_WRITTEN)
        assert list(db.session.scalars(acts.order_by(AuditEntry.id))) == [{"version": 1}, {"version": 2}]


def test_writing_the_same_again_makes_no_version(app: Flask, ada: FlaskClient):
    ada.post("/admin/privacy", data=sent())

    again = ada.post("/admin/privacy", data=sent(), follow_redirects=True)

    assert "Nothing is different" in again.get_data(as_text=True)
    stands = newest(app)
    assert stands and stands.number == 1


def test_gaps_may_be_written_and_are_listed(app: Flask, ada: FlaskClient):
    half = Facts(controller="Harbour Motors Ltd.", basis=WHOLE.basis)

    gaps = str(len(facts.gaps(half)))
    answer = ada.post("/admin/privacy", data=sent(half, with_gaps=gaps), follow_redirects=True)

    page = answer.get_data(as_text=True)
    assert "Still missing" in page and "<li>Supervisory authority</li>" in page
    assert newest(app) is not None


def test_with_gaps_nothing_is_in_force_before_a_second_button_says_how_many(app: Flask, ada: FlaskClient):
    assert "Write the first version" in ada.get("/admin/privacy").text
    half = Facts(controller="Harbour Motors Ltd.", basis=WHOLE.basis)
    many = len(facts.gaps(half))

    for pressed in ({}, {"with_gaps": str(many + 1)}, {"with_gaps": "all"}):
        answer = ada.post("/admin/privacy", data=sent(half, **pressed))
        assert answer.status_code == 422 and newest(app) is None
        assert f"This is not in force yet: {many} gaps would remain." in answer.text
        assert f"Put it in force with {many} gaps, which are marked" in answer.text
        assert 'value="Harbour Motors Ltd."' in answer.text, "what was typed is kept"

    one = replace(WHOLE, authority="")
    page = ada.post("/admin/privacy", data=sent(one)).text
    assert "one gap would remain" in page and "<li>Supervisory authority</li>" in page
    ada.post("/admin/privacy", data=sent(one, with_gaps="1"))
    stands = newest(app)
    assert stands and stands.facts == one
    assert "Write the next version" in ada.get("/admin/privacy").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"address": "a" * 401}, "At most 400 characters."),
        ({"contact": "desk\u202e"}, "This holds a character that cannot be seen."),
        ({"no_officer": "y"}, "Either name one here, or tick below that you have none."),
    ],
)
def test_what_cannot_stand_in_a_document_is_refused_and_stays_typed(
    app: Flask, ada: FlaskClient, typed: dict[str, str], sentence: str
):
    answer = ada.post("/admin/privacy", data=sent(**typed))

    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert sentence in page and "1 Quay Street" in page or "a" * 401 in page
    assert newest(app) is None


def test_a_choice_of_nobodys_is_a_gap(app: Flask, ada: FlaskClient):
    ada.post("/admin/privacy", data=sent(basis="astrology", with_gaps="1"))

    stands = newest(app)
    assert stands and stands.facts.basis is None


def test_a_setting_that_changed_is_told_until_the_next_version(app: Flask, ada: FlaskClient):
    ada.post("/admin/privacy", data=sent())
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.update(Settings).values(badge_alone=True))

    line = "A badge is enough at the counter, without a PIN: yes (was no)"
    assert line in ada.get("/admin/privacy").get_data(as_text=True)
    assert line in ada.get("/privacy").get_data(as_text=True)
    ada.post("/admin/privacy", data=sent())
    assert line not in ada.get("/privacy").get_data(as_text=True)


def test_earlier_versions_can_be_read_as_they_were(app: Flask, ada: FlaskClient):
    ada.post("/admin/privacy", data=sent())
    ada.post("/admin/privacy", data=sent(address="2 New Quay"))

    for which in ("notice", "assessment", "records"):
        assert "1 Quay Street" in ada.get(f"/admin/privacy/{which}?version=1").get_data(as_text=True)
        assert "2 New Quay" in ada.get(f"/admin/privacy/{which}").get_data(as_text=True)
        old = ada.get(f"/admin/privacy/{which}.pdf?version=1&lang=es")
        assert f"{which}-1-es.pdf" in old.headers["Content-Disposition"]
    assert ada.get("/admin/privacy/notice?version=3").status_code == 404
    assert ada.get("/admin/privacy/notice?version=x").status_code == 404
    assert ada.get("/admin/privacy/wall").status_code == ada.get("/admin/privacy/wall.pdf").status_code == 404


def test_the_assessment_names_who_signed_and_on_which_version(app: Flask, ada: FlaskClient):
    ada.post("/admin/privacy", data=sent())
    stands = newest(app)
    assert stands
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(
            sa.insert(Agreement).values(
                kind=AgreementKind.WORKS_COUNCIL,
                reference="WC 2026/14",
                agreed_on=NOW.date(),
                signed_by="Ada Vale",
                signed_at=NOW,
                facts_id=stands.id,
                helpline_checked_on=NOW.date(),
            )
        )
    ada.post("/admin/privacy", data=sent(address="2 New Quay"))

    page = ada.get("/admin/privacy/assessment").get_data(as_text=True)
    assert "signed on 4 March 2026 by Ada Vale, on version 1" in page
    assert "WC 2026/14" in ada.get("/privacy").get_data(as_text=True)
    assert (
        "Ada Vale" not in ada.get("/privacy?lang=en").get_data(as_text=True).split('<footer class="site')[0]
    )


@pytest.mark.parametrize("login", ["sol", "alba", "hilde"])
def test_nobody_but_an_admin_of_everything_opens_the_other_documents(
    client: FlaskClient, nothing_written: None, sign_in: SignIn, login: str
):
    browser = sign_in(client, login)

    for page in ("/admin/privacy", "/admin/privacy/assessment", "/admin/privacy/records.pdf"):
        assert browser.get(page).status_code == 404
    assert browser.post("/admin/privacy", data=sent()).status_code == 404
    assert browser.get("/privacy").status_code == 200


def test_no_document_asks_a_table_of_answers(house: House, client: FlaskClient, sign_in: SignIn):
    written(client.application)
    ada, asked = sign_in(client, "ada"), set[str]()
    sa.event.listen(house.engine, "before_cursor_execute", lambda *said: asked.update(named(said[2])))

    for page in ("/privacy", "/privacy/notice.pdf", "/admin/privacy", "/admin/privacy/assessment.pdf"):
        assert ada.get(page).status_code == 200

    assert "privacy_facts" in asked and asked & ANSWERS == set()


def test_a_form_without_any_field_is_a_version_full_of_gaps(client: FlaskClient, site: Cast, sign_in):
    sign_in(client, "ada")

    everything = str(len(facts.gaps(Facts())))
    assert client.post("/admin/privacy", data={"with_gaps": everything}).status_code == 302

    for path in ("/privacy", "/privacy/notice.pdf", "/admin/privacy/assessment", "/admin/privacy/records"):
        assert client.get(path).status_code == 200
