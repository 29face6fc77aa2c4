"""What a tablet keeps: all that the counter names, and nothing else."""

import base64
import hashlib
import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import urljoin

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from wellbeing import plain_words
from wellbeing.web import kept

# What names another file, by the kind of file it stands in.
PAGE = re.compile(r'(?:href|src)="(/static/[^"?]+)')
NAMES = {
    ".js": re.compile(r'(?:\bfrom|\bimport|\bnew URL)\s*\(?\s*["`](\.[^"`$]+)'),
    ".css": re.compile(r'url\("([^"#)]+)"\)'),
    ".webmanifest": re.compile(r'"src": "([^"]+)"'),
}


@pytest.fixture
def files(app: Flask, site: Cast) -> dict[str, str]:
    with app.test_request_context():
        return kept.files()


def named(app: Flask, page: str) -> set[str]:
    """Return every file that the counter page names, and what these name in turn."""
    found: set[str] = set()
    waiting = set(PAGE.findall(page))
    while waiting:
        address = waiting.pop()
        found.add(address)
        waiting |= set(_named_by(app, address)) - found
    return found


def _named_by(app: Flask, address: str) -> Iterator[str]:
    path = Path(str(app.static_folder), address.removeprefix("/static/"))
    # What a vendored file says of modules is its own affair: each is one file.
    pattern = None if "/vendor/" in address else NAMES.get(path.suffix)
    for name in pattern.findall(path.read_text("utf-8")) if pattern else ():
        yield normpath(join(dirname(address), name))


def test_an_own_phone_keeps_every_file_that_my_shift_names(app: Flask, client: FlaskClient, site: Cast):
    with app.test_request_context():
        files = kept.files(kept.PHONE)

    assert named(app, client.get("/phone").text) <= set(files)
    assert {"/static/js/phone/main.js", "/static/css/phone.css"} <= set(files)


def test_a_tablet_keeps_every_file_that_the_counter_names_and_no_other(
    app: Flask, client: FlaskClient, files: dict[str, str]
):
    assert set(files) == named(app, client.get("/counter").text)
    assert len(files) > 30


def test_the_page_names_before_it_starts_what_its_modules_import(
    app: Flask, client: FlaskClient, files: dict[str, str]
):
    """Otherwise a browser finds out file by file, one round trip after the other."""
    page = client.get("/counter").text
    at_once = {address for address in PAGE.findall(page) if address.endswith(".js")}
    imported = {name for address in at_once for name in _imported_at_once(app, address)}

    assert imported - at_once == set()


def _imported_at_once(app: Flask, address: str) -> Iterator[str]:
    path = Path(str(app.static_folder), address.removeprefix("/static/"))
    for name in re.findall(r'^(?:import|export) [^;]*?"(\.[^"]+)";', path.read_text("utf-8"), re.M):
        yield normpath(join(dirname(address), name))


def test_what_is_served_is_what_the_digest_says(app: Flask, client: FlaskClient, files: dict[str, str]):
    with app.test_request_context():
        pages = kept.shells(kept.facts())

    assert set(pages) == {"/counter?lang=en", "/counter?lang=es"}
    for address, digest in (files | pages).items():
        with client.get(address, headers={"Accept-Encoding": ""}) as answer:
            found = base64.b64encode(hashlib.sha256(answer.data).digest()).decode()
        assert digest == f"sha256-{found}", address


def test_the_texts_that_need_no_pin_are_kept_in_each_language(app: Flask, site: Cast):
    with app.test_request_context():
        texts = kept.texts(kept.facts())

    assert {address.partition("?")[0] for address in texts} == {"/help", "/what-happens"}
    assert len(texts) == len(set(texts.values())) == 4


def test_a_texts_digest_is_of_what_it_says_and_not_of_its_form(app: Flask, site: Cast):
    with app.test_request_context():
        first = kept.texts(kept.facts())
    kept._help.cache_clear()
    kept._what_happens.cache_clear()
    with app.test_request_context():
        assert kept.texts(kept.facts()) == first


def test_pages_are_drawn_once_for_as_long_as_they_say_the_same(
    app: Flask, site: Cast, monkeypatch: pytest.MonkeyPatch
):
    with app.test_request_context():
        told = kept.facts()
        first = kept.shells(told), kept.texts(told)
        monkeypatch.setattr(kept, "render_template", None)
        monkeypatch.setattr(plain_words, "found", None)
        assert (kept.shells(told), kept.texts(told)) == first


def test_an_installed_counter_starts_at_the_counter_below_any_prefix(app: Flask):
    folder = Path(str(app.static_folder), "img")
    manifest = json.loads((folder / "second-wind.webmanifest").read_text("utf-8"))

    assert urljoin("/wind/static/img/second-wind.webmanifest", manifest["start_url"]) == "/wind/counter"
    assert manifest["scope"] == manifest["start_url"]
    # An id would be read below the host alone; without one, the start is the id.
    assert "id" not in manifest
    assert (manifest["display"], manifest["display_override"][0]) == ("standalone", "fullscreen")
    assert {"192x192", "512x512"} < {icon["sizes"] for icon in manifest["icons"]}
    assert "maskable" in {icon["purpose"] for icon in manifest["icons"]}


def test_icons_are_as_large_as_they_say_and_small_to_fetch(app: Flask):
    icons = sorted(Path(str(app.static_folder), "img").glob("icon-*.png"))

    assert len(icons) == 4
    for icon in icons:
        content = icon.read_bytes()
        size = re.findall(r"\d+", icon.stem)[-1]
        assert struct.unpack(">II", content[16:24]) == (int(size), int(size))
        assert len(content) < 6000
