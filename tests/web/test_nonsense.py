"""Whatever is sent to a form, the answer is a sentence and never a failure of ours."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.cast import TOKEN, Cast
from wellbeing.models.lists import ListName
from wellbeing.web import forms

NONSENSE: dict[str, list[str]] = {
    "400 digits": ["9" * 400],
    "5000 digits": ["9" * 5000],
    "just too large for the database": [str(2**63)],
    "below zero": ["-1"],
    "400 digits below zero": ["-" + "9" * 400],
    "nothing": [""],
    "not even a value": [],
    "words": ["seven people"],
    "another script's digits": ["٣٤"],
    "an exponent": ["1e400"],
    "infinity": ["inf"],
    "a zero byte": ["a\0b"],
    "half a letter": ["\udcff"],
    "very long": ["x" * 100_000],
    "several": ["1", "2", "x", "9" * 400],
}
FAILURE = 500


def posts(app: Flask) -> Iterator[Rule]:
    """Yield every rule that takes a POST."""
    return (rule for rule in app.url_map.iter_rules() if "POST" in rule.methods)


def addresses(app: Flask) -> list[str]:
    """Return the address of every POST, with the names and numbers that its rule asks for."""
    with app.test_request_context():
        return [
            app.url_map.bind("").build(rule.endpoint, value)
            for rule in posts(app)
            for value in (
                [{"name": name} for name in ListName]
                if "name" in rule.arguments
                else [dict.fromkeys(rule.arguments, 1)]
            )
        ]


def sent(values: list[str]) -> list[bytes]:
    """Return values as a browser's bytes, which need not be letters."""
    return [value.encode("utf-8", "surrogateescape") for value in values]


def fields() -> set[str]:
    """Return the names of the fields of every form, and of what is read without one."""
    found = {"language", "next", "label", "add", "rename", "up", "down", "reset", "retire", "offer_again"}
    found |= {"day", "text", "note"}
    for form in vars(forms).values():
        if isinstance(form, type) and issubclass(form, forms.BaseForm):
            found |= {name for name in vars(form) if not name.startswith("_")}
    return found


@pytest.mark.parametrize("values", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_in_every_field_of_every_form_is_never_a_failure_of_ours(
    app: Flask, client: FlaskClient, site: Cast, sign_in, values: list[str]
):
    data = {field: sent(values) for field in fields()}
    for login in (None, "alba", "ada"):
        if login is not None:
            sign_in(client, login)
        # Signing out comes last, so that everything before is asked by somebody who is signed in.
        for address in sorted(addresses(app), key=lambda address: "sign-out" in address):
            assert client.post(address, data=data).status_code < FAILURE, address


def test_one_nonsensical_field_among_good_ones_is_refused_with_a_sentence(
    client: FlaskClient, site: Cast, sign_in
):
    ada = sign_in(client, "ada")
    good = {
        "people_needed": 6,
        "own_pool_from": 8,
        "tick_days": 7,
        "activation_days": 14,
        "person": site.people["Sol"],
    }
    good |= {"unit": site.units["Showroom"], "units": site.units["Parts"], "name": "New"}
    for address, field in (
        ("/admin/settings", "people_needed"),
        ("/admin/settings", "own_pool_from"),
        ("/admin/settings", "tick_days"),
        ("/admin/settings", "activation_days"),
        ("/people/move", "person"),
        ("/people/move", "unit"),
        ("/people/cancel-move", "person"),
        ("/people/pin-code", "person"),
        ("/people/password-code", "person"),
        ("/admin/confirm-person", "person"),
        ("/admin/units/merge", "units"),
        ("/admin/units/cancel-merge", "unit"),
        ("/tablets/code", "unit"),
    ):
        for values in NONSENSE.values():
            if values[:1] == ["1"] and field != "units":
                continue  # The first of several is a number, and the rest is not looked at.
            answer = ada.post(address, data={**good, field: sent(values)})

            assert answer.status_code in (400, 404, 422), (address, field, values[:1])


@pytest.mark.parametrize("values", NONSENSE.values(), ids=NONSENSE)
@pytest.mark.parametrize("door", ["act", "enrol"])
def test_nonsense_at_the_tablets_door_is_never_a_failure_of_ours(
    client: FlaskClient, site: Cast, door: str, values: list[str]
):
    acts = ["who", "check_in", "rough", "rough_detail", "break", "back", "undo", "take_back", "cover"]
    acts += ["cover_taken", "told", "find", "choose_pin", ""]
    names = "person pin mood severity behaviour cause channel area kind minutes handles cover audience told"
    names += " q code name"
    value: object = values[0] if len(values) == 1 else values
    for act in acts:
        body = {
            "id": "0b8a7f0e-6a3c-4b52-9a53-3f4f2f0d7c11",
            "act": act,
            **dict.fromkeys(names.split(), value),
        }
        for sent in (body, {**body, "person": 10**400, "mood": -(10**400)}, value):
            answer = client.post(f"/counter/{door}", json=sent, headers={"Authorization": f"Bearer {TOKEN}"})
            assert answer.status_code < FAILURE, act
