"""The blueprints, one line each."""

from flask import Flask

from wellbeing.extensions import csrf
from wellbeing.web import (
    admin,
    auth,
    badges,
    care,
    care_page,
    case_acts,
    case_figures,
    cases,
    changes,
    checkup,
    checkup_results,
    clips,
    contact,
    content,
    counter,
    counter_care,
    external,
    floor,
    health,
    help,
    hr,
    incident,
    lists,
    looked,
    metrics,
    monday,
    notes,
    people,
    readers,
    settings,
    tablets,
    talk,
    team,
    units,
    word,
    worker,
)

SIGNED_IN = (
    team,
    monday,
    notes,
    changes,
    looked,
    word,
    checkup,
    checkup_results,
    hr,
    external,
    floor,
    cases,
    case_acts,
    case_figures,
    talk,
    tablets,
    people,
    badges,
    admin,
    units,
    settings,
    lists,
    content,
    clips,
    readers,
    contact,
    incident,
)


def init_app(app: Flask) -> None:
    """Register every blueprint; only the counter, which speaks by token alone, goes without CSRF."""
    for room in (auth, *SIGNED_IN, help, care, health, metrics, care_page, counter, counter_care, worker):
        app.register_blueprint(room.bp)
    csrf.exempt(counter.bp)
    csrf.exempt(counter_care.bp)
