"""Every act of those who run the site is noted with the act itself, or not at all."""

import inspect
from collections.abc import Callable
from types import FunctionType, ModuleType

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import House, rows
from tests.attacks.routes import POST, Kind
from wellbeing import audit
from wellbeing.models.audit import AuditEntry
from wellbeing.models.base import db
from wellbeing.web.noted import noted

# Rooms whose acts are nobody else's business, or stand elsewhere for everybody whom they concern.
NOT_NOTED = {
    "auth": "signing in and out is one's own",
    "case_acts": "a case has a history of its own, which everybody reads who handles it",
    "cases": "a case has a history of its own, which everybody reads who handles it",
    "checkup": "one's own answers",
    "checkup_results": "what was asked and answered stands on the page itself",
    "contact": "who asked for help stays between them and whom they asked",
    "floor": "a notice names its author and ends by itself",
    "incident": "a report stays between its author and its reader",
    "my": "pages about oneself",
    "notes": "a note stands on the page, with its day",
    "passkeys": "one's own sign-in",
    "second_factor": "signing in is one's own",
    "talk": "the wall is read by everybody whom it concerns",
    "word": "one's own e-mail",
}
# Single routes of rooms whose other acts are noted.
ALSO_NOT = {
    "company.check": "it only asks the company's sign-in whether it answers",
    "people_file.look": "a dry run changes nothing",
    "roster.find": "a search changes nothing",
    "staff.open_person": "it only leads to a page",
}


def test_every_act_of_those_who_run_the_site_is_noted(app: Flask):
    writes = {endpoint for endpoint, kind in POST.items() if kind is Kind.WRITES and endpoint not in ALSO_NOT}
    silent = {
        endpoint
        for endpoint in writes
        if room_of(endpoint) not in NOT_NOTED and not reaches_the_log(app.view_functions[endpoint])
    }

    assert silent == set()
    assert ALSO_NOT.keys() <= POST.keys()


def room_of(endpoint: str) -> str:
    """Return the room of a route; all those about oneself are one."""
    room = endpoint.partition(".")[0]
    return "my" if room.startswith("my_") else room


def reaches_the_log(view: Callable) -> bool:
    """Tell whether a view calls what notes an act, itself or through functions of ours."""
    seen: set[object] = set()
    waiting = [inspect.unwrap(view)]
    while waiting:
        found = waiting.pop()
        if found in (noted, audit.note):
            return True
        if found not in seen:
            seen.add(found)
            waiting += called_by(found)
    return False


def called_by(function: FunctionType) -> list[FunctionType]:
    """Return the functions of ours that a function names, directly or as a member of a module of ours."""
    names = [name for code in codes(function.__code__) for name in code.co_names]
    known = [function.__globals__[name] for name in names if name in function.__globals__]
    modules = [value for value in known if isinstance(value, ModuleType)]
    known += [getattr(module, name) for module in modules for name in names if hasattr(module, name)]
    plain = [inspect.unwrap(value) for value in known if inspect.isfunction(value)]
    return [value for value in plain if value.__module__.startswith("wellbeing")]


def codes(code) -> list:
    inner = [part for constant in code.co_consts if inspect.iscode(constant) for part in codes(constant)]
    return [code, *inner]


def test_a_view_that_notes_nothing_would_be_found(app: Flask):
    assert not reaches_the_log(app.view_functions["notes.write"])


@pytest.fixture
def ada(any_app: Flask, any_house: House, sign_in) -> FlaskClient:
    any_app.config["WTF_CSRF_ENABLED"] = False
    return sign_in(any_app.test_client(), "ada")


def entries(house: House) -> list[tuple[str, int | None, int | None]]:
    db.session.rollback()
    return [(row.act, row.person_id, row.unit_id) for row in rows(house, AuditEntry)]


