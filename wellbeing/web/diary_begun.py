"""What follows when a diary has just begun: it is open, and its recovery code is shown once."""

from flask import render_template, request

from wellbeing.diary.opening import Begun
from wellbeing.web import unlocked
from wellbeing.web.own_path import own_path

DAYS = "/my/days"


def begun_page(begun: Begun, wanted: str | None = None) -> str:
    """Keep a new diary open in this browser, and return the page with its recovery code. Commits."""
    unlocked.keep_open(begun.private)
    return code_page(begun.recovery_code, wanted)


def code_page(code: str, wanted: str | None = None) -> str:
    """Return the page that shows a recovery code, and leads on from there."""
    return render_template("mine/recovery_code.html", code=code, onward=onward(wanted))


def onward(wanted: str | None) -> str:
    """Return where to go with an open diary: to what was wanted, or to My days."""
    return own_path(wanted) or request.script_root + DAYS
