"""Every name can be printed: what the font lacks is marked, never dropped, and never an error."""

import pytest

from wellbeing.reports import pdf_fonts
from wellbeing.reports.pdf_fonts import cut, printable, width


@pytest.mark.parametrize("name", ["Señora Núñez, Ü. Ågren", "¿Qué? ¡Bien!", "Łukasz Žák", "9–15 Nov · 3 €"])
def test_names_of_europe_are_printed_as_they_are_written(name):
    assert printable(name) == name


def test_an_accent_written_apart_is_put_together():
    assert printable("Nun\u0303ez") == "Núñez".replace("ú", "u")


@pytest.mark.parametrize("name", ["Олена", "山田", "🙂"])
def test_a_sign_stands_for_each_letter_that_the_font_lacks(name):
    assert printable(name) == pdf_fonts.MISSING * len(name)


def test_a_name_stays_on_one_line_and_keeps_nothing_that_cannot_be_seen():
    assert printable("a\nb\tc\x00d\u2028e\u3000f\u200bg\u00adh") == "a b c d e fgh"


def test_narrow_spaces_and_hyphens_become_the_ones_that_the_font_has():
    assert printable("9\u2009–\u200915\u202f%\u2011a → b") == "9\u00a0–\u00a015\u00a0%-a › b"


def test_a_long_text_ends_with_an_ellipsis_within_its_room():
    short = cut("Second person on Saturdays", 60, 10)

    assert short.startswith("Second") and short.endswith("…")
    assert width(short, 10) <= 60


def test_a_text_that_fits_stays_whole():
    assert cut("Parts", 60, 10, bold=True) == "Parts"


def test_where_there_is_no_room_at_all_nothing_is_written():
    assert cut("Parts", 2, 10) == ""