def test_what_is_done_is_noted_once_with_whom_and_what_it_was_about(any_house: House, ada: FlaskClient):
    people, units = any_house.cast.people, any_house.cast.units
    sol, counter, parts = people["Sol"], units["Service counter"], units["Parts"]
    acts = [
        ("/people/pin-code", {"person": sol}, ("pin_code_made", sol, counter)),
        ("/people/password-code", {"person": sol}, ("password_code_made", sol, counter)),
        ("/people/move", {"person": sol, "unit": parts}, ("person_moved", sol, parts)),
        ("/people/cancel-move", {"person": sol}, ("move_cancelled", sol, counter)),
        ("/people/badges", {"home": counter, "people": [sol]}, ("badge_made", sol, counter)),
        ("/people/badges/revoke", {"person": sol}, ("badge_removed", sol, counter)),
        ("/tablets/code", {"unit": parts}, ("tablet_code_made", None, parts)),
        ("/tablets/1/name", {"name": "Back door"}, ("tablet_renamed", None, counter)),
        ("/tablets/1/revoke", {}, ("tablet_revoked", None, counter)),
        (
            "/admin/settings",
            {"people_needed": 6, "own_pool_from": 8, "tick_days": 7, "activation_days": 14},
            ("settings_planned", None, None),
        ),
        ("/admin/settings/withdraw", {}, ("settings_withdrawn", None, None)),
        ("/admin/settings/badges", {"badge_alone": "y"}, ("badge_rule_changed", None, None)),
        ("/admin/settings/checkup", {"checkup_months": 1}, ("checkup_rule_changed", None, None)),
        ("/admin/lists/cause", {"add": "", "label": "The weather"}, ("list_changed", None, None)),
        ("/admin/readers/help-contact", {"contact": "Marta"}, ("help_contact_changed", None, None)),
        ("/admin/readers/appoint", {"subject": "contact", "person": sol}, ("reader_appointed", sol, None)),
        ("/admin/readers/dismiss", {"subject": "contact", "person": sol}, ("reader_removed", sol, None)),
        ("/admin/units/merge", {"units": [counter, parts], "name": "Both"}, None),
    ]

    for address, data, expected in acts:
        before = entries(any_house)
        assert ada.post(address, data=data).status_code in (200, 302), address
        new = entries(any_house)[len(before) :]
        assert new == ([expected] if expected else [("units_merged", None, u) for u in (counter, parts)])
    assert {row.actor_id for row in rows(any_house, AuditEntry)} == {people["Ada"]}


def test_what_is_refused_or_changes_nothing_leaves_no_entry(any_house: House, ada: FlaskClient):
    people, units = any_house.cast.people, any_house.cast.units
    sol, counter = people["Sol"], units["Service counter"]
    for address, data in (
        ("/people/move", {"person": sol, "unit": counter}),
        ("/people/cancel-move", {"person": sol}),
        ("/people/badges/revoke", {"person": sol}),
        ("/tablets/1/name", {"name": " "}),
        ("/admin/settings", {"people_needed": 5, "own_pool_from": 7, "tick_days": 7, "activation_days": 14}),
        ("/admin/settings/withdraw", {}),
        ("/admin/settings/badges", {}),
        ("/admin/settings/checkup", {"checkup_months": 3}),
        ("/admin/settings/language", {"language": "en"}),
        ("/admin/lists/cause", {"add": "", "label": " "}),
        ("/admin/lists/cause", {"rename": "no-such-entry", "label": "New"}),
        ("/admin/content/message/no-such-text", {"save": "1"}),
        ("/admin/readers/help-contact", {"contact": " "}),
        ("/admin/readers/dismiss", {"subject": "contact", "person": sol}),
        ("/admin/clips", {"title": "Nothing"}),
        ("/admin/confirm-import", {}),
        ("/admin/confirm-person", {"person": sol}),
        ("/admin/units/merge", {"units": [counter], "name": "Alone"}),
        ("/admin/units/cancel-merge", {"unit": counter}),
        (f"/admin/units/{counter}/close", {}),
        (f"/admin/units/{counter}/rename", {"name": "Parts"}),
        (f"/admin/units/{counter}/move", {"unit": units["Northgate"]}),
        (f"/admin/units/{counter}/remove", {}),
    ):
        assert ada.post(address, data=data).status_code < 500, address
        assert entries(any_house) == [], address
