"""The counter's shell is sent compressed to whoever takes it so."""

import gzip

from flask.testing import FlaskClient

from tests.cast import TOKEN


def test_a_browser_gets_the_counter_compressed_and_unpacks_the_same_page(client: FlaskClient, site):
    plain = client.get("/counter")
    sent = client.get("/counter", headers={"Accept-Encoding": "gzip, deflate, br"})

    assert "Content-Encoding" not in plain.headers
    assert sent.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(sent.data) == plain.data
    assert len(sent.data) < len(plain.data) / 2
    assert "Accept-Encoding" in plain.headers["Vary"] and "Accept-Encoding" in sent.headers["Vary"]


def test_a_browser_that_wants_it_plain_gets_it_plain(client: FlaskClient, site):
    assert "Content-Encoding" not in client.get("/counter", headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_a_tablet_gets_what_its_counter_shows_compressed(client: FlaskClient, site):
    token = {"Authorization": f"Bearer {TOKEN}"}
    plain = client.get("/counter/state", headers=token)
    sent = client.get("/counter/state", headers=token | {"Accept-Encoding": "gzip"})

    assert (sent.mimetype, sent.headers["Content-Encoding"]) == ("application/json", "gzip")
    assert gzip.decompress(sent.data) == plain.data
