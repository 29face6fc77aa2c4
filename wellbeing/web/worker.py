"""The service workers of counter and own phones: one script for everybody, new when anything kept is."""

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
    return _script(kept.COUNTER)


@bp.get("/phone/worker.js")
@public
def phone_worker() -> ResponseReturnValue:
    """The script by which an own phone starts My shift without a network, and keeps it up to date."""
    return _script(kept.PHONE)


def _script(of: kept.Kept) -> ResponseReturnValue:
    told = kept.facts()
    checked, texts = kept.files(of) | kept.shells(told, of), kept.texts(told)
    # The frame around a text differs with every answer, so a tablet takes it without comparing.
    files = [*checked.items(), *((address, "") for address in texts)]
    static = url_for("static", filename="")
    script = render_template(
        "counter/worker.js", kept=of.name, files=files, static=static, languages=list(LANGUAGES)
    )
    version = kept.digest((script + json.dumps(texts)).encode())
    response = packed(f"const VERSION = {json.dumps(version)};\n{script}")
    response.mimetype = "text/javascript"
    response.headers["Service-Worker-Allowed"] = url_for(of.endpoint)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)
