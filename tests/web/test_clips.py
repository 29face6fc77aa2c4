"""Clips on Ada's pages and at their address: who may see them, with which headers, in which pieces."""

import hashlib

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from tests.fixtures import clips
from wellbeing import uploads

ADDRESS = f"/clips/{hashlib.sha256(clips.MP4).hexdigest()}"


@pytest.fixture
def ada(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "ada")


def send(browser: FlaskClient, content: bytes = clips.MP4, name: str = "dog.mp4", title: str = "The dog"):
    """Send the form as a browser does; made by hand, because a test's client leaves large files open."""
    parts = [b'--x\r\nContent-Disposition: form-data; name="title"\r\n\r\n', title.encode()]
    parts += [f'\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"'.encode()]
    parts += [b"\r\nContent-Type: video/mp4\r\n\r\n", content, b"\r\n--x--\r\n"]
    return browser.post("/admin/clips", data=b"".join(parts), content_type="multipart/form-data; boundary=x")


def test_a_clip_is_uploaded_and_everybody_may_see_it(app: Flask, ada: FlaskClient):
    assert send(ada).location == "/admin/clips"
    page = ada.get("/admin/clips").text
    assert "The dog" in page and f'src="{ADDRESS}"' in page and "<video" in page

    shown = app.test_client().get(ADDRESS, buffered=True)
    assert shown.data == clips.MP4
    assert shown.mimetype == "video/mp4"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert "script" not in shown.headers["Content-Security-Policy"]
    assert shown.headers["Content-Disposition"].startswith("inline; filename=")
    assert {"public", "immutable", "max-age=31536000"} <= set(shown.headers["Cache-Control"].split(", "))
    assert "Set-Cookie" not in shown.headers


def test_a_player_gets_the_piece_it_asks_for_and_nothing_twice(ada: FlaskClient):
    send(ada)
    piece = ada.get(ADDRESS, headers={"Range": "bytes=4-7"}, buffered=True)
    assert (piece.status_code, piece.data) == (206, b"ftyp")
    assert piece.headers["Content-Range"] == f"bytes 4-7/{len(clips.MP4)}"
    assert ada.get(ADDRESS, headers={"Range": "bytes=9999-"}, buffered=True).status_code == 416

    again = ada.get(ADDRESS, headers={"If-None-Match": piece.headers["ETag"]}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


def test_a_picture_is_shown_as_one(ada: FlaskClient):
    send(ada, clips.PNG, "otter.png", "Otter")

    assert 'alt="Otter"' in ada.get("/admin/clips").text


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (clips.SVG, "otter.svg", "This is not a clip or picture that can be shown."),
        (clips.HTML, "dog.mp4", "This is not a clip or picture that can be shown."),
        (b"", "dog.mp4", "Choose a file that is not empty."),
        (clips.PNG, "dog.mp4", "something else than what is in it"),
    ],
)
def test_what_is_refused_is_told_and_the_title_stays(
    ada: FlaskClient, content: bytes, name: str, reason: str
):
    refused = send(ada, content, name)

    assert refused.status_code == 422
    assert reason in refused.text and 'value="The dog"' in refused.text
    assert ada.post("/admin/clips", data={"title": "x"}).status_code == 422


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(ada: FlaskClient, monkeypatch):
    assert send(ada, clips.MP4 + b"\x00" * 1_500_000).status_code == 302
    monkeypatch.setattr(uploads, "LARGEST", 1_000_000)
    refused = send(ada, clips.MP4 + b"\x00" * 1_500_000)

    assert refused.status_code == 413
    assert "This file is larger than 1 MB." in refused.text


def test_other_forms_and_strangers_may_send_no_more_than_before(app: Flask, ada: FlaskClient):
    large = b"up=" + b"x" * 1_500_000
    assert ada.post("/admin/content/line", data=large).status_code == 413
    app.config["WTF_CSRF_ENABLED"] = True
    assert send(app.test_client(), clips.MP4 + b"\x00" * 1_500_000).status_code == 413


def test_a_clip_is_deleted_unless_a_text_shows_it(ada: FlaskClient):
    send(ada)
    digest = ADDRESS.rpartition("/")[2]
    form = {"en.title": "The dog", "plain.clip": digest, "save": "1"}
    added = ada.post("/admin/content/heart_happy/new", data=form)
    assert f'src="{ADDRESS}"' in ada.get(added.location).text

    refused = ada.post("/admin/clips/delete", data={"clip": digest})
    assert refused.status_code == 422 and "A text still shows this clip" in refused.text

    for act in ("take_away", "delete"):
        ada.post("/admin/content/heart_happy", data={act: added.location.rpartition("/")[2]})
    assert ada.post("/admin/clips/delete", data={"clip": digest}).status_code == 302
    assert ada.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("name", ["a" * 64, "x", "..%2f..%2ftest.db", "A" * 64])
def test_what_is_not_there_is_not_found(ada: FlaskClient, name: str):
    assert ada.get(f"/clips/{name}").status_code == 404
    assert ada.post("/admin/clips/delete", data={"clip": name + "\x00"}).status_code == 404


def test_a_row_without_its_file_is_not_found(ada: FlaskClient, app: Flask):
    send(ada)
    (uploads.folder(app.extensions["config"].instance) / ADDRESS.rpartition("/")[2]).unlink()

    assert ada.get(ADDRESS).status_code == 404


@pytest.mark.parametrize("login", ["alba", "hilde", "sol"])
def test_nobody_else_uploads_anything(client: FlaskClient, site: Cast, sign_in, login: str):
    browser = sign_in(client, login)

    assert browser.get("/admin/clips").status_code == 404
    assert send(browser).status_code == 404
