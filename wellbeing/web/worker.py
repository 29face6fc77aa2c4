"""The counter's service worker: one script for everybody, which changes when anything that it keeps does."""

import json

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from wellbeing.extensions import LANGUAGES
from wellbeing.web import kept
from wellbeing.web.access import public
from wellbeing.web.packed import packed

bp = Blueprint("worker", __name__)


@bp.get("/counter/worker.js")
@public
def worker() -> ResponseReturnValue:
    """The script by which a tablet starts the counter without a network, and keeps it up to date."""
    told = kept.facts()
    checked, texts = kept.files() | kept.shells(told), kept.texts(told)
    # The frame around a text differs with every answer, so a tablet takes it without comparing.
    files = [*checked.items(), *((address, "") for address in texts)]
    static = url_for("static", filename="")
    script = render_template("counter/worker.js", files=files, static=static, languages=list(LANGUAGES))
    version = kept.digest((script + json.dumps(texts)).encode())
    response = packed(f"const VERSION = {json.dumps(version)};\n{script}")
    response.mimetype = "text/javascript"
    response.headers["Service-Worker-Allowed"] = url_for("counter.counter")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)
