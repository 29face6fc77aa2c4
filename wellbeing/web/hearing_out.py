"""Forms that may hold more than any other, and what is said to whoever sends too much."""

from flask import render_template, request, session
from flask_babel import gettext as _

CHUNK = 64 * 1024


def page(sentence: str, most: int) -> tuple[str, int]:
    """Return the page for a form that is too large; it reads nothing: nobody was asked who they are yet.

    A browser that is cut off while it sends shows its own error, and no reason. So up to ``most`` bytes are
    taken in and forgotten.
    """
    if "_user_id" in session:
        _hear_out(most)
    shown = render_template("errors/error.html", status=413, title=_("That did not work"), sentence=sentence)
    return shown, 413


def _hear_out(most: int) -> None:
    stream, left = request.environ["wsgi.input"], min(request.content_length or 0, most)
    while left > 0 and (piece := stream.read(min(left, CHUNK))):
        left -= len(piece)
