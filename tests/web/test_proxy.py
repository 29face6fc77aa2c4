"""Behind a proxy: what people scan and open carries the address that the proxy was asked by."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import request

from tests.conftest import close, config_at
from wellbeing import create_app

FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "wind.example", "X-Forwarded-For": "192.0.2.7"}


@pytest.mark.parametrize(
    ("believed", "root"), [(True, "https://wind.example/"), (False, "http://localhost/")]
)
def test_the_proxy_is_believed_about_scheme_and_host_and_never_about_people(
    tmp_path: Path, believed: bool, root: str
):
    app = create_app(replace(config_at(tmp_path), behind_proxy=believed))
    seen = {}

    @app.before_request
    def look() -> None:
        seen.update(root=request.url_root, address=request.remote_addr)

    app.test_client().get("/healthz", headers=FORWARDED)
    close(app)

    assert seen == {"root": root, "address": "127.0.0.1"}
