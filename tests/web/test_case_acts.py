"""What is done with a case: taken, handed over, noted, answered, closed with the shoes test, opened again."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import joinedload, selectinload

from tests.cases import brought
from tests.cases.brought import close
from tests.cast import NOW, Cast
from wellbeing.cases import writing
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.models.cases import Case, Outcome

CLOSING = {"version": 1, "felt_better": "yes", "mattered": "yes", "outcome": "stayed", "prevention": ""}


@pytest.fixture
def alba(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "alba")


@pytest.fixture
def case(app: Flask, site: Cast) -> int:
    """A case that nobody has yet."""
    with app.app_context():
        return brought.bring(site, recontact_on=date(2026, 3, 4))


def now(app: Flask, case: int) -> Case:
    with app.app_context():
        query = sa.select(Case).where(Case.id == case)
        return db.session.scalars(query.options(joinedload(Case.owner), selectinload(Case.notes))).one()


def said(answer: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", unescape(answer.text)))


def test_alba_takes_a_case_hands_it_over_and_gives_it_back(app: Flask, alba, site: Cast, case: int):
    page = alba.get(f"/cases/{case}").text
    assert "Who here knows this customer" in page and "I take it" in page

    def hand(owner: object, version: int) -> str:
        form = {"owner": owner, "version": version}
        return said(alba.post(f"/cases/{case}/owner", data=form, follow_redirects=True))

    assert "It is yours." in hand(site.people["Alba"], 1)
    assert "I take it" not in alba.get(f"/cases/{case}").text
    assert "Handed over." in hand(site.people["Sol"], 2)
    assert now(app, case).owner.name == "Sol Vale"
    assert "It is nobody's now." in hand("", 3)
    assert now(app, case).owner is None


def test_a_case_goes_to_people_of_its_unit_and_to_those_who_look_after_it(app, alba, site, case):
    with app.app_context():
        db.session.get_one(Person, site.people["Ivo"]).active = False
        db.session.commit()
    offered = re.findall(r"<option (?:selected )?value=\"\d+\">([^<]+)<", alba.get(f"/cases/{case}").text)

    assert {"Alba Vale", "Sol Vale", "Ada Vale"} <= set(offered)
    assert not {"Ivo Vale", "Tess Vale", "Hilde Vale"} & set(offered)
    for stranger in ("Tess", "Ivo", "Hilde"):
        form = {"owner": site.people[stranger], "version": 1}
        assert alba.post(f"/cases/{case}/owner", data=form).status_code == 404


def test_two_who_take_a_case_at_once_are_told_who_was_first(app: Flask, alba, site: Cast, case: int):
    alba.post(f"/cases/{case}/owner", data={"owner": site.people["Bea"], "version": 1})

    form = {"owner": site.people["Alba"], "version": 1}
    told = said(alba.post(f"/cases/{case}/owner", data=form, follow_redirects=True))
    assert "Somebody changed this case meanwhile." in told
    assert now(app, case).owner.name == "Bea Vale"


def test_a_note_is_signed_and_names_no_customer(app: Flask, alba, case: int):
    page = said(alba.post(f"/cases/{case}/note", data={"text": "Spoke with them."}, follow_redirects=True))
    assert "Spoke with them. Alba Vale · 12:30" in page

    refused = alba.post(f"/cases/{case}/note", data={"text": "Ask ann@example.org"})
    assert refused.status_code == 422
    assert 'an e-mail address: "ann@example.org"' in unescape(refused.text)
    assert len(now(app, case).notes) == 1


def test_the_note_of_somebody_who_has_left_stays_without_a_name(app: Flask, alba, site: Cast, case: int):
    with app.app_context():
        found = writing.held(db.session(), case)
        writing.note(db.session(), found, "A word", site.people["Sol"], NOW, brought.MADRID)
        db.session.delete(db.session.get_one(Person, site.people["Sol"]))
        db.session.commit()

    assert "A word somebody who is not here any more" in said(alba.get(f"/cases/{case}"))


def test_the_first_answer_is_kept(app: Flask, alba, case: int):
    assert "We have answered now" in alba.get(f"/cases/{case}").text
    alba.post(f"/cases/{case}/answered")

    assert now(app, case).first_attention_at - NOW < timedelta(minutes=1)
    assert "We have answered now" not in alba.get(f"/cases/{case}").text


def test_being_in_touch_again_takes_the_reminder_away(app: Flask, alba, case: int):
    page = said(alba.get(f"/cases/{case}"))
    assert "Be in touch again on Wednesday 4 March" in page and "You could say:" in page

    refused = alba.post(f"/cases/{case}/again", data={"text": "Mr Smith laughed", "version": 1})
    assert refused.status_code == 422
    assert 'id="again-errors"' in refused.text
    form = {"text": "They laughed", "version": 1}
    done = said(alba.post(f"/cases/{case}/again", data=form, follow_redirects=True))
    assert "Reaching out first makes it easy for them." in done and "They laughed" in done
    alba.post(f"/cases/{case}/again", data={"version": 2})
    assert now(app, case).recontact_on is None
    assert len(now(app, case).notes) == 2


def test_a_no_to_the_shoes_test_leads_back_to_a_solution(app: Flask, alba, case: int):
    answer = alba.post(f"/cases/{case}/close", data=CLOSING | {"felt_better": "no", "outcome": ""})

    assert answer.status_code == 422
    assert "stays open: back to a solution" in answer.text
    assert f'href="/cases/{case}/change#next"' in answer.text
    assert now(app, case).closed_at is None


def test_a_case_closes_with_all_its_answers_and_is_shown_so(app: Flask, alba, case: int):
    page = alba.get(f"/cases/{case}/close").text
    assert "would you feel better" in page and 'value="2026-03-04"' in page
    unanswered = alba.post(f"/cases/{case}/close", data={"version": 1})
    assert unanswered.status_code == 422 and unanswered.text.count("Choose yes or no.") == 2

    answers = CLOSING | {"mattered": "no", "outcome": "left", "prevention": "We call before noon"}
    done = said(alba.post(f"/cases/{case}/close", data=answers, follow_redirects=True))
    assert "Closed. Thank you for making it right." in done
    assert "Left us" in done and "We call before noon" in done and "They know that they matter No" in done
    assert now(app, case).outcome is Outcome.LEFT
    assert alba.get(f"/cases/{case}/close").location == f"/cases/{case}"
    assert "We call before noon" in alba.get("/cases/?show=closed").text


def test_a_day_to_be_in_touch_again_is_proposed(app: Flask, alba, site: Cast):
    with app.app_context():
        fresh = brought.bring(site)

    assert 'value="2026-03-08"' in alba.get(f"/cases/{fresh}/close").text


def test_a_case_that_somebody_changed_meanwhile_is_not_closed_over_their_head(app: Flask, alba, case: int):
    alba.post(f"/cases/{case}/note", data={"text": "They called again."})

    told = said(alba.post(f"/cases/{case}/close", data=CLOSING, follow_redirects=True))
    assert "Somebody changed this case meanwhile." in told
    assert now(app, case).closed_at is None


def test_a_button_that_is_tapped_twice_closes_a_case_once_and_opens_it_once(app: Flask, alba, case: int):
    alba.post(f"/cases/{case}/close", data=CLOSING)
    closed = now(app, case)
    again = alba.post(f"/cases/{case}/close", data=CLOSING | {"version": closed.version, "outcome": "left"})
    assert again.location == f"/cases/{case}"
    assert (now(app, case).version, now(app, case).outcome) == (closed.version, closed.outcome)

    for _tap in range(2):
        opened = alba.post(f"/cases/{case}/reopen", data={"version": closed.version})
        assert opened.location == f"/cases/{case}"
    assert (now(app, case).chance, len(now(app, case).notes)) == (2, 1)


@pytest.mark.parametrize(
    ("times", "chance"), [(1, "Second chance"), (2, "Third chance"), (3, "Chance number 4")]
)
def test_opened_again_it_is_the_next_chance(app: Flask, alba, case: int, times: int, chance: str):
    for _time in range(times):
        with app.app_context():
            close(case)
        version = now(app, case).version
        done = said(alba.post(f"/cases/{case}/reopen", data={"version": version}, follow_redirects=True))

    assert "Another chance is a gift." in done and chance in done
    assert "Opened again. It had been closed on 2026-03-04." in done
    assert "Nothing is planned. What do we do, and by when?" in done
    assert chance in alba.get("/cases/").text
