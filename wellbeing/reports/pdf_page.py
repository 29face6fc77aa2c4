"""A printed file as a whole: A4, a quiet header, numbered pages, a title, a language and a day.

Nothing in such a file comes from the clock, from chance or from the machine, so that the same texts are the
same bytes. The library writes no tags: a screen reader finds the outline, the language and the texts in
order; what a picture shows, a table says again.
"""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import get_locale
from flask_babel import gettext as _
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from wellbeing.reports import pdf_fonts
from wellbeing.reports.drawing import Ink
from wellbeing.reports.pdf_drawing import colour
from wellbeing.reports.pdf_parts import BOTTOM, FREE, HEIGHT, ROOM, SIDE, SMALL, WIDTH

PRODUCT = "Second Wind"
# Streams of bytes as they are; as letters they would be a quarter longer.
rl_config.useA85 = 0


@dataclass(frozen=True)
class About:
    """What a file is: its title, what stands in every header, and the day that it gives as its own."""

    title: str
    header: str
    made: date
    numbered: bool = True


class _Numbered(Canvas):
    """A canvas that writes "Page 2 of 7" on each page once it knows how many there are."""

    def save(self) -> None:
        """Write the page numbers, and the file."""
        total = self.getPageNumber() - 1
        for page in range(1, total + 1):
            self.beginForm(_number(page), 0, 0, WIDTH, HEIGHT)
            self.setFont(pdf_fonts.REGULAR, SMALL)
            self.setFillColor(colour(Ink.SOFT))
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
    template.addPageTemplates(PageTemplate("page", [frame], onPage=_head(about), onPageEnd=_foot(about)))
    template.build(list(story), canvasmaker=_Numbered if about.numbered else Canvas)
    return out.getvalue()


def _head(about: About) -> Callable[[Canvas, BaseDocTemplate], None]:
    """Return what begins each page."""

    def begin(canvas: Canvas, _template: BaseDocTemplate) -> None:
        _dated(canvas, about.made)
        _header(canvas, about.header)

    return begin


def _foot(about: About) -> Callable[[Canvas, BaseDocTemplate], None]:
    """Return what ends each page, so that its number is read last."""

    def end(canvas: Canvas, _template: BaseDocTemplate) -> None:
        if about.numbered:
            canvas.doForm(_number(canvas.getPageNumber()))

    return end


def _dated(canvas: Canvas, made: date) -> None:
    """Give a file its day, where the library would write one of its own."""
    canvas.setDateFormatter(lambda *_now: f"D:{made:%Y%m%d}040000Z")


def _header(canvas: Canvas, right: str) -> None:
    """Write the product's name and what the file is above a line."""
    level = HEIGHT - 36
    canvas.setFont(pdf_fonts.BOLD, 10.5)
    canvas.setFillColor(colour(Ink.TEAL))
    canvas.drawString(SIDE, level, PRODUCT)
    canvas.setFont(pdf_fonts.REGULAR, SMALL)
    canvas.setFillColor(colour(Ink.SOFT))
    room = ROOM - pdf_fonts.width(PRODUCT, 10.5, bold=True) - 20
    canvas.drawRightString(WIDTH - SIDE, level, pdf_fonts.cut(pdf_fonts.printable(right), room, SMALL))
    canvas.setStrokeColor(colour(Ink.LINE))
    canvas.setLineWidth(0.6)
    canvas.line(SIDE, level - 8, WIDTH - SIDE, level - 8)
