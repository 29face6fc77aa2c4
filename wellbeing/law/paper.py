"""A document as a PDF: the same words as on the page, and the same bytes for the same words."""

from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, Paragraph, Spacer

from wellbeing.law.document import Document, Line, Part, Points, Said, Section, Table, runs
from wellbeing.reports import pdf_fonts, pdf_parts
from wellbeing.reports.drawing import Ink
from wellbeing.reports.pdf_drawing import colour
from wellbeing.reports.pdf_page import About, written
from wellbeing.reports.pdf_parts import Bookmark

BODY = pdf_parts.style("law", 9.6, spaceAfter=4, leading=13)
POINT = pdf_parts.style("law point", 9.6, spaceAfter=3, leading=13, leftIndent=12, bulletIndent=2)
IN_TABLE = pdf_parts.style("law cell", 8.5, leading=11)
IN_TABLE_BOLD = pdf_parts.style("law first", 8.5, bold=True, leading=11)
MISSING = HexColor("#8a3b00")
# The shares of columns, by how many there are; where the first only names something, it needs less room.
WIDTHS = {2: (45, 55), 4: (20, 13, 37, 30)}
NAMED = (22, 78)
LONGEST_NAME = 60
FOR_WRITING = 44


def pdf(document: Document, made: date) -> bytes:
    """Return the file; its page numbers and its language are those of the moment."""
    header = f"{document.organisation} · {document.title}" if document.organisation else document.title
    return written(About(document.title, header, made), list(_story(document)))


def _story(document: Document) -> Iterator[Flowable]:
    yield _set(document.title, pdf_parts.TITLE)
    yield _set(" · ".join(text for text in (document.organisation, document.version) if text), pdf_parts.LEAD)
    yield pdf_parts.card([_set(document.note, pdf_parts.SMALL_SAID)])
    if document.changed:
        yield from pdf_parts.part(document.changed_title)
        yield from (_point(text) for text in document.changed)
    for section in document.sections:
        yield from _section(section)


def _section(section: Section) -> Iterator[Flowable]:
    yield from pdf_parts.part(section.title, room=90)
    yield Bookmark(section.title)
    for part in section.parts:
        yield from _part(part)


def _part(part: Part) -> Iterator[Flowable]:
    if isinstance(part, Said):
        yield _set(part.text)
    elif isinstance(part, Points):
        yield from (_point(text) for text in part.texts)
    elif isinstance(part, Line):
        rule = HRFlowable(width="100%", thickness=0.6, color=colour(Ink.SOFT), spaceAfter=8)
        yield KeepTogether([_set(part.text, pdf_parts.NOTE), Spacer(1, FOR_WRITING), rule])
    else:
        yield _table(part)
        yield Spacer(1, 6)


def _table(table: Table) -> Flowable:
    names = all(len(row[0]) <= LONGEST_NAME for row in table.rows)
    first = IN_TABLE_BOLD if names or len(table.columns) > 2 else IN_TABLE
    rows = [[_set(cell, IN_TABLE if at else first) for at, cell in enumerate(row)] for row in table.rows]
    widths = NAMED if names and len(table.columns) <= 2 else WIDTHS[len(table.columns)]
    made = pdf_parts.table(table.columns or ("", ""), rows, widths)
    made.setStyle([("VALIGN", (0, 1), (-1, -1), "TOP"), ("TOPPADDING", (0, 1), (-1, -1), 3)])
    return made


def _point(text: str) -> Paragraph:
    return Paragraph(_marked(text), POINT, bulletText="•")


def _set(text: str, how: pdf_parts.ParagraphStyle = BODY) -> Paragraph:
    return Paragraph(_marked(text), how)


def _marked(text: str) -> str:
    """Return a text as the library takes it, what is missing in bold and between brackets."""
    return "".join(
        f'<font name="{pdf_fonts.BOLD}" color="{MISSING.hexval().replace("0x", "#")}">[{said}]</font>'
        if missing
        else said
        for said, missing in ((escape(pdf_fonts.printable(run.text)), run.missing) for run in runs(text))
    )
