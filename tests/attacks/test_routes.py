"""Every route is classified, so that every route takes part in the attacks."""

from flask import Flask

from tests.attacks import crawl
from tests.attacks.routes import CLASSES, GET, Kind, doors, unclassified
from tests.cast import Cast


def test_every_route_is_classified(app: Flask):
    assert unclassified(app) == []


def test_no_class_speaks_of_a_route_that_is_gone(app: Flask):
    named = {(method, endpoint) for method, classes in CLASSES.items() for endpoint in classes}

    assert named == doors(app)


def test_a_new_route_fails_with_a_sentence_that_says_what_to_do(app: Flask):
    app.add_url_rule("/new", "new.page", lambda: "")

    (sentence,) = unclassified(app)
    assert sentence.startswith("GET new.page is not classified: say in tests/attacks/routes.py")


def test_a_new_route_is_crawled_by_itself_once_it_is_classified(app: Flask, site: Cast, monkeypatch):
    app.add_url_rule("/new/<int:unit_id>", "new.page", lambda unit_id: "")
    monkeypatch.setitem(GET, "new.page", Kind.FIGURES)

    found = crawl.addresses(app, site, frozenset({Kind.FIGURES}))

    assert {f"/new/{unit}?lang=en" for unit in site.units.values()} <= set(found)


def test_figures_come_from_the_rooms_that_read_through_the_guarded_session_alone():
    """What tests/test_architecture.py keeps from the app's own session is exactly what shows figures."""
    assert {endpoint.split(".")[0] for endpoint, kind in GET.items() if kind is Kind.FIGURES} == {
        *("team", "hr", "external", "monday"),
        "notes",  # Its page is drawn by web.note_page.
        "checkup_results",  # And its by web.checkup_page.
    }
