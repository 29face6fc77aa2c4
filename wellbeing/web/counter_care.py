"""What the care screens of a tablet say, fetched ahead so that they open without a network."""

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from wellbeing import site
from wellbeing.counter.acts import Refused
from wellbeing.counter.care import care_content
from wellbeing.extensions import language
from wellbeing.models.base import db
from wellbeing.web import by_token, heart_happy
from wellbeing.web.access import by_tablet_token
from wellbeing.web.packed import packed

bp = Blueprint("counter_care", __name__)
bp.register_error_handler(Refused, by_token.refused)


@bp.get("/counter/care")
@by_tablet_token
def care() -> ResponseReturnValue:
    """The texts of the care screens in the language that is asked for."""
    with db.engine.connect() as connection:
        tablet = by_token.tablet(connection, by_token.token())
        found = care_content(connection, tablet, site.today(connection), language())
        found["heart_happy"] = heart_happy.shown(connection, found["heart_happy"])
    response = packed(jsonify(found).get_data(as_text=True))
    response.mimetype = "application/json"
    return response
