"""The report that goes to a board: every chosen figure, how it was made, and the same bytes for ever."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from flask_babel import force_locale

from tests.reports.ledger import Released, held, release
from tests.reports.pdf import opened, outline, pages, text
from wellbeing.models.accounts import Unit
from wellbeing.models.base import db
from wellbeing.models.ledger import CountWord, MoodWord
from wellbeing.models.settings import Settings
from wellbeing.reports import exports, pdf_report, reading
from wellbeing.reports.exports import Selection, TooLong


@pytest.fixture
def house(app, site):
    """The cast's units by name, in the middle of a request, with three weeks released."""
    with app.test_request_context():
        counter, showroom = site.units["Service counter"], site.units["Showroom"]
        release({counter: Released(12, "3.4", 5, CountWord.FEW), showroom: Released(5, MoodWord.LOW)})
        held()
        release({counter: Released(40, "4.8", CountWord.MOST, 7)})
        yield site.units


def chosen(house, first=1, last=3, *names):
    ids = [house[name] for name in names] if names else house.values()
    return Selection(tuple(sorted(ids)), first, last)


def file_of(selection):
    return b"".join(pdf_report.pieces(reading.session, selection))


def rename(unit_id, name):
    db.session.get_one(Unit, unit_id).name = name
    db.session.commit()


def test_the_first_page_says_whose_figures_of_which_weeks_it_has(house):
    first = pages(file_of(chosen(house)))[0]

    assert first.startswith("Second Wind Harbour Motors")
    assert "2–22 Mar 2026 · 3 releases · 5 units" in first
    assert "Newest release, 16–22 Mar 2026. Mood: 4.8 in the one unit with a figure; 1 unit not" in first


def test_each_unit_with_a_figure_has_its_page_and_the_others_say_that_they_have_none(house):
    file = file_of(chosen(house))

    assert outline(file) == [
        ("In short", 1),
        ("All chosen units together", 1),
        ("Service counter", 2),
        ("Showroom", 3),
        ("How these figures are made", 4),
    ]
    assert pages(file)[0].count("Nothing was released in this time.") == 3


def test_the_figure_of_small_teams_is_called_so_wherever_it_stands(house):
    release({house["Northgate"]: Released(12, "3.4")})
    file = file_of(chosen(house, 1, 4))

    assert ("Small teams of Northgate, together", 2) in outline(file)
    assert text(file).count("Small teams of Northgate, together") == 2
    assert "A small team is in the figure of small teams in Northgate." in pages(file)[0]


def test_the_table_of_a_unit_has_every_figure_of_its_pictures(house):
    counter = pages(file_of(chosen(house)))[1]
    table = counter.partition("The same figures as a table")[2]

    assert "16–22 Mar 2026 40 or more 4.8 or higher 4.5 to 5.0 most 7" in table
    assert "9–15 Mar 2026 not shown" in table
    assert "2–8 Mar 2026 12 to 19 3.4 2.9 to 3.9 5 few" in table
    assert table.index("16–22 Mar") < table.index("2–8 Mar")


def test_a_figure_in_words_stays_in_words(house):
    page = pages(file_of(chosen(house, 1, 1, "Showroom")))[1]

    assert "Mood was low in the week of 2–8 Mar 2026." in page
    assert "2–8 Mar 2026 5 to 7 low" in page
    assert "The band is" not in page


def test_one_unit_is_not_averaged_with_itself(house):
    assert "All chosen units together" not in text(file_of(chosen(house, 1, 3, "Service counter")))


def test_the_method_page_tells_rules_settings_limits_and_which_blocks_they_are(house):
    selection = chosen(house)
    page = pages(file_of(selection))[-1]
    with reading.session() as session:
        hashes = exports.hashes(session, selection)
    digest = hashlib.sha256("".join(f"{one}\n" for one in hashes).encode()).hexdigest()

    assert "Rules version 1: a block needs k = 5 people or more, every 7 days" in page
    assert "own figures from 7 people" in page
    assert "Highest mood words only 4.0 4.3 4.6 4.8" in page
    assert "Releases 1 to 3, 3 blocks." in page
    assert digest in page


