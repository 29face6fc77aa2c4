"""My days: what its owner finds in the open diary, shift by shift, and notes in their own words."""

from datetime import date, datetime
from functools import partial

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import site
from wellbeing.diary import keeping, opening
from wellbeing.diary.days import days_of
from wellbeing.diary.entry import Entry, Kind
from wellbeing.diary.opening import Found
from wellbeing.diary.shifts import shifts_of
from wellbeing.models.base import db
from wellbeing.web import day_page, support_card, unlocked
from wellbeing.web.forms import whole_number
from wellbeing.web.note_form import NoteForm
from wellbeing.web.only_reading import only_reading
from wellbeing.web.unlocked import with_open_diary

bp = Blueprint("my_days", __name__)


@bp.get("/my/days")
@with_open_diary
def days() -> ResponseReturnValue:
    """My days, newest first; a box for a note; and where the last shifts were hard, a kind word."""
    found = unlocked.entries()
    shifts = shifts_of([one.entry for one in found], site.zone())
    return _page(found, NoteForm(formdata=None), card=support_card.card(shifts))


def _page(found: list[Found], form: NoteForm, number: int = 1, card: support_card.Card | None = None) -> str:
    diary = opening.diary_of(db.session(), current_user.id)
    return render_template(
        "mine/days.html",
        page=day_page.page_of(found, number),
        form=form,
        card=card,
        paused=diary is not None and diary.paused,
        words=day_page.words(),
        today=site.today(db.session()),
        clock=partial(day_page.clock, zone=site.zone()),
    )


@bp.post("/my/days")
@with_open_diary
def older() -> ResponseReturnValue:
    """Older days; which ones stands in the body, because no address may tell how far a diary goes back."""
    with only_reading():
        number = whole_number(request.form.get("page")) or 1
        return _page(unlocked.entries(), NoteForm(formdata=None), number)


@bp.post("/my/days/note")
@with_open_diary
def write() -> ResponseReturnValue:
    """A note of mine, to now or to one of my days."""
    form, person_id = NoteForm(), current_user.id
    with only_reading():
        if not form.validate():
            return _page(unlocked.entries(), form, form.page.data or 1), 422
        now = site.now().replace(second=0, microsecond=0)
        felt_at = _end_of(form.day.data) if form.day.data else None
    note = Entry(Kind.NOTE, entered_at=now, felt_at=felt_at or now, text=form.text.data or "")
    server_key = site.config().secrets.server_key
    keeping.add(db.session().connection(), server_key, person_id, [note])
    db.session.commit()
    flash(_("Kept in your diary. Only you can read it."), "success")
    return redirect(url_for("my_days.days"))


def _end_of(wanted: date) -> datetime | None:
    """Return the last moment of one of my days; None where nothing is kept of it."""
    days = days_of(unlocked.entries(), site.zone())
    return next((day.last for day in days if day.day == wanted), None)


@bp.post("/my/days/take-away")
@with_open_diary
def take_away() -> ResponseReturnValue:
    """An entry or a note of mine, taken out of the diary; what a team's figures counted stays in them."""
    asked = set(request.form.get("entry", "").split())
    with only_reading():
        chosen = [one for one in unlocked.entries() if one.id.hex() in asked]
    keeping.drop(db.session().connection(), [one.id for one in chosen])
    db.session.commit()
    if any(one.entry.counted for one in chosen):
        flash(_("Taken out of your diary. Your team's figures keep what was counted."), "success")
    elif chosen:
        flash(_("Taken out of your diary."), "success")
    else:
        flash(_("This is not in your diary any more."), "warning")
    return redirect(url_for("my_days.days"))


@bp.post("/my/days/close")
@with_open_diary
def close() -> ResponseReturnValue:
    """The diary closed in this browser before its quarter of an hour is over."""
    unlocked.close()
    flash(_("Your diary is closed in this browser."), "success")
    return redirect(url_for("my_diary.open_diary"))
