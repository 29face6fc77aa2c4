"""The house style of printed files: how texts, tables and cards are set on A4."""

from collections.abc import Iterator, Sequence
from typing import TypeAlias
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import CondPageBreak, Flowable, LongTable, Paragraph

from wellbeing.reports import pdf_fonts
from wellbeing.reports.drawing import Ink
from wellbeing.reports.pdf_drawing import colour

WIDTH, HEIGHT = A4
SIDE, TOP, BOTTOM = 50.0, 60.0, 52.0
# What is free on a page for its story: across and down.
ROOM, FREE = WIDTH - 2 * SIDE, HEIGHT - TOP - BOTTOM
SMALL = 8.5
CORNER = 9.0
PADDINGS = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")

Cell: TypeAlias = str | Flowable


def style(name: str, size: float, ink: Ink = Ink.INK, bold: bool = False, **more: float) -> ParagraphStyle:
    """Return a way to set a paragraph; ``more`` as reportlab names it, such as spaceBefore."""
    font = pdf_fonts.BOLD if bold else pdf_fonts.REGULAR
    set_ = {"leading": size * 1.36, "splitLongWords": 1, "allowWidows": 0, "allowOrphans": 0} | more
    return ParagraphStyle(name, fontName=font, fontSize=size, textColor=colour(ink), **set_)


TITLE = style("title", 23, bold=True, leading=27, spaceAfter=4)
HEADING = style("heading", 17, bold=True, leading=21, spaceAfter=2)
PART = style("part", 12, bold=True, spaceBefore=10, spaceAfter=2)
LEAD = style("lead", 11.5, Ink.SOFT, spaceAfter=4)
SAID = style("said", 10.5, spaceAfter=4)
HEADLINE = style("headline", 12.5, bold=True, leading=16, spaceBefore=4, spaceAfter=2)
NOTE = style("note", 9, Ink.SOFT, spaceAfter=3)
SMALL_SAID = style("small", 9.3, spaceAfter=2.5, leading=12.4)
HEAD = style("head", SMALL, bold=True, leading=10.5)
CELL = style("cell", SMALL, leading=10.5)
CELL_BOLD = style("cell bold", 9.5, bold=True, leading=11.5)
CELL_SOFT = style("cell soft", SMALL, Ink.SOFT, leading=10.5)


def said(text: str, how: ParagraphStyle = SAID) -> Paragraph:
    """Return a text as a paragraph; nothing in it is taken for markup."""
    return Paragraph(escape(pdf_fonts.printable(text)), how)


def part(title: str, room: float = 110) -> Iterator[Flowable]:
    """Yield a title within a page, on the next one where ``room`` points below it are not left on this."""
    yield CondPageBreak(room)
    yield said(title, PART)


class Bookmark(Flowable):
    """A place in the outline, without a size of its own."""

    def __init__(self, title: str) -> None:
        """Name the place."""
        super().__init__()
        self.title = pdf_fonts.printable(title)

    def wrap(self, *_room: float) -> tuple[float, float]:
        """Take no room."""
        return 0, 0

    def draw(self) -> None:
        """Note the place."""
        key = f"place{self.canv.getPageNumber()}-{self.title}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(self.title, key)


def table(
    columns: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[float], pale: Sequence[int] = ()
) -> LongTable:
    """Return a table as wide as the page, its columns by their shares; rows of ``pale`` are set softly."""
    total = sum(widths)
    head = [said(column, HEAD) for column in columns]
    cells = [head, *([_cell(cell) for cell in row] for row in rows)]
    made = LongTable(cells, [ROOM * share / total for share in widths], repeatRows=1, hAlign="LEFT")
    made.setStyle([*_lines(), *(("TEXTCOLOR", (0, at + 1), (-1, at + 1), colour(Ink.SOFT)) for at in pale)])
    return made


def card(inside: Sequence[Flowable]) -> LongTable:
    """Return something to be seen first, on a coloured ground with round corners."""
    made = LongTable([[list(inside)]], [ROOM], hAlign="LEFT", cornerRadii=[CORNER] * 4)
    everywhere = (0, 0), (-1, -1)
    padding = [(side, *everywhere, points) for side, points in zip(PADDINGS, (12, 12, 9, 9), strict=True)]
    made.setStyle([("BACKGROUND", *everywhere, colour(Ink.TEAL_WASH)), *padding])
    return made


def _cell(cell: Cell) -> Cell:
    return pdf_fonts.printable(cell) if isinstance(cell, str) else cell


def _lines() -> Iterator[tuple[object, ...]]:
    everywhere = (0, 0), (-1, -1)
    yield "FONT", *everywhere, pdf_fonts.REGULAR, SMALL, SMALL * 1.2
    yield "TEXTCOLOR", *everywhere, colour(Ink.INK)
    yield "VALIGN", *everywhere, "MIDDLE"
    yield "LEFTPADDING", *everywhere, 0
    yield "RIGHTPADDING", *everywhere, 6
    yield "TOPPADDING", *everywhere, 1.5
    yield "BOTTOMPADDING", *everywhere, 1.9
    yield "VALIGN", (0, 0), (-1, 0), "BOTTOM"
    yield "LINEBELOW", (0, 0), (-1, 0), 0.8, colour(Ink.SOFT)
    yield "LINEBELOW", (0, 1), (-1, -1), 0.4, colour(Ink.LINE)
