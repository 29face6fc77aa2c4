"""Runs the jobs of one node, at the moment that its environment says: `python -m tests.many.run_jobs`."""

from tests.fixtures.mortal_app import app
from wellbeing import jobs
from wellbeing.models.base import db

with app.app_context():
    done = jobs.run_now(db.engine, app.extensions["config"])
print(done.ticks)
