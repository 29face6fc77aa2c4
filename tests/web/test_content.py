"""The site's texts on Ada's pages: both languages, a preview, days, order, history, and two at a time."""

import re
from datetime import date
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from wellbeing.content.entries import Entry, every, shown
from wellbeing.content.kinds import KINDS
from wellbeing.content.shipped import shipped
from wellbeing.models.accounts import RoleGrant
from wellbeing.models.base import db
from wellbeing.models.content import ContentEntry, Origin
from wellbeing.permissions import Role

KEY = shipped("message")[0].key
PAGE = f"/admin/content/message/{KEY}"


@pytest.fixture
def ada(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "ada")


def texts(app: Flask, kind: str = "message") -> dict[str, Entry]:
    with app.app_context():
        return {entry.key: entry for entry in every(db.session(), kind)}


def mark(ada: FlaskClient, form: str = "", page: str = PAGE) -> str:
    """Return the mark of a page's form of words, or of days."""
    marks = re.findall(r'name="mark" value="(\w+)"', ada.get(page).text)
    return marks[1 if form == "days" else 0]


def words(ada: FlaskClient, **fields: str) -> dict[str, str]:
    return {"en.text": "Ours", "mark": mark(ada), "save": "1"} | fields


def test_ada_sees_every_kind_with_what_is_offered_and_what_waits(ada: FlaskClient):
    ada.post(PAGE, data={"begins": "2026-12-01", "ends": "", "mark": mark(ada, "days"), "schedule": "1"})
    page = ada.get("/admin/content/").text

    assert all(f'href="/admin/content/{kind}"' in page for kind in KINDS)
    assert "one waits for its day" in page
    assert 'href="/admin/content/"' in ada.get("/admin/").text


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_and_every_text_has_its_page(ada: FlaskClient, app: Flask, kind: str):
    page = ada.get(f"/admin/content/{kind}")
    assert page.status_code == 200
    assert ("Add one" in page.text) == KINDS[kind].own
    assert ada.get(f"/admin/content/{kind}/new").status_code == (200 if KINDS[kind].own else 404)
    for key in list(texts(app, kind))[:2]:
        text = ada.get(f"/admin/content/{kind}/{key}?lang=es")
        assert text.status_code == 200
        assert ('id="days"' in text.text) == KINDS[kind].dated


def test_both_languages_are_written_side_by_side_and_shown(ada: FlaskClient, app: Flask):
    saved = ada.post(PAGE, data=words(ada, **{"es.text": "Lo <nuestro>", "plain.author": "Us"}))
    assert (saved.status_code, saved.location) == (302, PAGE)

    page = unescape(ada.get(PAGE).text)
    assert "Saved. Tablets show it" in page and "Lo <nuestro>" in page
    assert "&lt;nuestro&gt;" in ada.get(PAGE).text
    found = texts(app)[KEY]
    assert (found.said("en")["text"], found.said("es")["text"]) == ("Ours", "Lo <nuestro>")
    assert "your words" in ada.get("/admin/content/message").text
    assert "one in your words" in ada.get("/admin/content/").text


def test_every_field_has_a_box_of_its_shape(ada: FlaskClient):
    def box(page: str, name: str) -> str:
        found = re.search(rf'<(\w+)[^>]* name="{name}"[^>]*>', ada.get(f"/admin/content/{page}/new").text)
        return found[0] if found else ""

    assert box("line", "en.text").startswith("<textarea")
    assert box("line", "es.when").startswith("<input") and 'lang="es"' in box("line", "es.when")
    assert box("line", "plain.theme").startswith("<select")
    assert 'type="checkbox"' in box("line", "plain.only_if_true")
    assert 'type="url"' in box("training", "plain.link")
    assert 'type="date"' in box("helpline", "plain.checked")
    assert box("heart_happy", "plain.clip").startswith("<select")


def test_what_an_admin_does_not_touch_stays_as_it_was(ada: FlaskClient, app: Flask):
    """A form that is sent as it was drawn changes nothing, whatever the kind."""
    for kind in KINDS:
        for entry in list(texts(app, kind).values())[:3]:
            page = f"/admin/content/{kind}/{entry.key}"
            form = fields_of(ada.get(page).text) | {"save": "1"}
            assert ada.post(page, data=form).status_code == 302, page
            assert texts(app, kind)[entry.key].origin is entry.origin, page


