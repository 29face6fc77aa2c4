"""The site's texts, for an admin of the whole organisation: both languages, days, order, history."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing import site, uploads
from wellbeing.audit import Act
from wellbeing.content import arranging, editing
from wellbeing.content.checks import WordsRefused, checked
from wellbeing.content.editing import ChangedMeanwhile, EditRefused, NoSuchText, Typed
from wellbeing.content.kinds import KINDS, Kind
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.web import content_form, content_page
from wellbeing.web.access import everywhere_or_404, requires
from wellbeing.web.content_page import NEW, Shown
from wellbeing.web.forms import whole_number
from wellbeing.web.noted import noted

bp = Blueprint("content", __name__)

# What changes nothing.
PREVIEW = "preview"
# What a button beside a text asks for; its value is the text's key.
ARRANGE: dict[str, Callable[[Session, Kind, str], None]] = {
    "up": lambda session, kind, key: arranging.move(session, kind, key, -1),
    "down": lambda session, kind, key: arranging.move(session, kind, key, 1),
    "take_away": arranging.take_away,
    "offer_again": arranging.offer_again,
    "delete": editing.delete,
}


@bp.get("/admin/content/")
@requires(Permission.ADMINISTER)
def all_kinds() -> ResponseReturnValue:
    """Every kind of text, how many are offered, and what waits for its day."""
    everywhere_or_404(Permission.ADMINISTER)
    return content_page.all_kinds(db.session(), site.today(db.session()))


@bp.get("/admin/content/<kind>")
@requires(Permission.ADMINISTER)
def one_kind(kind: str) -> ResponseReturnValue:
    """The texts of a kind, in their order."""
    everywhere_or_404(Permission.ADMINISTER)
    return content_page.one_kind(db.session(), _kind_or_404(kind), site.today(db.session()))


@bp.post("/admin/content/<kind>")
@requires(Permission.ADMINISTER)
def arrange(kind: str) -> ResponseReturnValue:
    """One text is moved, taken away, offered again, or deleted for good."""
    everywhere_or_404(Permission.ADMINISTER)
    found, act = _kind_or_404(kind), _act(ARRANGE)
    key = request.form[act]
    noted(Act.TEXT_CHANGED, kind=found.name)
    try:
        ARRANGE[act](db.session(), found, key)
    except NoSuchText:
        abort(404)
    except EditRefused as refused:
        db.session.rollback()
        return content_page.one_kind(db.session(), found, site.today(db.session()), str(refused)), 422
    if act not in ("up", "down"):
        flash(_("Saved. Tablets show it within the hour."), "success")
    return redirect(url_for("content.one_kind", kind=kind, _anchor=None if act == "delete" else key))


@bp.get("/admin/content/<kind>/<key>")
@requires(Permission.ADMINISTER)
def one_text(kind: str, key: str) -> ResponseReturnValue:
    """One text, its form, how it looks, and what it said before; or the form of a new one."""
    everywhere_or_404(Permission.ADMINISTER)
    found = _kind_or_404(kind)
    try:
        return content_page.one_text(db.session(), Shown(found, key))
    except NoSuchText:
        abort(404)


@bp.post("/admin/content/<kind>/<key>")
@requires(Permission.ADMINISTER)
def change_text(kind: str, key: str) -> ResponseReturnValue:
    """Other words, other days, an earlier wording, or the shipped one."""
    everywhere_or_404(Permission.ADMINISTER)
    found, act = _kind_or_404(kind), _act(CHANGES)
    if act != PREVIEW:
        noted(Act.TEXT_CHANGED, kind=found.name)
    try:
        return CHANGES[act](found, key)
    except NoSuchText:
        abort(404)


def _save(kind: Kind, key: str) -> ResponseReturnValue:
    if key == NEW:
        return _add(kind)
    words, seen = content_form.sent(kind, request.form), request.form.get("mark", "")
    try:
        editing.save(db.session(), kind, key, Typed(words, seen, _clips()), site.now())
    except WordsRefused as refused:
        return _again(Shown(kind, key, words, refused.problems), 422)
    except ChangedMeanwhile:
        return _again(Shown(kind, key, words, meanwhile=True), 409)
    return _saved(kind, key)


def _add(kind: Kind) -> ResponseReturnValue:
    """Keep a new text; one with days is never shown before the first of them."""
    words, days = content_form.sent(kind, request.form), _days()
    try:
        span = arranging.span(*days)
    except EditRefused as refused:
        return _again(Shown(kind, NEW, words, days=days, refused_days=str(refused)), 422)
    try:
        key = editing.add(db.session(), kind, Typed(words, "", _clips(), span), site.now())
    except WordsRefused as refused:
        return _again(Shown(kind, NEW, words, refused.problems, days=days), 422)
    except EditRefused as refused:
        return _again(Shown(kind, NEW, words, refused=str(refused), days=days), 422)
    return _saved(kind, key)


def _days() -> tuple[str, str]:
    return request.form.get("begins", ""), request.form.get("ends", "")


def _preview(kind: Kind, key: str) -> ResponseReturnValue:
    """Show how words would look, and keep nothing of them."""
    words, seen = content_form.sent(kind, request.form), request.form.get("mark", "")
    days = _days() if key == NEW else ()
    try:
        kept = checked(kind, words, _clips())
    except WordsRefused as refused:
        return _again(Shown(kind, key, words, refused.problems, seen=seen, days=days), 422)
    return _again(Shown(kind, key, kept, seen=seen, previewed=True, days=days), 200)


def _schedule(kind: Kind, key: str) -> ResponseReturnValue:
    days = _days()
    try:
        arranging.schedule(db.session(), kind, key, *days, request.form.get("mark", ""))
    except EditRefused as refused:
        return _again(Shown(kind, key, days=days, refused_days=str(refused)), 422)
    except ChangedMeanwhile:
        sentence = _("Somebody else changed these days meanwhile. They are shown now; change them again.")
        return _again(Shown(kind, key, refused_days=sentence), 409)
    return _saved(kind, key)


def _restore(kind: Kind, key: str) -> ResponseReturnValue:
    version = whole_number(request.form["restore"])
    if version is None:
        abort(400)
    try:
        editing.restore(db.session(), kind, key, version, site.now(), _clips())
    except EditRefused as refused:
        return _again(Shown(kind, key, refused=str(refused)), 422)
    return _saved(kind, key)


def _as_shipped(kind: Kind, key: str) -> ResponseReturnValue:
    editing.as_shipped(db.session(), kind, key, site.now())
    return _saved(kind, key)


CHANGES: dict[str, Callable[[Kind, str], ResponseReturnValue]] = {
    "save": _save,
    PREVIEW: _preview,
    "schedule": _schedule,
    "restore": _restore,
    "as_shipped": _as_shipped,
}


def _again(shown: Shown, status: int) -> ResponseReturnValue:
    db.session.rollback()
    return content_page.one_text(db.session(), shown), status


def _saved(kind: Kind, key: str) -> ResponseReturnValue:
    flash(_("Saved. Tablets show it within the hour."), "success")
    return redirect(url_for("content.one_text", kind=kind.name, key=key))


def _clips() -> set[str]:
    return {upload.sha256 for upload in uploads.every(db.session())}


def _kind_or_404(name: str) -> Kind:
    return KINDS[name] if name in KINDS else abort(404)


def _act(known: dict[str, Any]) -> str:
    """Return the one thing that a form asks for: a button is called like it."""
    wanted = [act for act in known if act in request.form]
    return wanted[0] if len(wanted) == 1 else abort(400)
