"""A session asks the database the same thing once, and the next session asks anew."""

from wellbeing.reports import reading
from wellbeing.reports.once import once, settings


def test_a_page_is_told_the_same_thing_once(app, site):
    told = []
    with app.app_context(), reading.session() as session:
        answers = [once(session, "who", lambda: told.append(1) or len(told)) for _ in range(3)]

    assert answers == [1, 1, 1]


def test_the_next_page_asks_again(app, site):
    with app.app_context():
        for answer in (1, 2):
            with reading.session() as session:
                assert once(session, "who", lambda said=answer: said) == answer
                assert settings(session) is settings(session)