def fields_of(page: str) -> dict[str, str]:
    """Return what a browser would send of the form of words."""
    form = page.partition('<form class="stack"')[2].partition("</form>")[0]
    typed = dict(re.findall(r'<input (?!type="checkbox")[^>]*name="([^"]+)"[^>]* value="([^"]*)"', form))
    typed |= dict(re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)</textarea>', form))
    typed |= {name: "on" for name in re.findall(r'type="checkbox"[^>]*name="([^"]+)"[^>]* checked', form)}
    for name, options in re.findall(r'<select [^>]*name="([^"]+)"[^>]*>(.*?)</select>', form):
        typed[name] = next(iter(re.findall(r'value="([^"]*)" selected', options)), "")
    return {name: unescape(text) for name, text in typed.items()}


def test_a_preview_shows_both_languages_and_keeps_nothing(ada: FlaskClient, app: Flask):
    form = words(ada, **{"plain.author": "Us"}) | {"preview": "1"}
    del form["save"]
    seen = ada.post(PAGE, data=form)

    assert seen.status_code == 200
    assert seen.text.count("<blockquote>Ours</blockquote>") == 2
    assert "Nothing is saved yet." in seen.text and "As it will look" in seen.text
    assert texts(app)[KEY].words == shipped("message")[0].words

    refused = ada.post(PAGE, data=form | {"en.text": ""})
    assert refused.status_code == 422 and "Please fill this in." in refused.text


def test_words_that_cannot_be_kept_come_back_with_the_reason_beside_their_field(ada: FlaskClient, app: Flask):
    page = "/admin/content/carrying/new"
    refused = ada.post(page, data={"en.text": "Ring 600 123 456", "es.text": "x" * 201, "save": "1"})

    assert refused.status_code == 422
    text = unescape(refused.text)
    assert 'This looks like a phone number: "600 123 456".' in text
    assert "At most 200 characters; this has 201." in text
    assert "2 fields want another look" in text
    assert "Ring 600 123 456</textarea>" in text
    assert set(texts(app, "carrying")) == {entry.key for entry in shipped("carrying")}

    refused = ada.post(PAGE, data=words(ada, **{"en.text": "x" * 601, "es.text": "Lo nuestro"}))
    assert refused.status_code == 422 and "this has 601." in refused.text
    assert ">Lo nuestro</textarea>" in refused.text and texts(app)[KEY].origin is Origin.SHIPPED


def test_a_link_that_is_none_is_refused(ada: FlaskClient):
    form = {"en.title": "Otters", "plain.link": "javascript:alert(1)", "save": "1"}
    refused = ada.post("/admin/content/heart_happy/new", data=form)

    assert refused.status_code == 422
    assert "Only links that begin with http:// or https://" in refused.text


def test_two_at_a_time_the_later_one_is_told_and_nothing_is_lost(ada: FlaskClient, app: Flask):
    mine, theirs = words(ada), words(ada, **{"en.text": "Theirs"})
    ada.post(PAGE, data=theirs)
    told = ada.post(PAGE, data=mine)

    assert told.status_code == 409
    assert "Somebody else saved this text while you were writing" in told.text
    assert ">Ours</textarea>" in told.text and "<blockquote>Theirs</blockquote>" in told.text
    assert texts(app)[KEY].said("en")["text"] == "Theirs"

    again = re.findall(r'name="mark" value="(\w+)"', told.text)[0]
    ada.post(PAGE, data=mine | {"mark": again})
    assert texts(app)[KEY].said("en")["text"] == "Ours"
    assert "Theirs" in ada.get(PAGE).text


def test_a_preview_does_not_forget_with_which_words_the_form_began(ada: FlaskClient):
    mine, theirs = words(ada), words(ada, **{"en.text": "Theirs"})
    ada.post(PAGE, data=theirs)
    form = {**mine, "preview": "1"}
    del form["save"]
    seen = ada.post(PAGE, data=form).text
    kept = re.findall(r'name="mark" value="(\w+)"', seen)[0]

    assert ada.post(PAGE, data=mine | {"mark": kept}).status_code == 409


def test_an_earlier_wording_and_the_shipped_one_come_back(ada: FlaskClient, app: Flask):
    ada.post(PAGE, data=words(ada, **{"en.text": "First"}))
    ada.post(PAGE, data=words(ada, **{"en.text": "Second"}))
    version = re.findall(r'name="restore" value="(\d+)"', ada.get(PAGE).text)
    assert len(version) == 1
    ada.post(PAGE, data={"restore": version[0]})
    assert texts(app)[KEY].said("en")["text"] == "First"

    ada.post(PAGE, data={"as_shipped": "1"})
    assert texts(app)[KEY].words == shipped("message")[0].words
    page = ada.get(PAGE).text
    assert "as shipped" in page and 'name="as_shipped"' not in page


