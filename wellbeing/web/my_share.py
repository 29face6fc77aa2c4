"""Mine to share: a page of one's own choosing, to be printed or kept as a file; nothing is sent."""

from datetime import timedelta
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from wellbeing import site
from wellbeing.diary import pictures
from wellbeing.diary.shifts import shifts_of
from wellbeing.models.base import db
from wellbeing.web import insight_page, unlocked
from wellbeing.web.only_reading import only_reading
from wellbeing.web.own_file import own_file
from wellbeing.web.share_form import ShareForm
from wellbeing.web.unlocked import with_open_diary

bp = Blueprint("my_share", __name__)

# What the form begins with: as much as a diary keeps where its owner chose nothing else.
DAYS = timedelta(days=179)
STYLES = "css/share.css"


@bp.get("/my/share")
@with_open_diary
def choose() -> ResponseReturnValue:
    """Choose what is to be on the page."""
    today = site.today(db.session())
    form = ShareForm(formdata=None, first=today - DAYS, last=today)
    return render_template("mine/share.html", form=form, sheet=None)


@bp.post("/my/share")
@with_open_diary
def made() -> ResponseReturnValue:
    """The page, to look at and to print, or as a file that needs nothing else."""
    form = ShareForm()
    if not form.validate():
        return render_template("mine/share.html", form=form, sheet=None), 422
    with only_reading():
        if request.form.get("as") == "file":
            return _file(form)
        return render_template("mine/share.html", form=form, sheet=_sheet(form))


def _sheet(form: ShareForm) -> dict[str, object]:
    """Return what is on the page: what was asked for, worked out from these days alone."""
    shifts = shifts_of([found.entry for found in unlocked.entries()], site.zone())
    within = [shift for shift in shifts if form.first.data <= shift.day <= form.last.data]
    return {
        "first": form.first.data,
        "last": form.last.data,
        "parts": form.parts.data,
        "tables": form.tables.data,
        "name": current_user.name if form.name.data else "",
        "words": form.words.data,
        "shown": insight_page.shown(within),
        "made_on": site.today(db.session()),
        "moment_names": pictures.moment_names(),
        "most": pictures.ON_A_PAGE,
        "signed": pictures.signed,
    }


def _file(form: ShareForm) -> Response:
    text = render_template("mine/own_file.html", sheet=_sheet(form), styles=_styles())
    return own_file("html", "text/html", text)


@cache
def _styles() -> str:
    return (Path(str(current_app.static_folder)) / STYLES).read_text()
