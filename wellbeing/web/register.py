"""The blueprints, one line each."""

from flask import Flask

from wellbeing.extensions import csrf
from wellbeing.web import (
    admin,
    auth,
    badges,
    care,
    changes,
    contact,
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


def init_app(app: Flask) -> None:
    """Register every blueprint; only the counter, which speaks by token alone, goes without CSRF."""
    signed_in = (
        team,
        monday,
        notes,
        changes,
        looked,
        word,
        hr,
        external,
        floor,
        talk,
        tablets,
        people,
        badges,
        admin,
        units,
        settings,
        lists,
        readers,
        contact,
        incident,
    )
    for room in (auth, *signed_in, help, care, health, metrics, counter, counter_care, worker):
        app.register_blueprint(room.bp)
    csrf.exempt(counter.bp)
    csrf.exempt(counter_care.bp)
