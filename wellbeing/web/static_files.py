"""Static files by whitenoise: compressed copies where they exist, and what a browser may keep for ever."""

import hashlib
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.responders import StaticFile

from wellbeing.config import Config
from wellbeing.web import security

# Pages name Plotly with its digest, so that it may be kept for ever; the counter's modules import each other,
# and what is vendored for them, by plain names, so they are asked for anew and answered "not modified".
NAMED = "vendor/plotly"
KEPT = (f"/static/{NAMED}", "/static/fonts/")
COPIES = (".br", ".gz")
# A file is no page: shown by itself it may do nothing. Short, because the counter fetches many small files;
# they open no window, ask nothing of others and are lent nothing.
ALONE = {"Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'"}
FOR_PAGES = {"Permissions-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy", "X-Frame-Options"}


class WhiteNoiseOfToday(WhiteNoise):
    """WhiteNoise without compressed copies that are older than their originals.

    After an upgrade, a copy of what a file was would make tablets refuse the whole version.
    """

    def get_static_file(self, path: str, url: str, stat_cache: Mapping[str, os.stat_result]) -> StaticFile:
        """Return a file with those of its copies that say the same."""
        names = [name for name in (path, *(path + ending for ending in COPIES)) if name in stat_cache]
        changed = stat_cache[path].st_mtime
        fresh = {name: stat_cache[name] for name in names if stat_cache[name].st_mtime >= changed}
        return super().get_static_file(path, url, fresh)


def init_app(app: Flask, config: Config) -> None:
    """Let whitenoise answer for the static folder, and name Plotly in a page with its digest."""
    folder = Path(str(app.static_folder))
    always = {name: text for name, text in security.headers(config).items() if name not in FOR_PAGES} | ALONE

    @app.url_defaults
    def name_with_digest(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint == "static" and values["filename"].startswith(NAMED):
            values["v"] = _digest(folder / values["filename"])

    app.wsgi_app = WhiteNoiseOfToday(  # type: ignore[method-assign]
        app.wsgi_app,
        root=str(app.static_folder),
        prefix="static/",
        max_age=0,
        allow_all_origins=False,
        immutable_file_test=_is_kept,
        add_headers_function=lambda headers, _path, _url: _add(headers, always),
        mimetypes={".webmanifest": "application/manifest+json"},
    )


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else ""


def _is_kept(_path: str, url: str) -> bool:
    return url.startswith(KEPT)


def _add(headers: Headers, always: Mapping[str, str]) -> None:
    for name, value in always.items():
        headers[name] = value
