"""A file that is looked at first and loaded as shown; meanwhile it lies in the form, and nowhere else."""

import base64
import zlib
from binascii import Error as NotBase64
from io import BytesIO

from flask import request, session
from flask_babel import gettext as _

from wellbeing.csvfile import CsvFileError

# A form's other fields and its borders.
AROUND = 100_000


def take_more(largest: int) -> None:
    """Let somebody who is signed in send a file, and the same once more; it never lies on a disk.

    It comes back packed, and written in letters again.
    """
    if "_user_id" in session:
        request.max_form_memory_size = 2 * largest
        request.max_content_length = 2 * largest + AROUND
        # Larger files would be put into a temporary one.
        request._get_file_stream = lambda *_sizes, **_names: BytesIO()  # type: ignore[method-assign]


def chosen() -> bytes | None:
    """Return the file that was chosen, or nothing where one comes along with the form."""
    file = request.files.get("file")
    return file.stream.read() if file is not None and file.filename else None


def packed(text: str) -> str:
    """Return a file's text as it travels in a form."""
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def unpacked(field: str, largest: int) -> str:
    """Return the text that came back with a form; raise CsvFileError where it is not what was sent along."""
    opener = zlib.decompressobj()
    try:
        # A letter may take more bytes here than it took in the file.
        content = opener.decompress(base64.b64decode(field, validate=True), 4 * largest)
        text = content.decode()
    except (NotBase64, zlib.error, ValueError):
        text = ""
    if not text or not opener.eof:
        raise CsvFileError(_("The file did not come along. Choose it once more."))
    return text