def test_a_wording_that_could_not_be_kept_any_more_is_refused(ada: FlaskClient):
    form = {"en.title": "Otters", "plain.link": "https://example.org/", "save": "1"}
    page = ada.post("/admin/content/heart_happy/new", data=form).location
    form |= {"mark": mark(ada, page=page), "en.title": "Otters at sea"}
    ada.post(page, data=form)
    [version] = re.findall(r'name="restore" value="(\d+)"', ada.get(page).text)
    with ada.application.app_context():
        db.session.execute(
            db.text('UPDATE content_version SET words = \'{"en": {"title": "Otters"}}\' WHERE id = :id'),
            {"id": version},
        )
        db.session.commit()

    refused = ada.post(page, data={"restore": version})
    assert refused.status_code == 422 and "Give a link, or choose an uploaded clip." in refused.text


def test_a_message_is_scheduled_ahead(ada: FlaskClient, app: Flask):
    form = {"begins": "2026-12-01", "ends": "2026-12-24", "mark": mark(ada, "days"), "schedule": "1"}
    assert ada.post(PAGE, data=form).status_code == 302
    assert "from 1 Dec 2026" in ada.get("/admin/content/message").text
    assert not texts(app)[KEY].is_shown(texts(app)[KEY].shown_from.replace(month=11))

    assert ada.post(PAGE, data=form | {"begins": "2026-12-02"}).status_code == 409
    form |= {"mark": mark(ada, "days"), "begins": "2026-12-25"}
    refused = ada.post(PAGE, data=form)
    assert refused.status_code == 422
    assert "The last day comes before the first one." in refused.text
    assert 'value="2026-12-25"' in refused.text

    for begins, ends, tag in (("2026-01-01", "2026-01-02", "over since"), ("", "2026-12-24", "until 24 Dec")):
        form |= {"begins": begins, "ends": ends, "mark": mark(ada, "days")}
        ada.post(PAGE, data=form)
        assert tag in ada.get("/admin/content/message").text


def test_a_new_text_with_days_is_never_shown_before_them(ada: FlaskClient, app: Flask):
    page = "/admin/content/carrying/new"
    form = {"en.text": "A strike", "begins": "2026-12-24", "ends": "2026-12-01", "save": "1"}
    refused = ada.post(page, data=form)
    assert refused.status_code == 422
    assert "The last day comes before the first one." in refused.text
    assert ">A strike</textarea>" in refused.text and 'value="2026-12-24"' in refused.text

    preview = {**form, "ends": "2026-12-31", "preview": "1"}
    del preview["save"]
    assert 'value="2026-12-31"' in ada.post(page, data=preview).text
    assert 'value="2026-12-31"' in ada.post(page, data=preview | {"en.text": ""}).text

    added = ada.post(page, data=form | {"ends": "2026-12-31"}).location.rpartition("/")[2]
    found = texts(app, "carrying")[added]
    assert [found.is_shown(date(2026, 12, day)) for day in (23, 24, 31)] == [False, True, True]
    assert "On the counter now" not in ada.get("/admin/content/").text


def test_own_texts_come_move_go_and_are_deleted_for_good(ada: FlaskClient, app: Flask):
    added = ada.post("/admin/content/line/new", data={"en.text": "Ours", "plain.theme": "lead", "save": "1"})
    key = added.location.rpartition("/")[2]
    assert "your own" in ada.get("/admin/content/line").text

    moved = ada.post("/admin/content/line", data={"up": key})
    assert moved.location == f"/admin/content/line#{key}"
    assert list(texts(app, "line"))[-2] == key
    ada.post("/admin/content/line", data={"down": key})
    assert list(texts(app, "line"))[-1] == key

    assert ada.post("/admin/content/line", data={"delete": key}).status_code == 422
    ada.post("/admin/content/line", data={"take_away": key})
    assert not texts(app, "line")[key].offered
    assert "Delete for good" in ada.get("/admin/content/line").text
    ada.post("/admin/content/line", data={"offer_again": key})
    assert texts(app, "line")[key].offered
    ada.post("/admin/content/line", data={"take_away": key})
    assert ada.post("/admin/content/line", data={"delete": key}).location == "/admin/content/line"
    assert key not in texts(app, "line")


