"""Static files: what may be kept for ever is named by what is in it."""

import hashlib
from pathlib import Path

import pytest
from flask import Flask, url_for

from wellbeing.web import static_files


@pytest.fixture
def address(app: Flask):
    static_files._digest.cache_clear()
    with app.test_request_context():
        yield lambda filename: url_for("static", filename=filename)


def test_a_vendored_file_is_named_with_its_digest(app: Flask, address):
    file = min(path for path in Path(str(app.static_folder), "vendor").rglob("*.js"))
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]

    assert address(f"vendor/{file.name}") == f"/static/vendor/{file.name}?v={digest}"


def test_a_file_of_our_own_goes_by_its_bare_name(address):
    assert address("css/base.css") == "/static/css/base.css"


def test_a_vendored_file_that_is_missing_has_no_digest(address):
    assert address("vendor/no-such-file.js") == "/static/vendor/no-such-file.js?v="
