"""My data: what is kept of me and where, to read, to take along, to pause and to delete."""

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import leaving, site
from wellbeing.about_me import stored
from wellbeing.diary import agreeing, dictionary, export, opening, pausing, retention
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.sign_in import confirm
from wellbeing.tries import Refusal, SignInRefused
from wellbeing.web import data_page, entering, unlocked
from wellbeing.web.access import public, signed_in
from wellbeing.web.data_forms import KeptDaysForm, LeaveForm
from wellbeing.web.forms import whole_number
from wellbeing.web.only_reading import only_reading
from wellbeing.web.own_file import own_file
from wellbeing.web.unlocked import with_open_diary

bp = Blueprint("my_data", __name__)


@bp.get("/my/data")
@signed_in
def data() -> ResponseReturnValue:
    """What is kept of me by name, and what I can do with my diary."""
    return _page(None)


def _page(form: KeptDaysForm | None, status: int = 200) -> ResponseReturnValue:
    diary = opening.diary_of(db.session(), current_user.id)
    if form is None and diary is not None:
        form = KeptDaysForm(formdata=None, kept_days=diary.kept_days, note_days=diary.note_days)
    page = render_template(
        "mine/data.html",
        by_name=stored.by_name(db.session(), current_user.id),
        diary=diary,
        is_open=unlocked.private_key() is not None,
        form=form,
    )
    return page, status


@bp.get("/my/data/receipt")
@with_open_diary
def receipt() -> ResponseReturnValue:
    """What left my diary, the newest weeks first."""
    return _receipt(1)


def _receipt(number: int) -> str:
    found = data_page.kept()
    weeks, has_older = data_page.weeks(found, number)
    return render_template(
        "mine/receipt.html",
        weeks=weeks,
        has_older=has_older,
        number=number,
        inside=found.receipt.inside,
        today=site.today(db.session()),
    )


@bp.post("/my/data/receipt")
@with_open_diary
def older() -> ResponseReturnValue:
    """Older weeks; which ones stands in the body, because no address may tell how far a diary goes back."""
    number = whole_number(request.form.get("page")) or 1
    with only_reading():
        return _receipt(number)


@bp.get("/my/data/dictionary")
@signed_in
def meanings() -> ResponseReturnValue:
    """What the columns of the files mean, and the words of their keys."""
    return render_template(
        "mine/dictionary.html",
        meanings=dictionary.meanings(),
        words=data_page.words(),
        version=export.FORMAT_VERSION,
    )


@bp.get("/my/data/export.csv")
@with_open_diary
def as_csv() -> ResponseReturnValue:
    """My diary as lines for a spreadsheet."""
    return own_file("csv", "text/csv", export.csv_text(data_page.kept()))


@bp.get("/my/data/export.json")
@signed_in
def as_json() -> ResponseReturnValue:
    """Everything that is kept of me: the open diary with its receipt, and what is kept by name."""
    if opening.diary_of(db.session(), current_user.id) and unlocked.private_key() is None:
        return redirect(url_for("my_diary.open_diary", next=url_for("my_data.data")))
    by_name = [*stored.by_name(db.session(), current_user.id), data_page.done_about_me()]
    today = site.today(db.session())
    text = export.json_text(data_page.kept(), by_name, data_page.words(), today)
    return own_file("json", "application/json", text)


@bp.post("/my/data/pause")
@signed_in
def pause() -> ResponseReturnValue:
    """My diary paused, or taken up again; it need not be open for that."""
    wanted = request.form.get("paused")
    if wanted not in ("yes", "no"):
        abort(400)
    paused, diary = wanted == "yes", opening.diary_of(db.session(), current_user.id)
    if not paused and diary is not None and agreeing.is_behind(diary):
        db.session.rollback()
        return redirect(url_for("my_agreement.agreement"))
    if not pausing.pause(db.session(), current_user.id, paused):
        abort(404)
    if paused:
        flash(_("Paused. What you tap from now on is not kept in your diary."), "success")
    else:
        flash(_("Your diary goes on. What you tapped meanwhile is not in it."), "success")
    return redirect(url_for("my_data.data"))


@bp.post("/my/data/days")
@with_open_diary
def keep_for() -> ResponseReturnValue:
    """For how long my entries and notes are kept, past ones too."""
    form, private = KeptDaysForm(), unlocked.private_key()
    if private is None or not form.validate():
        return _page(form, 422)
    days = (form.kept_days.data, form.note_days.data)
    server_key = site.config().secrets.server_key
    retention.change_days(db.session().connection(), server_key, current_user.id, private, *days)
    db.session.commit()
    flash(_("Kept. It holds for what is in your diary already, too."), "success")
    return redirect(url_for("my_data.data"))


@bp.get("/my/data/leave")
@signed_in
def leave() -> ResponseReturnValue:
    """What goes and what stays when I delete my diary, or leave."""
    return _leave_page(LeaveForm(formdata=None))


def _leave_page(form: LeaveForm, status: int = 200) -> ResponseReturnValue:
    _only_what_is_asked(form)
    page = render_template(
        "mine/leave.html",
        form=form,
        diary=opening.diary_of(db.session(), current_user.id),
        is_last_admin=leaving.is_last_admin(db.session(), current_user.id),
    )
    return page, status


def _only_what_is_asked(form: LeaveForm) -> None:
    """Ask for the password or, of somebody who has none, for a word."""
    if "password" in form and "word" in form:
        has_password = db.session.get_one(Person, current_user.id).password_hash is not None
        del form["word" if has_password else "password"]


@bp.post("/my/data/leave")
@signed_in
def go() -> ResponseReturnValue:
    """My diary deleted, or everything that has my name, at once; which of them says the button."""
    form, person_id = LeaveForm(), current_user.id
    everything = request.form.get("what") == "everything"
    if not _is_me(form, person_id):
        return _leave_page(form, 422)
    server_key = site.config().secrets.server_key
    if not everything:
        leaving.delete_diary(db.session(), server_key, person_id)
        session.pop(unlocked.SECRET, None)
        flash(_("Your diary is deleted, with everything that was in it."), "success")
        return redirect(url_for("my_data.data"))
    try:
        leaving.leave(db.session(), server_key, person_id)
    except leaving.LastAdmin:
        return _leave_page(LeaveForm(formdata=None), 422)
    return _signed_out()


def _is_me(form: LeaveForm, person_id: int) -> bool:
    _only_what_is_asked(form)
    if not form.validate():
        return False
    if "password" in form:
        try:
            confirm(db.session(), person_id, form.password.data or "", site.now())
        except SignInRefused as refused:
            wrong = _("This is not your password. Nothing was deleted.")
            form.password.errors = [refused.sentence if refused.reason is Refusal.LOCKED else wrong]
            return False
    return True


def _signed_out() -> ResponseReturnValue:
    entering.leave()
    return redirect(url_for("my_data.gone"))


@bp.get("/left")
@public
def gone() -> ResponseReturnValue:
    """The last page: what is gone, and what stays."""
    return render_template("mine/gone.html")
