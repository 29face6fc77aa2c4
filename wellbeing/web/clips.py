"""Clips and pictures: an admin of the whole organisation uploads them, everybody may see them."""

import re

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    redirect,
    render_template,
    request,
    send_file,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge

from wellbeing import audit, site, uploads
from wellbeing.audit import Act
from wellbeing.models.base import db
from wellbeing.models.content import Upload
from wellbeing.permissions import Permission
from wellbeing.uploads import Sent, UploadRefused
from wellbeing.web import hearing_out
from wellbeing.web.access import everywhere_or_404, public, requires
from wellbeing.web.noted import noted

bp = Blueprint("clips", __name__)

SHA256 = re.compile("[0-9a-f]{64}")
# A form's other fields and its borders.
AROUND = 20_000
# What is larger by far is cut off.
HEARD_OUT = 10 * uploads.LARGEST
# Opened by itself a clip may do nothing but show itself.
ALONE = "default-src 'none'; img-src 'self'; media-src 'self'; frame-ancestors 'none'; sandbox"


@bp.url_value_preprocessor
def take_more(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let somebody who is signed in send more than any other form may hold, here alone.

    Whether they may is asked after their form was read: only then is the database, which others write to.
    """
    if endpoint == "clips.upload" and "_user_id" in session:
        request.max_content_length = uploads.LARGEST + AROUND


@bp.get("/admin/clips")
@requires(Permission.ADMINISTER)
def clips() -> ResponseReturnValue:
    """What was uploaded, and the form for more."""
    everywhere_or_404(Permission.ADMINISTER)
    return _page()


@bp.post("/admin/clips")
@requires(Permission.ADMINISTER)
def upload() -> ResponseReturnValue:
    """A clip or picture is kept, if it is one."""
    everywhere_or_404(Permission.ADMINISTER)
    sent, title = request.files.get("file"), request.form.get("title", "")
    try:
        if sent is None:
            raise UploadRefused(_("Choose a file that is not empty."))
        found, today = Sent(sent.stream, sent.filename or "", title), site.today(db.session())  # type: ignore[arg-type]
        by, now = current_user.id, site.now()
        # A large file takes a moment to write; nobody should wait meanwhile for the lock of what was read.
        db.session.rollback()
        audit.note(db.session(), Act.CLIP_CHANGED, by, now, facts={"state": "uploaded"})
        uploads.keep(db.session(), site.config().instance, found, today)
    except UploadRefused as refused:
        db.session.rollback()
        return _page(str(refused), title), 422
    flash(_("Kept. Choose it now for a text of the heart-happy list."), "success")
    return redirect(url_for("clips.clips"))


@bp.post("/admin/clips/delete")
@requires(Permission.ADMINISTER)
def delete() -> ResponseReturnValue:
    """A clip that no text shows is deleted."""
    everywhere_or_404(Permission.ADMINISTER)
    found = _found(request.form.get("clip", ""))
    if found is None:
        abort(404)
    noted(Act.CLIP_CHANGED, state="deleted")
    try:
        uploads.remove(db.session(), site.config().instance, found)
    except UploadRefused as refused:
        db.session.rollback()
        return _page(str(refused)), 422
    flash(_("Deleted."), "success")
    return redirect(url_for("clips.clips"))


@bp.get("/clips/<sha256>")
@public
def clip(sha256: str) -> ResponseReturnValue:
    """One clip as it was uploaded, whole or the range that a player asks for; it never changes."""
    found = _found(sha256)
    path = uploads.folder(site.config().instance) / sha256
    if found is None or not path.is_file():
        abort(404)
    answer: Response = send_file(
        path.resolve(),
        mimetype=found.media_type,
        download_name=f"{sha256[:12]}{uploads.ENDINGS[found.media_type][0]}",
        conditional=True,
        etag=sha256,
        max_age=31536000,
    )
    answer.cache_control.public, answer.cache_control.immutable = True, True
    answer.headers["Content-Security-Policy"] = ALONE
    answer.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return answer


@bp.errorhandler(RequestEntityTooLarge)
def refuse_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say how large a file may be."""
    return hearing_out.page(uploads.too_large(), HEARD_OUT)


def _found(sha256: str) -> Upload | None:
    return db.session.get(Upload, sha256) if SHA256.fullmatch(sha256) else None


def _page(refused: str = "", title: str = "") -> str:
    return render_template(
        "content/clips.html",
        clips=uploads.every(db.session()),
        refused=refused,
        typed=title,
        most=uploads.LARGEST // 1_000_000,
        accept=",".join(ending for endings in uploads.ENDINGS.values() for ending in endings),
    )
