"""Static files: what may be kept for ever is named by what is in it."""

import hashlib
import os
from pathlib import Path

import pytest
from flask import Flask, url_for

from wellbeing.web import static_files


@pytest.fixture
def address(app: Flask):
    static_files._digest.cache_clear()
    with app.test_request_context():
        yield lambda filename: url_for("static", filename=filename)


def test_a_file_that_is_kept_for_ever_is_named_with_its_digest(app: Flask, address):
    file = Path(str(app.static_folder), "vendor", "plotly-basic.min.js")
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]

    assert address(f"vendor/{file.name}") == f"/static/vendor/{file.name}?v={digest}"


def test_a_file_of_our_own_goes_by_its_bare_name(address):
    assert address("css/base.css") == "/static/css/base.css"


def test_what_modules_import_by_its_bare_name_is_asked_for_anew(app: Flask, address):
    assert address("vendor/idb.min.js") == "/static/vendor/idb.min.js"
    with app.test_client().get("/static/vendor/idb.min.js") as answer:
        assert "immutable" not in answer.headers["Cache-Control"]


def test_a_file_shown_by_itself_may_do_nothing(app: Flask):
    with app.test_client().get("/static/img/icon.svg") as answer:
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_vendored_file_that_is_missing_has_no_digest(address):
    assert address("vendor/plotly-none.js") == "/static/vendor/plotly-none.js?v="


def test_an_installed_counter_is_described_in_a_type_of_its_own(app: Flask):
    with app.test_client().get("/static/img/second-wind.webmanifest") as answer:
        assert answer.mimetype == "application/manifest+json"


def test_a_compressed_copy_of_what_a_file_was_is_not_sent(tmp_path: Path):
    for name, seconds in {"new.js": 2, "new.js.br": 3, "old.js": 2, "old.js.br": 1, "alone.js": 2}.items():
        (tmp_path / name).write_text(name)
        os.utime(tmp_path / name, (seconds, seconds))

    served = static_files.WhiteNoiseOfToday(None, root=str(tmp_path), prefix="static/").files

    sent = {
        name: [Path(path).name for _encoding, path, _headers in served[f"/static/{name}"].alternatives]
        for name in ("new.js", "old.js", "alone.js")
    }
    assert sent == {"new.js": ["new.js", "new.js.br"], "old.js": ["old.js"], "alone.js": ["alone.js"]}
