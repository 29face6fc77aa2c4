"""Sends a file while it is made, piece by piece; what fails at its beginning still becomes a page."""

from collections.abc import Iterator

from flask import Response, stream_with_context
from flask_babel import force_locale

from wellbeing.reports import reading
from wellbeing.reports.exports import Selection
from wellbeing.web.files import FORMATS, Pieces


def download(format: str, selection: Selection, language: str, blocks: int) -> Response:
    """Return a file to be kept, its first piece made before anything is sent.

    ``X-Blocks`` tells how many blocks it will have, so that a page can say how far it is. Where a block is a
    line, ``X-Lines`` tells how many lines it has at least: one that was cut on its way may look whole.
    """
    made = FORMATS[format]
    with force_locale(language):
        pieces = made.pieces(reading.session, selection)
        first = next(pieces, None)
    name = selection.file_name(format)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Blocks": str(blocks)}
    if isinstance(first, str):
        headers["X-Lines"] = str(first.count("\n") + blocks)
    sent = stream_with_context(_sent(first, pieces, language))
    return Response(sent, mimetype=made.mimetype, headers=headers)


def _sent(first: bytes | str | None, pieces: Pieces, language: str) -> Iterator[bytes]:
    """Yield the pieces as bytes; whoever stops listening ends their making too."""
    piece = first
    try:
        while piece is not None:
            yield piece.encode() if isinstance(piece, str) else piece
            with force_locale(language):
                piece = next(pieces, None)
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()
