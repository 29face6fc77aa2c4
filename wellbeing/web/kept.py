"""What a tablet or an own phone keeps so that it starts without a network: addresses, each with a digest."""

import hashlib
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from flask import current_app, render_template, request, url_for
from flask_babel import force_locale

from wellbeing import plain_words
from wellbeing.content.helplines import Helpline, helplines
from wellbeing.content.policies import Policy
from wellbeing.extensions import LANGUAGES
from wellbeing.models.base import db
from wellbeing.plain_words import Facts
from wellbeing.web.risk import serious_risk

# Below the static folder: everything that the counter page and its modules name, and nothing of other pages.
FILES = (
    "css/base.css",
    "css/counter.css",
    "css/care*.css",
    "css/talk.css",
    "fonts/*.woff2",
    "img/*.png",
    "img/*.svg",
    "img/second-wind.webmanifest",
    "js/counter/*.js",
    "js/counter/care/*.js",
    "vendor/hpke*.js",
    "vendor/idb*.js",
)
OF_PHONES = ("css/phone.css", "img/my-shift.webmanifest", "js/phone/*.js")


@dataclass(frozen=True)
class Kept:
    """What starts without a network: its page, the name under which browsers keep it, and its files."""

    endpoint: str
    template: str
    name: str
    files: tuple[str, ...]


COUNTER = Kept("counter.counter", "counter/counter.html", "second-wind.counter ", FILES)
PHONE = Kept("phone.phone", "phone/phone.html", "second-wind.phone ", FILES + OF_PHONES)


def files(of: Kept = COUNTER) -> dict[str, str]:
    """Return the address of every file, and its digest as browsers check it."""
    folder = Path(str(current_app.static_folder))
    names = sorted(path.relative_to(folder) for pattern in of.files for path in folder.glob(pattern))
    return {url_for("static", filename=name.as_posix()): _digest_of_file(folder / name) for name in names}


@cache
def _digest_of_file(path: Path) -> str:
    return digest(path.read_bytes())


def digest(content: bytes) -> str:
    """Return what a browser compares a file with before it takes it."""
    return "sha256-" + b64encode(hashlib.sha256(content).digest()).decode()


def facts() -> dict[str, Facts]:
    """Return what the page is filled in with, in each language."""
    found = {}
    for language in LANGUAGES:
        with force_locale(language):
            found[language] = plain_words.facts(db.session())
    return found


def shells(told: Mapping[str, Facts], of: Kept = COUNTER) -> dict[str, str]:
    """Return the page's address in each language, and its digest."""
    root = request.script_root
    return {
        url_for(of.endpoint, lang=language): _shell(root, of.template, language, told[language])
        for language in told
    }


@lru_cache(maxsize=16)
def _shell(_root: str, template: str, language: str, told: Facts) -> str:
    with force_locale(language):
        return digest(render_template(template, facts=told).encode())


def texts(told: Mapping[str, Facts]) -> dict[str, str]:
    """Return the addresses of the texts that anybody may read, and digests of what they say."""
    found = {}
    for language in told:
        lines = tuple(helplines(db.session(), Locale.parse(language)))
        found[url_for("help.get_help", lang=language)] = _help(language, lines, serious_risk(language))
        found[url_for("help.what_happens", lang=language)] = _what_happens(language, told[language])
    return found


@lru_cache(maxsize=16)
def _help(language: str, lines: tuple[Helpline, ...], policy: Policy | None) -> str:
    # Whom to turn to at work comes with the counter's state.
    return _said(language, "help/help.html", contact=None, helplines=lines, policy=policy, asks=False)


@lru_cache(maxsize=16)
def _what_happens(language: str, told: Facts) -> str:
    return _said(language, "help/what_happens.html", facts=told, found=plain_words.found())


def _said(language: str, template: str, **values: Any) -> str:
    """Return the digest of what a page says, without the frame around it: that holds a form's token."""
    found = current_app.jinja_env.get_template(template)
    with force_locale(language):
        return digest("".join(found.blocks["content"](found.new_context(values))).encode())
