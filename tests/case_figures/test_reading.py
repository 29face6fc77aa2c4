from datetime import timedelta
from zoneinfo import ZoneInfo

from tests.answers import House
from tests.cast import NOW, ZONE
from wellbeing.case_figures import reading
from wellbeing.case_figures.recurring import Recurring
from wellbeing.models.base import db
from wellbeing.models.cases import Case

MADRID = ZoneInfo(ZONE)


def case(unit_id: int, **given: object) -> Case:
    usual: dict[str, object] = {"channel": "phone", "what": "The car was not ready", "came_at": NOW}
    return Case(unit_id=unit_id, **{**usual, **given})


def test_causes_that_come_back_are_counted_in_the_teams_asked_for(any_house: House):
    counter, parts = any_house.cast.units["Service counter"], any_house.cast.units["Parts"]
    # The first local midnight that counts is 23:00 the day before in UTC.
    first = NOW.replace(hour=23, minute=0, second=0, microsecond=0) - timedelta(days=91)
    db.session.add_all(
        [
            *(case(counter, cause="delay", came_at=moment) for moment in (NOW, NOW, first)),
            *(case(counter, cause="price", came_at=moment) for moment in (NOW, NOW)),
            case(counter, cause="price", came_at=first - timedelta(seconds=1)),
            *(case(parts, cause="delay") for _time in range(4)),
            *(case(counter) for _time in range(4)),
        ]
    )
    db.session.flush()
    today = NOW.date()

    assert reading.coming_back(db.session(), [counter], today, MADRID) == [Recurring("delay", 3, (counter,))]
    assert reading.coming_back(db.session(), [counter, parts], today, MADRID) == [
        Recurring("delay", 7, (counter, parts))
    ]
    assert reading.coming_back(db.session(), [], today, MADRID) == []
