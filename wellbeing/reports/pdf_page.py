"""The house style of printed files: A4, a quiet header, numbered pages, one way to set each kind of text.

Nothing in such a file comes from the clock, from chance or from the machine, so that the same texts are the
same bytes. The library writes no tags: a screen reader finds the outline, the language and the texts in
order; what a picture shows, a table says again.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from xml.sax.saxutils import escape

from flask_babel import get_locale
from flask_babel import gettext as _
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    LongTable,
    PageTemplate,
    Paragraph,
)

from wellbeing.reports import pdf_fonts
from wellbeing.reports.drawing import Ink
from wellbeing.reports.pdf_drawing import colour

PRODUCT = "Second Wind"
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
CELL = style("cell", SMALL, leading=10.5)
CELL_BOLD = style("cell bold", 9.5, bold=True, leading=11.5)
CELL_SOFT = style("cell soft", SMALL, Ink.SOFT, leading=10.5)


@dataclass(frozen=True)
class About:
    """What a file is: its title, what stands in every header, and the day that it gives as its own."""

    title: str
    header: str
    made: date
    numbered: bool = True


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
    cells = [[_cell(cell) for cell in row] for row in (columns, *rows)]
    made = LongTable(cells, [ROOM * share / total for share in widths], repeatRows=1, hAlign="LEFT")
    made.setStyle([*_lines(), *(("TEXTCOLOR", (0, at + 1), (-1, at + 1), _soft()) for at in pale)])
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


def _soft() -> Color:
    return colour(Ink.SOFT)


def _lines() -> Iterator[tuple[object, ...]]:
    everywhere = (0, 0), (-1, -1)
    yield "FONT", *everywhere, pdf_fonts.REGULAR, SMALL, SMALL * 1.2
    yield "TEXTCOLOR", *everywhere, colour(Ink.INK)
    yield "VALIGN", *everywhere, "MIDDLE"
    yield "LEFTPADDING", *everywhere, 0
    yield "RIGHTPADDING", *everywhere, 6
    yield "TOPPADDING", *everywhere, 1.5
    yield "BOTTOMPADDING", *everywhere, 1.9
    yield "FONT", (0, 0), (-1, 0), pdf_fonts.BOLD, SMALL, SMALL * 1.2
    yield "LINEBELOW", (0, 0), (-1, 0), 0.8, colour(Ink.SOFT)
    yield "LINEBELOW", (0, 1), (-1, -1), 0.4, colour(Ink.LINE)


class _Numbered(Canvas):
    """A canvas that writes "Page 2 of 7" on each page once it knows how many there are."""

    def save(self) -> None:
        """Write the page numbers, and the file."""
        total = self.getPageNumber() - 1
        for page in range(1, total + 1):
            self.beginForm(_number(page), 0, 0, WIDTH, HEIGHT)
            self.setFont(pdf_fonts.REGULAR, SMALL)
            self.setFillColor(_soft())
            text = _("Page %(page)s of %(total)s", page=page, total=total)
            self.drawRightString(WIDTH - SIDE, 30, pdf_fonts.printable(text))
            self.endForm()
        super().save()


def _number(page: int) -> str:
    return f"number{page}"


def written(about: About, story: Sequence[Flowable]) -> bytes:
    """Return a file of A4 pages: the same texts give the same bytes."""
    out = io.BytesIO()
    template = BaseDocTemplate(
        out,
        pagesize=A4,
        title=pdf_fonts.printable(about.title),
        author="",
        subject=pdf_fonts.printable(about.header),
        creator=PRODUCT,
        lang=str(get_locale() or "en"),
        displayDocTitle=1,
        invariant=1,
        pageCompression=1,
    )
    frame = Frame(SIDE, BOTTOM, ROOM, FREE, 0, 0, 0, 0)
    template.addPageTemplates(PageTemplate("page", [frame], onPage=_dressed(about)))
    template.build(list(story), canvasmaker=_Numbered if about.numbered else Canvas)
    return out.getvalue()


def _dressed(about: About) -> Callable[[Canvas, BaseDocTemplate], None]:
    """Return what draws a page's header and footer."""

    def dress(canvas: Canvas, _template: BaseDocTemplate) -> None:
        dated(canvas, about.made)
        header(canvas, about.header)
        if about.numbered:
            canvas.doForm(_number(canvas.getPageNumber()))

    return dress


def dated(canvas: Canvas, made: date) -> None:
    """Give a file its day, where the library would write one of its own."""
    canvas.setDateFormatter(lambda *_now: f"D:{made:%Y%m%d}040000Z")


def header(canvas: Canvas, right: str) -> None:
    """Write the product's name and what the file is above a line."""
    level = HEIGHT - 36
    canvas.setFont(pdf_fonts.BOLD, 10.5)
    canvas.setFillColor(colour(Ink.TEAL))
    canvas.drawString(SIDE, level, PRODUCT)
    canvas.setFont(pdf_fonts.REGULAR, SMALL)
    canvas.setFillColor(_soft())
    room = ROOM - pdf_fonts.width(PRODUCT, 10.5, bold=True) - 20
    canvas.drawRightString(WIDTH - SIDE, level, pdf_fonts.cut(pdf_fonts.printable(right), room, SMALL))
    canvas.setStrokeColor(colour(Ink.LINE))
    canvas.setLineWidth(0.6)
    canvas.line(SIDE, level - 8, WIDTH - SIDE, level - 8)
