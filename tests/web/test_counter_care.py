"""What a tablet fetches ahead for its care screens."""

import gzip
import json

import pytest
from flask.testing import FlaskClient

from tests.cast import Cast


@pytest.fixture
def headers(site: Cast) -> dict[str, str]:
    return {"Authorization": f"Bearer {site.token}"}


def test_a_tablet_fetches_the_texts_in_the_language_that_it_asks_for(
    client: FlaskClient, headers: dict[str, str]
):
    spoken = client.get("/counter/care", headers=headers | {"Accept-Language": "es"}).json
    asked = client.get("/counter/care?lang=en", headers=headers | {"Accept-Language": "es"}).json

    assert spoken["language"] == "es"
    assert asked["language"] == "en"
    assert asked["strings"].keys() == spoken["strings"].keys()


def test_it_comes_compressed_and_without_a_cookie(client: FlaskClient, headers: dict[str, str]):
    answer = client.get("/counter/care", headers=headers | {"Accept-Encoding": "gzip"})

    assert json.loads(gzip.decompress(answer.data))["language"] == "en"
    assert answer.mimetype == "application/json"
    assert "Set-Cookie" not in answer.headers


def test_a_tablet_that_nobody_knows_gets_nothing(client: FlaskClient, site: Cast):
    answer = client.get("/counter/care", headers={"Authorization": "Bearer made-up"})

    assert (answer.status_code, answer.json["code"]) == (401, "tablet_unknown")
