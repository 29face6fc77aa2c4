"""Every door of the app: closed unless its view says who may open it, and only for forms of our own."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.cast import PASSWORD, Cast
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.permissions import ROLE_PERMISSIONS, VIEWER_ROLES, Permission, Role
from wellbeing.web import access

PUBLIC = {
    "metrics.metrics",
    "auth.home",
    "auth.sign_in",
    "auth.first_time",
    "auth.first_password",
    "auth.choose_language",
    "care.coach",
    "care.lines",
    "care_page.care",
    "incident.blank",
    "help.get_help",
    "help.what_happens",
    "privacy.notice",
    "privacy.notice_pdf",
    "health.alive",
    "health.ready",
    "counter.counter",
    "clips.clip",
    "worker.phone_worker",
    "worker.worker",
    "my_data.gone",
    "phone.phone",
    *("passkeys.ask", "passkeys.sign_in", "my_passkeys.ask_first", "my_passkeys.first"),
    *("second_factor.ask", "second_factor.by_app", "second_factor.by_spare_code"),
    *("company_sign_in.back", "company_sign_in.begin", "company_sign_in.it_is_me", "company_sign_in.unknown"),
    "company_sign_in.you",
}
BY_TOKEN = {"counter.enrol", "counter.state", "counter.act", "counter.sealed", "counter_care.care"}
BY_TOKEN |= {"phone.state", "phone.care", "phone.act", "phone.sealed"}
BY_NAME = {
    *("contact.form", "contact.send", "contact.take_back", "contact.asked", "contact.answered"),
    *("incident.form", "incident.send", "incident.every", "incident.report", "incident.read"),
    "incident.delete",
}
CHECKUP = {"checkup.checkup", "checkup.one_step", "checkup.save", "checkup.take_back"}
MINE = {
    *("my_diary.anew", "my_diary.begin", "my_diary.begin_anew", "my_diary.diary", "my_diary.new_code"),
    *("my_diary.open_by_code", "my_diary.open_by_password", "my_diary.open_diary"),
    *("my_sign_in.change_password", "my_sign_in.overview", "my_sign_in.remove_phone"),
    *("my_sign_in.end_browser", "my_sign_in.end_others"),
    *(f"my_second_factor.{name}" for name in ("app", "begin", "confirm", "new_codes", "overview", "remove")),
    *("my_agreement.agree", "my_agreement.agreement"),
    *("my_company.end", "my_company.go", "my_company.overview", "my_company.show"),
    *("my_data.as_csv", "my_data.as_json", "my_data.data", "my_data.go", "my_data.keep_for", "my_data.leave"),
    *("my_data.meanings", "my_data.older", "my_data.pause", "my_data.receipt"),
    *("my_share.choose", "my_share.made"),
    *("my_days.close", "my_days.days", "my_days.older", "my_days.take_away", "my_days.write"),
    *("my_insights.how_long_a_mood_lasts", "my_insights.insights"),
    *("my_import.load", "my_import.look", "my_import.remove", "my_import.start"),
    "my_log.log",
    *("my_phone.own_phone", "my_phone.set_up"),
    *("my_passkeys.add", "my_passkeys.ask", "my_passkeys.remove", "my_passkeys.rename"),
    *("passkeys.ask_for_mine", "passkeys.let_open", "passkeys.open_diary"),
}
EVERYBODY_SIGNED_IN = BY_NAME | CHECKUP | MINE | {"auth.sign_out", "auth.sign_out_everywhere"}


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def mark(app: Flask, rule: Rule) -> object:
    return getattr(app.view_functions[rule.endpoint], "access", None)


def address(rule: Rule, number: int = 1) -> str:
    return re.sub(r"<[^>]+>", str(number), rule.rule)


@pytest.fixture
def stranger(app: Flask, site: Cast) -> Iterator[FlaskClient]:
    """A browser that is not signed in, with forms guarded as in real life."""
    return app.test_client()


def test_every_view_says_who_may_open_it(app: Flask):
    assert [rule.endpoint for rule in rules(app) if mark(app, rule) is None] == []


def test_what_is_open_without_signing_in_is_listed_here(app: Flask):
    marks = {rule.endpoint: mark(app, rule) for rule in rules(app)}

    assert {endpoint for endpoint, found in marks.items() if found == "public"} == PUBLIC
    assert {endpoint for endpoint, found in marks.items() if found == "tablet"} == BY_TOKEN
    assert {endpoint for endpoint, found in marks.items() if found == "signed in"} == EVERYBODY_SIGNED_IN
    assert set(marks.values()) <= {"public", "tablet", "signed in", *Permission}


def test_a_stranger_is_sent_to_the_sign_in_by_every_other_page(app: Flask, stranger: FlaskClient):
    for rule in rules(app):
        if "GET" in rule.methods and rule.endpoint not in PUBLIC | BY_TOKEN:
            answer = stranger.get(address(rule))
            assert answer.status_code == 302, rule
            assert answer.location.startswith("/sign-in?next=%2F"), rule


def test_no_form_is_taken_that_was_not_sent_from_our_own_page(app: Flask, stranger: FlaskClient):
    posts = [rule for rule in rules(app) if "POST" in rule.methods and rule.endpoint not in BY_TOKEN]

    assert len(posts) > 8
    for rule in posts:
        answer = stranger.post(address(rule), data={"language": "es"})
        assert answer.status_code == 400, rule
        assert "not sent from our page" in answer.text, rule


def test_a_forged_form_of_somebody_signed_in_changes_nothing(app: Flask, stranger: FlaskClient, site: Cast):
    page = stranger.get("/sign-in").text
    token = re.search(r'name="csrf_token" type="hidden" value="([^"]+)"', page).group(1)
    entered = stranger.post("/sign-in", data={"login": "alba", "password": PASSWORD, "csrf_token": token})

    assert entered.status_code == 302
    for rule in rules(app):
        if "POST" in rule.methods and rule.endpoint not in BY_TOKEN:
            assert stranger.post(address(rule), data={"csrf_token": "forged"}).status_code == 400, rule


def test_nothing_else_than_a_form_can_change_anything(app: Flask):
    allowed = {"GET", "HEAD", "OPTIONS", "POST"}

    assert all(rule.methods <= allowed for rule in rules(app))


def test_the_counter_reads_no_cookie_and_knows_no_stranger(app: Flask, stranger: FlaskClient):
    for rule in rules(app):
        if rule.endpoint in BY_TOKEN - {"counter.enrol"}:
            method = stranger.post if "POST" in rule.methods else stranger.get
            body = {"id": "7f9c", "act": "undo", "handles": ["made up"]}
            answer = method(address(rule), **({"json": body} if "POST" in rule.methods else {}))
            assert answer.status_code == 401, rule
            assert answer.json["code"] == "tablet_unknown"
            assert "Set-Cookie" not in answer.headers


def test_a_view_that_forgot_its_mark_does_not_exist(app: Flask, site: Cast):
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")

    assert app.test_client().get("/forgotten").status_code == 404


@pytest.mark.parametrize(
    ("role", "permissions"),
    [
        (Role.STAFF, {Permission.READ_LEDGER, Permission.HANDLE_CASES, Permission.SHARE_WALL}),
        (
            Role.MANAGER,
            {
                Permission.READ_LEDGER,
                Permission.ENROL_TABLET,
                Permission.MAKE_CODE,
                Permission.SEE_FLOOR,
                Permission.WRITE_NOTE,
                Permission.HANDLE_CASES,
                Permission.SHARE_WALL,
            },
        ),
        (Role.HR, {Permission.READ_LEDGER, Permission.EXPORT}),
        (
            Role.ADMIN,
            {
                Permission.READ_LEDGER,
                Permission.ENROL_TABLET,
                Permission.MAKE_CODE,
                Permission.SEE_FLOOR,
                Permission.WRITE_NOTE,
                Permission.HANDLE_CASES,
                Permission.SHARE_WALL,
                Permission.ADMINISTER,
            },
        ),
    ],
)
def test_each_role_may_do_this_and_nothing_else(role: Role, permissions: set[Permission]):
    assert ROLE_PERMISSIONS[role] == permissions


def test_every_role_and_every_permission_has_its_place_in_the_table():
    assert set(ROLE_PERMISSIONS) == set(Role)
    assert set().union(*ROLE_PERMISSIONS.values()) == set(Permission)
    assert set(Role) - VIEWER_ROLES == {Role.STAFF}


OVER = {
    "Sol": {permission: {"Service counter"} for permission in ROLE_PERMISSIONS[Role.STAFF]},
    "Alba": {permission: {"Service counter"} for permission in ROLE_PERMISSIONS[Role.MANAGER]},
    "Hilde": {
        permission: {"Harbour Motors", "Northgate", "Service counter", "Showroom", "Parts"}
        for permission in ROLE_PERMISSIONS[Role.HR]
    },
    "Ada": {
        permission: {"Harbour Motors", "Northgate", "Service counter", "Showroom", "Parts"}
        for permission in ROLE_PERMISSIONS[Role.ADMIN]
    },
}


@pytest.mark.parametrize("name", OVER)
def test_somebody_reaches_exactly_the_units_of_their_roles(app: Flask, site: Cast, sign_in, name: str):
    app.config["WTF_CSRF_ENABLED"] = False
    found: dict[Permission, set[str]] = {}

    @app.get("/reached")
    @access.signed_in
    def reached() -> str:
        units = db.session.query(Unit).all()
        for permission in Permission:
            found[permission] = {unit.name for unit in units if access.may(permission, unit)}
        return ""

    sign_in(app.test_client(), name.lower()).get("/reached")
    assert found == {permission: OVER[name].get(permission, set()) for permission in Permission}


@pytest.mark.parametrize("login", ["sol", "alba", "hilde"])
def test_not_yours_is_not_found(app: Flask, client: FlaskClient, site: Cast, sign_in, login: str):
    browser = sign_in(client, login)
    held = OVER[login.title()]
    for rule in rules(app):
        permission = mark(app, rule)
        if "GET" in rule.methods and "unit_id" in rule.arguments:
            for unit, unit_id in site.units.items():
                answer = browser.get(address(rule, unit_id))
                assert answer.status_code == (200 if unit in held.get(permission, ()) else 404), (rule, unit)
