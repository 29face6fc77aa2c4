"""What people are told when something does not work: one sentence, the right status, and nothing leaked."""

import logging

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from wellbeing import full_disk, moved
from wellbeing.access_log import NotLogged
from wellbeing.diary.sealing import CannotOpen
from wellbeing.site import NotSetUp
from wellbeing.web.sessions import speaks_by_token

logger = logging.getLogger(__name__)

COUNTER_CODES = {400: "bad_request", 404: "not_found", 413: "too_large"}


def init_app(app: Flask) -> None:
    """Hang the error pages on the app."""
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(NotSetUp, _not_set_up)
    app.register_error_handler(NotLogged, _not_logged)
    app.register_error_handler(CannotOpen, _does_not_open)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(Exception, _unexpected)


def _refused(error: HTTPException) -> ResponseReturnValue:
    status = error.code or 500
    return _page(status, _sentence(status))


def _stale_form(_error: CSRFError) -> ResponseReturnValue:
    return _page(
        400, _("This form is too old, or was not sent from our page. Go back, reload and try again.")
    )


def _not_set_up(_error: NotSetUp) -> ResponseReturnValue:
    return _page(503, _("This site is not set up yet. Whoever runs it can do so with “flask site create”."))


def _not_logged(_error: NotLogged) -> ResponseReturnValue:
    sentence = _(
        "Whoever opens or downloads figures is noted by role and day, and that could not be done just now. "
        "So nothing is shown. Try again in a few minutes; if it stays like this, tell whoever runs the site."
    )
    return _page(503, sentence)


def _does_not_open(_error: CannotOpen) -> ResponseReturnValue:
    """Whoever writes into the database can put a key of their own in somebody's place; here it is seen."""
    logger.error("something in a diary does not open with its owner's key")
    sentence = _(
        "Something in your diary does not open with your key: it was changed on the server. Write nothing "
        "here that nobody else may read, and tell whoever runs the site."
    )
    return _page(500, sentence)


def _database(error: DBAPIError) -> ResponseReturnValue:
    """What is left of a site that was moved takes no row; all else of a database is nobody's to read."""
    if not moved.refused(error):
        return _unexpected(error)
    sentence = _(
        "This site was moved to another database, and nothing can be saved here any more. Whoever runs it "
        "has to start it again with the new one; what waits on tablets and phones is sent then."
    )
    return _page(503, sentence)


def _unexpected(error: Exception) -> ResponseReturnValue:
    if full_disk.is_full(error):
        logger.error("the disk is full, or cannot be written")
        sentence = _(
            "Nothing can be saved at the moment: the server's disk is full. Tell whoever runs the site; "
            "what tablets and phones keep is sent later."
        )
        return _page(503, sentence)
    # The text of an exception may quote what somebody sent, so only its kind and its place are logged.
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_name}:{place.tb_lineno}" if place else "nowhere"
    logger.error("unexpected %s in %s", type(error).__name__, where)
    return _page(500, _sentence(500))


def _sentence(status: int) -> str:
    sentences = {
        400: _("That request could not be understood."),
        404: _("There is no such page, or it is not yours to see."),
        405: _("That page cannot be used in this way."),
        413: _("That is too large."),
        429: _("Too many tries. Wait a quarter of an hour, then try again."),
        500: _("Something went wrong on our side. Nothing was half saved; please try again."),
    }
    return sentences.get(status, _("That did not work."))


def _page(status: int, sentence: str) -> ResponseReturnValue:
    if request.path.startswith(("/counter/", "/phone/")):
        return jsonify(error=sentence, code=COUNTER_CODES.get(status, "unavailable")), status
    title, by_token = _("That did not work"), speaks_by_token(request.path)
    page = render_template(
        "errors/error.html", status=status, title=title, sentence=sentence, by_token=by_token
    )
    return page, status
