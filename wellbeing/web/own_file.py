"""A file of one's own to take away: its name says nothing but the day."""

from flask import Response

from wellbeing import site
from wellbeing.diary import export
from wellbeing.models.base import db


def own_file(format: str, mimetype: str, text: str) -> Response:
    """Return a text as a file to be kept."""
    name = export.file_name(site.today(db.session()), format)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, mimetype=mimetype, headers=headers)
