"""What a form takes for a form."""

import pytest
from flask.testing import FlaskClient

from tests.cast import PASSWORD, Cast


@pytest.mark.parametrize("body", ["false", "[]", "3", '"text"', "{", '{"login": "ada", "password": "x"}'])
def test_a_body_of_json_is_a_form_that_nobody_filled_in(client: FlaskClient, site: Cast, body: str):
    answer = client.post("/sign-in", data=body, content_type="application/json")

    assert answer.status_code == 422
    assert "Please fill this in." in answer.text


def test_nobody_signs_in_with_json(client: FlaskClient, site: Cast):
    answer = client.post("/sign-in", json={"login": "ada", "password": PASSWORD})

    assert answer.status_code == 422
