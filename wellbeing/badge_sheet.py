"""Badges to print: cards of a credit card's size on sheets of A4, with marks where to cut."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_babel import get_locale
from flask_babel import gettext as _
from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from wellbeing.reports import pdf_fonts
from wellbeing.reports.drawing import Ink
from wellbeing.reports.pdf_drawing import colour

PRODUCT = "Second Wind"
WIDTH, HEIGHT = A4
# ISO/IEC 7810, ID-1.
CARD_WIDTH, CARD_HEIGHT = 85.6 * mm, 53.98 * mm
ACROSS, DOWN = 2, 5
ON_A_SHEET = ACROSS * DOWN
LEFT, BELOW = (WIDTH - ACROSS * CARD_WIDTH) / 2, (HEIGHT - DOWN * CARD_HEIGHT) / 2
EDGE, MARK, GAP = 5 * mm, 4 * mm, 2 * mm
QR_SIDE, BAR_HEIGHT = 24 * mm, 14 * mm
# 24 digits are 12 symbols of 11 modules, with start, check and stop; ten quiet modules stand on each side.
BAR_WIDTH = (CARD_WIDTH - 2 * EDGE) / (12 * 11 + 11 + 11 + 13)
NAME_SIZES, NAME_HEIGHT = (15.0, 13.5, 12.0, 10.5, 9.0), 46.0
LINE, TEAM_SIZE, SMALL = 1.2, 9.5, 7.5


@dataclass(frozen=True)
class Card:
    """What is printed on one badge."""

    name: str
    team: str
    badge: str


def sheet(title: str, cards: Sequence[Card]) -> bytes:
    """Return a PDF of all cards, ten on a page; ``title`` stands at the head of every page."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, lang=str(get_locale()), pageCompression=1)
    canvas.setTitle(title)
    canvas.setAuthor(PRODUCT)
    pages = [cards[first : first + ON_A_SHEET] for first in range(0, len(cards), ON_A_SHEET)]
    for number, page in enumerate(pages, start=1):
        _margins(canvas, title, _("Page %(page)s of %(total)s", page=number, total=len(pages)))
        for place, card in enumerate(page):
            row, column = divmod(place, ACROSS)
            _card(canvas, card, LEFT + column * CARD_WIDTH, BELOW + (DOWN - 1 - row) * CARD_HEIGHT)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _margins(canvas: Canvas, title: str, number: str) -> None:
    _write(canvas, title, LEFT, HEIGHT - 6.5 * mm, SMALL, Ink.SOFT, room=ACROSS * CARD_WIDTH)
    how = _("Print at actual size, on card. Cut from mark to mark.")
    room = ACROSS * CARD_WIDTH - pdf_fonts.width(pdf_fonts.printable(number), SMALL) - EDGE
    _write(canvas, how, LEFT, 5 * mm, SMALL, Ink.SOFT, room=room)
    canvas.drawRightString(LEFT + ACROSS * CARD_WIDTH, 5 * mm, pdf_fonts.printable(number))
    canvas.setStrokeColor(black)
    canvas.setLineWidth(0.4)
    canvas.lines(list(_marks()))


def _marks() -> Iterator[tuple[float, float, float, float]]:
    """Yield the lines that lead from the edges of the sheet to each cut, and end before the cards begin."""
    top, right = BELOW + DOWN * CARD_HEIGHT, LEFT + ACROSS * CARD_WIDTH
    for column in range(ACROSS + 1):
        x = LEFT + column * CARD_WIDTH
        yield x, top + GAP, x, top + GAP + MARK
        yield x, BELOW - GAP, x, BELOW - GAP - MARK
    for row in range(DOWN + 1):
        y = BELOW + row * CARD_HEIGHT
        yield LEFT - GAP, y, LEFT - GAP - MARK, y
        yield right + GAP, y, right + GAP + MARK, y


def _card(canvas: Canvas, card: Card, left: float, below: float) -> None:
    top = below + CARD_HEIGHT - EDGE
    room = CARD_WIDTH - QR_SIDE - 3 * EDGE
    size, lines = _name(pdf_fonts.printable(card.name), room)
    at = top
    for line in lines:
        at -= size * LINE
        _write(canvas, line, left + EDGE, at, size, Ink.INK, room, bold=True)
    _write(canvas, card.team, left + EDGE, at - 1.6 * TEAM_SIZE, TEAM_SIZE, Ink.SOFT, room)
    _write(canvas, PRODUCT, left + EDGE, below + EDGE + BAR_HEIGHT + 2 * mm, SMALL, Ink.TEAL, room, bold=True)
    canvas.setFillColor(black)
    _qr(canvas, card.badge, left + CARD_WIDTH - EDGE - QR_SIDE, top - QR_SIDE)
    bars = Code128(card.badge, barWidth=BAR_WIDTH, barHeight=BAR_HEIGHT, quiet=False)
    bars.drawOn(canvas, left + (CARD_WIDTH - bars.width) / 2, below + EDGE)


def _name(name: str, room: float) -> tuple[float, list[str]]:
    """Return the largest size at which a name fits whole, and its lines; at the smallest, its end is cut."""
    for size in NAME_SIZES:
        lines, most = _broken(name, room, size), int(NAME_HEIGHT / (size * LINE))
        if len(lines) <= most and all(pdf_fonts.width(line, size, bold=True) <= room for line in lines):
            break
    rest = " ".join(lines[most - 1 :])
    return size, [*lines[: most - 1], *([rest] if rest else [])]


def _broken(name: str, room: float, size: float) -> list[str]:
    lines: list[str] = []
    for word in name.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pdf_fonts.width(longer, size, bold=True) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _qr(canvas: Canvas, badge: str, left: float, below: float) -> None:
    """Draw the number as a QR code, for cameras; its quiet zone is within its side."""
    code = QrCodeWidget(badge, barLevel="Q", barWidth=QR_SIDE, barHeight=QR_SIDE, barBorder=2)
    renderPDF.draw(Drawing(QR_SIDE, QR_SIDE, code), canvas, left, below)


def _write(
    canvas: Canvas, text: str, left: float, at: float, size: float, ink: Ink, room: float, bold: bool = False
) -> None:
    canvas.setFillColor(colour(ink))
    canvas.setFont(pdf_fonts.BOLD if bold else pdf_fonts.REGULAR, size)
    canvas.drawString(left, at, pdf_fonts.cut(pdf_fonts.printable(text), room, size, bold))
