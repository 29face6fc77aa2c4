"""The counter's service worker: the same for everybody, and new whenever anything that it keeps is."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import House, say
from tests.cast import Cast
from tests.conftest import close, config_at
from wellbeing import create_app
from wellbeing.models.base import db
from wellbeing.models.settings import Settings
from wellbeing.web import kept

WORKER = "/counter/worker.js"


def version(client: FlaskClient) -> str:
    found = re.match(r'const VERSION = "(sha256-[^"]+)";', client.get(WORKER).text)
    assert found is not None
    return found[1]


def files(script: str) -> dict[str, str]:
    """Return what a worker keeps: addresses and digests."""
    found = re.search(r"const FILES = new Map\((.+)\);", script)
    assert found is not None
    return dict(json.loads(found[1]))


def test_a_browser_may_let_it_serve_the_whole_counter_and_asks_for_it_anew(client: FlaskClient, site: Cast):
    answer = client.get(WORKER)

    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/counter"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    again = client.get(WORKER, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_it_names_the_counter_its_files_and_the_texts_with_digests_where_they_stay_the_same(
    client: FlaskClient, site: Cast
):
    found = files(client.get(WORKER).text)

    assert {address for address, digest in found.items() if not digest} == {
        f"{page}?lang={language}" for page in ("/help", "/what-happens") for language in ("en", "es")
    }
    assert found["/counter?lang=es"].startswith("sha256-")
    assert found["/static/js/counter/main.js"].startswith("sha256-")


def test_it_is_the_same_whoever_asks_in_whatever_words(client: FlaskClient, site: Cast, sign_in):
    expected = client.get(WORKER).data
    sign_in(client, "alba")
    wild = "es, */*;q=0.1, '\"<script>"

    for query in ("lang=es", "lang=%00", "v=1&v=2", "lang=" + "x" * 5000):
        answer = client.get(
            f"{WORKER}?{query}", headers={"Accept-Language": wild, "Cookie": "session=made.up"}
        )
        assert answer.data == expected
        assert "Set-Cookie" not in answer.headers
    assert client.head(WORKER).data == b""
    assert client.post(WORKER).status_code == 405


def test_below_a_prefix_everything_it_names_is_below_it_too(client: FlaskClient, site: Cast):
    answer = client.get(WORKER, environ_overrides={"SCRIPT_NAME": "/wind"})
    at_the_root = client.get(WORKER).text

    assert answer.headers["Service-Worker-Allowed"] == "/wind/counter"
    assert all(address.startswith("/wind/") for address in files(answer.text))
    assert {address.removeprefix("/wind") for address in files(answer.text)} == set(files(at_the_root))
    shell = client.get("/counter?lang=en", environ_overrides={"SCRIPT_NAME": "/wind"})
    assert files(answer.text)["/wind/counter?lang=en"] == kept.digest(shell.data)


def test_a_prefix_cannot_break_out_of_the_script(client: FlaskClient, site: Cast):
    answer = client.get(WORKER, environ_overrides={"SCRIPT_NAME": '/a"]]);alert(1)//</script>'})

    assert answer.status_code == 200
    assert "</script>" not in answer.text
    assert "/static/css/base.css" in {address.partition("</script>")[2] for address in files(answer.text)}


def test_behind_a_proxy_it_names_no_host(tmp_path: Path):
    app = create_app(replace(config_at(tmp_path), behind_proxy=True))
    headers = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example"}
    answer = app.test_client().get(WORKER, headers=headers)
    close(app)

    assert answer.status_code == 200
    assert "evil" not in answer.text
    assert answer.headers["Service-Worker-Allowed"] == "/counter"


def test_before_the_site_is_set_up_there_is_a_worker_already(client: FlaskClient):
    assert client.get(WORKER).status_code == 200


def test_while_nothing_changes_there_is_nothing_new(client: FlaskClient, house: House):
    first = version(client)
    say(house, "Sol", mood=2)

    assert version(client) == first


def test_a_file_that_changed_makes_a_new_version(
    client: FlaskClient, site: Cast, monkeypatch: pytest.MonkeyPatch
):
    first = version(client)
    monkeypatch.setattr(kept, "_digest_of_file", lambda path: kept.digest(b"newer" + path.read_bytes()))

    assert version(client) != first


def test_a_setting_that_the_counter_tells_makes_a_new_version(app: Flask, client: FlaskClient, site: Cast):
    first = version(client)
    with app.app_context():
        db.session.get(Settings, 1).people_needed = 6
        db.session.commit()

    assert version(client) != first


def test_a_helpline_that_changed_makes_a_new_version(
    client: FlaskClient, site: Cast, monkeypatch: pytest.MonkeyPatch
):
    first = version(client)
    monkeypatch.setattr(kept, "helplines", lambda reader, locale: [])

    assert version(client) != first


def test_a_worker_that_works_otherwise_is_a_new_version(
    app: Flask, client: FlaskClient, site: Cast, monkeypatch: pytest.MonkeyPatch
):
    first = version(client)
    draw = app.jinja_env.from_string("// Another way to keep {{ files }}.")
    monkeypatch.setattr("wellbeing.web.worker.render_template", lambda _name, **said: draw.render(**said))

    assert version(client) != first
