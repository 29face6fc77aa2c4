"""The Monday sheet on paper: one page whatever is on it, and as large as it fits."""

from dataclasses import replace

import pytest

from tests.reports.pdf import opened, pages
from tests.reports.weeks import weeks_of
from wellbeing.models.ledger import MoodWord
from wellbeing.reports import pdf_monday, pictures
from wellbeing.reports.monday import Sheet
from wellbeing.reports.pdf_monday import monday_pdf


@pytest.fixture
def sheet(app):
    """An ordinary sheet, in the middle of a request."""
    with app.test_request_context():
        weeks = weeks_of("3.1", "3.0", MoodWord.MIDDLE, None, "3.3", "3.4")
        yield Sheet(
            unit="Service counter",
            path=("Harbour Motors", "Northgate"),
            days="9–15 Nov 2026",
            headline="Mood was 3.4 last week, steady for five weeks.",
            sentences=("Five people had a rough interaction.", "12 or more people answered."),
            reason="",
            mood=pictures.mood(weeks, narrow=True),
            people=pictures.people(weeks, narrow=True),
            changed=("2 Nov: Second person on Saturdays", "9 Nov: The phone rings in the back office"),
            message="Two minutes by the window are not a luxury.",
            author="Anonymous",
            because="Most named a late or missing status.",
            question="Whom could we call before they have to call us?",
            idea="Each morning one of us calls the three oldest orders.",
            fine_print=("Few: at most two people, or nobody.",),
        )


def one_page(sheet):
    (page,) = pages(monday_pdf(sheet))
    return page


def sizes(sheet):
    """Return the sizes of type on the page."""
    found = set()
    page = opened(monday_pdf(sheet)).pages[0]
    page.extract_text(visitor_text=lambda _text, _c, _t, _font, size: found.add(round(size, 1)))
    return found


def test_the_sheet_says_everything_once_in_the_order_of_the_talk(sheet):
    page = one_page(sheet)
    said = [
        *("Monday sheet · 9–15 Nov 2026", sheet.unit, "Harbour Motors > Northgate", sheet.headline),
        *(*sheet.sentences, sheet.because, sheet.question, sheet.idea, *sheet.changed),
        *(sheet.message, sheet.author, *sheet.fine_print),
    ]

    assert [page.count(text) for text in said] == [1] * len(said)
    assert sorted(said, key=page.index) == said


def test_what_is_empty_is_left_out(sheet):
    bare = replace(
        *(sheet,),
        **{"path": (), "days": "", "mood": None, "people": None, "changed": (), "message": ""},
        **{"author": "", "because": "", "question": "", "idea": ""},
    )
    page = one_page(bare)

    assert sheet.headline in page
    assert "What we changed" not in page and "To try" not in page and "Rough" not in page


def test_one_picture_alone_is_drawn_too(sheet):
    assert "Rough interactions and breaks" not in one_page(replace(sheet, people=None))


def test_wide_pictures_stand_below_each_other(sheet):
    weeks = weeks_of("3.1", "3.0")
    wide = replace(sheet, mood=pictures.mood(weeks), people=pictures.people(weeks))

    assert "Very good 5" in one_page(wide)


LONG = {
    "unit": "Atención al cliente y recepción de vehículos de ocasión del turno de tarde (Sur)",
    "headline": "El ánimo fue de 3,4 en las dos últimas semanas, sin un cambio claro desde antes. " * 2,
    "sentences": ("Cinco personas tuvieron una interacción difícil; siete hicieron una pausa.",) * 3,
    "reason": "Este equipo tiene menos de siete personas que cuentan: se ve la cifra de Northgate. " * 2,
    "changed": ("9 nov: Una segunda persona los sábados por la mañana y los festivos de apertura.",) * 6,
    "message": "Nadie puede servir de una jarra vacía. " * 8,
}


def test_a_long_sheet_is_set_smaller_and_loses_nothing(sheet):
    long = replace(sheet, **LONG)
    page = one_page(long)

    assert page.count("Una segunda persona") == 6
    assert max(sizes(long)) < max(sizes(sheet))


def test_a_sheet_that_fits_at_no_size_is_cut_and_says_so(sheet):
    page = one_page(replace(sheet, message="word " * 3000, changed=("note " * 200,) * 6))

    assert page.count("note…") == 3
    assert "word…" in page
    assert sheet.fine_print[0] in page


def test_even_a_sheet_that_cannot_be_cut_enough_is_one_page(sheet):
    assert "very last" in one_page(replace(sheet, fine_print=("word " * 4000, "very last")))


def test_what_people_wrote_is_never_markup(sheet):
    note = "<b>Fewer</b> calls & <script>alert(1)</script>"

    assert note in one_page(replace(sheet, changed=(note,)))


def test_the_same_sheet_is_the_same_file(sheet):
    assert monday_pdf(sheet) == monday_pdf(replace(sheet))


def test_large_type_is_used_where_there_is_room(sheet):
    assert max(sizes(replace(sheet, mood=None, people=None))) == round(21 * pdf_monday.SIZES[0], 1)