def test_every_page_is_numbered(house):
    found = pages(file_of(chosen(house)))

    assert [page.rpartition("Page ")[2] for page in found] == [f"{at + 1} of 4" for at in range(4)]


def test_the_same_request_gives_the_same_bytes_whatever_happens_later(house):
    before = file_of(chosen(house))
    settings = db.session.get_one(Settings, 1)
    settings.people_needed, settings.own_pool_from = 8, 10
    db.session.commit()
    release({house["Showroom"]: Released(20, "2.2")})
    with time_machine.travel(datetime(2031, 7, 1, 12, 0, tzinfo=UTC)):
        assert file_of(chosen(house)) == before


def test_units_are_told_in_the_trees_order_in_whatever_order_they_were_chosen(house):
    selection = chosen(house)

    assert file_of(replace(selection, units=selection.units[::-1])) == file_of(selection)


def test_the_file_speaks_the_language_of_the_request(house):
    with force_locale("es"):
        file = file_of(chosen(house))

    assert opened(file).trailer["/Root"]["/Lang"] == "es"
    assert "mar 2026" in text(file)


def test_nothing_of_anybody_stands_in_the_files_own_data(house):
    found = opened(file_of(chosen(house))).metadata

    assert found is not None and not found.author
    assert found.title == "Harbour Motors: mood, rough interactions and breaks"
    assert found.creation_date == datetime(2026, 3, 23, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script> & Söhne",
        "Atención al cliente y recepción de vehículos de ocasión del turno de tarde (Sur)",
        "W" * 80,
        "=cmd|'/c calc'!A1",
    ],
)
def test_an_odd_name_is_printed_as_it_is(house, name):
    rename(house["Service counter"], name)
    file = file_of(chosen(house))

    assert name.replace(" ", "") in text(file).replace(" ", "")
    assert name in [title for title, _page in outline(file)]


def test_letters_that_the_font_lacks_are_marked(house):
    rename(house["Service counter"], "受付 Süd")

    assert "◊◊ Süd" in text(file_of(chosen(house)))


def test_weeks_without_any_block_give_a_file_that_says_so(house):
    found = pages(file_of(chosen(house, 2, 2, "Showroom", "Parts")))

    assert "Nothing was released for these units in these weeks." in found[0]
    assert len(found) == 2


def test_a_unit_that_never_had_a_block_gives_a_file_without_days(house):
    file = file_of(chosen(house, 1, 3, "Parts"))

    assert "from released figures alone 1 unit" in text(file)


def test_a_quarter_of_weeks_stands_on_one_page_and_half_a_year_on_two(house):
    for _week in range(23):
        release({house["Service counter"]: Released(12, "3.4", 5, CountWord.FEW)})

    assert len(pages(file_of(chosen(house, 4, 16, "Service counter")))) == 3
    assert len(pages(file_of(chosen(house, 1, 26, "Service counter")))) == 4


@pytest.mark.parametrize(
    ("selection", "reason"),
    [
        (Selection(tuple(range(1, 62)), 1, 2), "A report shows at most 60 units"),
        (Selection((1,), 1, 157), "A report shows at most 156 weeks"),
        (Selection(tuple(range(1, 61)), 1, 53), "Of 60 units a report shows 52 weeks at most"),
    ],
)
def test_a_choice_that_is_too_large_is_refused_with_a_way_out(app, selection, reason):
    with app.test_request_context(), pytest.raises(TooLong, match=reason):
        pdf_report.pieces(reading.session, selection)


def test_the_largest_choices_are_allowed(app):
    pdf_report.refuse_long(Selection((1,), 1, 156))
    pdf_report.refuse_long(Selection(tuple(range(1, 61)), 1, 52))