def test_a_full_kind_says_so(ada: FlaskClient, app: Flask):
    offered = sum(entry.offered for entry in texts(app, "reframing").values())
    for number in range(60 - offered):
        ada.post("/admin/content/reframing/new", data={"en.text": f"Line {number}", "save": "1"})
    page = ada.get("/admin/content/reframing").text
    assert "60 are as many as anybody can look through" in page and "Add one" not in page

    refused = ada.post("/admin/content/reframing/new", data={"en.text": "More", "save": "1"})
    assert refused.status_code == 422 and "At most 60 texts of a kind are offered." in refused.text


def test_a_helpline_that_was_not_checked_for_half_a_year_is_named(ada: FlaskClient):
    form = {"en.name": "Old line", "plain.country": "GB", "plain.number": "116 000", "save": "1"}
    assert ada.post("/admin/content/helpline/new", data=form).status_code == 422
    page = ada.post("/admin/content/helpline/new", data=form | {"plain.checked": "2025-03-04"}).location

    assert "Old line" in ada.get("/admin/content/").text.partition("more than 180 days ago")[2][:400]
    listed = ada.get("/admin/content/helpline").text
    assert "check this number again" in listed and "116 000, checked on 4 Mar 2025" in listed

    ada.post(page, data=form | {"plain.checked": "2026-03-04", "mark": mark(ada, page=page)})
    assert "Old line" not in ada.get("/admin/content/").text


def test_a_helpline_kept_by_halves_still_has_its_page(ada: FlaskClient, app: Flask):
    with app.app_context():
        words = {"en": {"name": "Half a line"}}
        row = ContentEntry(kind="helpline", key="half", words=words, origin=Origin.SITE, position=0)
        db.session.add(row)
        db.session.commit()

    for path in ("/admin/content/", "/admin/content/helpline", "/admin/content/helpline/half"):
        assert "Half a line" in ada.get(path).text


def test_what_customers_carry_now_is_shown_on_the_overview(ada: FlaskClient, app: Flask):
    ada.post("/admin/content/carrying/new", data={"en.text": "A strike at the port", "save": "1"})

    assert "On the counter now: “A strike at the port”" in ada.get("/admin/content/").text
    with app.app_context():
        assert shown(db.session(), "carrying", date(2026, 3, 4), "en")[-1]["text"] == "A strike at the port"


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        ("/admin/content/weather", {"up": KEY}, 404),
        ("/admin/content/message", {}, 400),
        ("/admin/content/message", {"up": KEY, "down": KEY}, 400),
        ("/admin/content/message", {"up": "no-such"}, 404),
        ("/admin/content/message/no-such", {"save": "1", "en.text": "x"}, 404),
        ("/admin/content/message/no-such", {"as_shipped": "1"}, 404),
        ("/admin/content/weather/new", {"save": "1"}, 404),
        (PAGE, {}, 400),
        (PAGE, {"restore": "x"}, 400),
        (PAGE, {"restore": "999"}, 404),
        ("/admin/content/policy/new", {"save": "1"}, 404),
        ("/admin/content/reframing/new", {"schedule": "1"}, 404),
    ],
)
def test_what_makes_no_sense_is_refused(ada: FlaskClient, path: str, data: dict[str, str], status: int):
    assert ada.post(path, data=data).status_code == status


def test_pages_that_are_not_there_are_not_found(ada: FlaskClient):
    for path in ("/admin/content/weather", "/admin/content/weather/new", "/admin/content/message/no-such"):
        assert ada.get(path).status_code == 404


@pytest.mark.parametrize("login", ["alba", "hilde", "sol"])
def test_nobody_else_sees_or_changes_texts(client: FlaskClient, site: Cast, sign_in, login: str):
    browser = sign_in(client, login)
    for path in ("/admin/content/", "/admin/content/message", PAGE):
        assert browser.get(path).status_code == 404
        assert path.endswith("/") or browser.post(path, data={"up": KEY}).status_code == 404


def test_an_admin_of_a_part_changes_nothing_for_all(client: FlaskClient, app: Flask, site: Cast, sign_in):
    with app.app_context():
        db.session.add(
            RoleGrant(person_id=site.people["Alba"], unit_id=site.units["Service counter"], role=Role.ADMIN)
        )
        db.session.commit()
    alba = sign_in(client, "alba")

    assert alba.get("/admin/content/").status_code == 404
    assert alba.post("/admin/content/message", data={"take_away": KEY}).status_code == 404
