"""The Monday sheet as a PDF: one page of A4, set as large as it fits, to pin up or to pass round."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import zip_longest

from flask_babel import gettext as _
from reportlab.platypus import Flowable, KeepInFrame, Spacer, Table

from wellbeing.reports import pdf_fonts, pdf_parts
from wellbeing.reports.drawing import Ink, Picture
from wellbeing.reports.monday import Sheet
from wellbeing.reports.pdf_drawing import drawn
from wellbeing.reports.pdf_fit import fitting
from wellbeing.reports.pdf_page import About, written
from wellbeing.reports.pdf_parts import FREE, ROOM, card, said, style

# The file says no day of its own: all its days stand in the sheet.
NO_DAY = date(2000, 1, 1)
SIZES = (1.25, 1.15, 1.07, 1.0, 0.94, 0.88, 0.82, 0.76, 0.7)
# What nobody reads aloud in ten minutes is cut to so many letters, where nothing else makes it fit.
LONGEST, FEWEST_CHANGES = 300, 3
GAP = 16.0
BULLET, NUMBERED = "•\N{NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


def monday_pdf(sheet: Sheet) -> bytes:
    """Return a sheet as a file of exactly one page."""
    header = " · ".join(part for part in (_("Monday sheet"), sheet.days) if part)
    about = About(_("%(unit)s: Monday sheet", unit=sheet.unit), header, NO_DAY, numbered=False)
    return written(about, _one_page(sheet))


def _one_page(sheet: Sheet) -> list[Flowable]:
    """Return the sheet as large as it fits; one that fits at no size is cut, and then shrunk."""
    cut = _cut(sheet)
    found = fitting(partial(_story, sheet), SIZES) or fitting(partial(_story, cut), SIZES)
    return found or [KeepInFrame(ROOM, FREE, _story(cut, SIZES[-1]), mode="shrink")]


def _cut(sheet: Sheet) -> Sheet:
    return replace(
        sheet,
        headline=_shortened(sheet.headline),
        sentences=tuple(_shortened(sentence) for sentence in sheet.sentences),
        reason=_shortened(sheet.reason),
        changed=tuple(_shortened(line) for line in sheet.changed[-FEWEST_CHANGES:]),
        numbers=sheet.numbers[-FEWEST_CHANGES:],
        message=_shortened(sheet.message),
        because=_shortened(sheet.because),
        question=_shortened(sheet.question),
        idea=_shortened(sheet.idea),
    )


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


def _story(sheet: Sheet, size: float) -> list[Flowable]:
    """Set the parts in the order of the page that is printed from a browser."""
    parts = (_top, _pictures, _talk, _changed, _end)
    return [flowable for part in parts for flowable in part(sheet, size)]


def _top(sheet: Sheet, size: float) -> Iterator[Flowable]:
    soft = style("soft", 11 * size, Ink.SOFT, spaceAfter=2)
    yield said(sheet.unit, style("unit", 15 * size, Ink.TEAL, bold=True))
    if sheet.path:
        yield said(" > ".join(sheet.path), soft)
    yield said(sheet.headline, style("headline", 21 * size, bold=True, leading=26 * size, spaceBefore=4))
    if sheet.reason:
        yield said(sheet.reason, soft)
    yield said(" ".join(sheet.sentences), style("said", 12.5 * size, spaceBefore=4, spaceAfter=2))


def _pictures(sheet: Sheet, size: float) -> Iterator[Flowable]:
    """Yield the pictures beside each other; wide ones below each other."""
    named = ((_("Mood"), sheet.mood), (_("Rough interactions and breaks"), sheet.people))
    there = [(title, picture) for title, picture in named if picture is not None]
    if not there:
        return
    beside = 2 if all(picture.width < ROOM for _title, picture in there) else 1
    wide = (ROOM - (beside - 1) * GAP) / beside * min(size, 1.0) ** 1.5
    cells = [_picture(title, picture, wide, size) for title, picture in there]
    rows = [cells[at : at + beside] for at in range(0, len(cells), beside)]
    yield Spacer(0, 8 * size)
    yield _grid([row + [""] * (beside - len(row)) for row in rows], beside)


def _picture(title: str, picture: Picture, wide: float, size: float) -> list[Flowable]:
    return [said(title, _title(size)), drawn(picture, wide)]


def _title(size: float) -> pdf_parts.ParagraphStyle:
    return style("title", 12.5 * size, bold=True, spaceAfter=3)


def _grid(rows: Sequence[Sequence[object]], columns: int) -> Table:
    made = Table(rows, [ROOM / columns] * columns, hAlign="LEFT")
    nothing = [(side, (0, 0), (-1, -1), 0) for side in pdf_parts.PADDINGS]
    made.setStyle([*nothing, ("VALIGN", (0, 0), (-1, -1), "TOP")])
    return made


def _talk(sheet: Sheet, size: float) -> Iterator[Flowable]:
    """Yield what a team talks about."""
    question = list(_question(sheet, size))
    if question:
        yield Spacer(0, 10 * size)
        yield card(question)


def _question(sheet: Sheet, size: float) -> Iterator[Flowable]:
    if sheet.because:
        yield said(sheet.because, style("because", 11.5 * size, Ink.SOFT, spaceAfter=2))
    if sheet.question:
        yield said(sheet.question, style("question", 16 * size, bold=True, leading=20 * size, spaceAfter=2))
    if sheet.idea:
        yield said(_("To try: %(idea)s", idea=sheet.idea), style("idea", 12.5 * size))


def _changed(sheet: Sheet, size: float) -> Iterator[Flowable]:
    if sheet.changed:
        yield Spacer(0, 8 * size)
        yield said(_("What we changed"), _title(size))
        indent = pdf_fonts.width(BULLET, 12 * size)
        line = style("line", 12 * size, spaceAfter=2, leftIndent=indent, firstLineIndent=-indent)
        for text, number in zip_longest(sheet.changed, sheet.numbers):
            yield said((f"{number}{NUMBERED}" if number else BULLET) + text, line)


def _end(sheet: Sheet, size: float) -> Iterator[Flowable]:
    """Yield what somebody once said about such work, and the fine print."""
    if sheet.message:
        yield Spacer(0, 10 * size)
        yield said(sheet.message, style("message", 12.5 * size))
        yield said(sheet.author, style("author", 10.5 * size, Ink.SOFT))
    yield Spacer(0, 8 * size)
    yield said(" ".join(sheet.fine_print), style("fine print", 9 * max(size, 0.9), Ink.SOFT))
