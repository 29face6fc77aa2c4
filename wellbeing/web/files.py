"""The formats of a summary: what makes each, what it is called, and which choices are too large for it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from wellbeing.reports import exports, json_file, pdf_report, xlsx_file
from wellbeing.reports.exports import Selection, Sessions

Pieces = Iterator[bytes] | Iterator[str]


@dataclass(frozen=True)
class Format:
    """A format: what it is called, and what makes it."""

    label: LazyString
    mimetype: str
    pieces: Callable[[Sessions, Selection], Pieces]


FORMATS = {
    "pdf": Format(_l("Report (PDF)"), "application/pdf", pdf_report.pieces),
    "xlsx": Format(
        _l("Workbook (Excel)"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        xlsx_file.pieces,
    ),
    "csv": Format(_l("Lines (CSV)"), "text/csv", exports.pieces),
    "json": Format(_l("For programs (JSON)"), "application/json", json_file.pieces),
}


def too_long(format: str, selection: Selection, blocks: int) -> str:
    """Return why a choice is too large for a format; nothing where it is not."""
    try:
        if format == "pdf":
            pdf_report.refuse_long(selection)
        if format == "xlsx":
            xlsx_file.refuse_long(blocks)
    except (exports.TooLong, pdf_report.TooLong) as reason:
        return str(reason)
    return ""
