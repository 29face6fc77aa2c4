"""Compressing a page for the way, where no proxy in front of us does."""

import gzip

from flask import Response, make_response, request


def packed(page: str) -> Response:
    """Return a page, compressed for a browser that takes it so.

    Only for one that says nothing back of what it was asked: the length of a page that held a secret beside
    something from the request would give that secret away.
    """
    response = make_response(page)
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"]:
        response.set_data(gzip.compress(page.encode(), mtime=0))
        response.content_encoding = "gzip"
    return response
