"""The wall of a unit: who may read it and write on it, and how somebody takes back what is theirs."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import NOW, Cast
from tests.web.test_nonsense import NONSENSE, sent
from wellbeing.models.accounts import RoleGrant, Unit
from wellbeing.models.base import db
from wellbeing.models.content import ContentEntry, Origin
from wellbeing.models.talk import GoodMoment, Idea, IdeaState, Pledge, Signature
from wellbeing.permissions import Role
from wellbeing.talk import posts
from wellbeing.talk.posts import Kind

TODAY = date(2026, 3, 4)
CAKE = "She came back with cake."
BOTH = pytest.mark.parametrize("kind", Kind)


@pytest.fixture
def counter(site: Cast) -> str:
    """The address of the wall of the service counter."""
    return f"/wall/{site.units['Service counter']}"


@pytest.fixture
def sol(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "sol")


@pytest.fixture
def alba(client: FlaskClient, site: Cast, sign_in) -> FlaskClient:
    return sign_in(client, "alba")


def hang(
    app: Flask, site: Cast, kind: Kind, text: str = CAKE, by: str = "", team: str = "Service counter"
) -> int:
    with app.app_context():
        author = site.people[by] if by else None
        number = posts.write(db.session(), kind, site.units[team], text, TODAY, author)
        db.session.commit()
        return number


def kept(app: Flask, column: object) -> list:
    with app.app_context():
        return list(db.session.scalars(sa.select(column)))  # type: ignore[call-overload]


def words(answer: object) -> str:
    """Return what a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", unescape(answer.text)))


def test_sols_only_wall_opens_at_once_and_says_what_to_do_with_an_empty_one(sol, counter):
    assert sol.get("/wall/").location == counter

    page = sol.get(counter)
    assert "Nothing hangs here yet. Who made somebody's day?" in words(page)
    assert "The box is empty." in words(page) and "None yet. A pledge is one sentence" in words(page)
    assert 'aria-current="page">Wall<' in page.text
    assert page.text.count("Nobody reads this live.") == 2
    assert not re.search(r"<form[^>]*/(?:answer|pledge)\"", page.text)


@pytest.mark.parametrize("login", ["sol", "alba", "max", "hilde", "xenia"])
def test_the_wall_of_others_is_not_there(client, site, sign_in, login):
    browser = sign_in(client, login)
    mine = {"sol": "Service counter", "alba": "Service counter", "max": "Showroom", "xenia": "Parts"}

    for unit, unit_id in site.units.items():
        there = mine.get(login) == unit
        assert browser.get(f"/wall/{unit_id}").status_code == (200 if there else 404), unit
        for act in ("moment", "idea"):
            done = browser.post(f"/wall/{unit_id}/{act}", data={f"{act}-text": CAKE})
            assert done.status_code == (302 if there else 404), unit


def test_hr_has_no_wall_because_names_stand_there_for_the_team(client, site, sign_in):
    hilde = sign_in(client, "hilde")

    assert hilde.get("/wall/").status_code == 404
    assert ">Wall<" not in hilde.get("/team/").text


def test_an_admin_sees_all_walls_and_where_ideas_wait(app, client, site, sign_in):
    hang(app, site, Kind.IDEA, team="Parts")
    hang(app, site, Kind.MOMENT, by="Sol")
    ada = sign_in(client, "ada")

    assert re.search(r"Parts 1 new idea ", words(ada.get("/wall/")))
    assert "Sol V. · 4 Mar 2026 · Service counter" in words(ada.get(f"/wall/{site.units['Harbour Motors']}"))


@BOTH
def test_nobody_is_kept_with_what_is_not_signed(app, sol, counter, kind):
    done = sol.post(f"{counter}/{kind.value}", data={f"{kind.value}-text": f" {CAKE}\n"})

    assert done.location == counter
    table = posts.TABLES[kind]
    assert kept(app, table.text) == [CAKE] and kept(app, table.signed_by) == [None]
    page = words(sol.get(counter))
    assert CAKE in page and "Take my name off" not in page


@BOTH
def test_a_form_that_comes_twice_hangs_up_one_note(app, sol, counter, kind):
    for sign in ("", "y", "y", ""):
        signed = {f"{kind.value}-sign": sign} if sign else {}
        sol.post(f"{counter}/{kind.value}", data={f"{kind.value}-text": CAKE} | signed)

    assert len(kept(app, posts.TABLES[kind].id)) == 2


@BOTH
def test_who_signs_may_take_the_name_off_and_the_words_stay(app, sol, counter, site, kind):
    sol.post(f"{counter}/{kind.value}", data={f"{kind.value}-text": CAKE, f"{kind.value}-sign": "y"})
    [number] = kept(app, posts.TABLES[kind].id)
    assert "Sol V. · 4 Mar 2026" in words(sol.get(counter))

    done = sol.post(f"{counter}/unsign", data={"what": kind.value, "number": number})

    assert "Your name is off it. The words stay." in words(sol.get(done.location))
    assert kept(app, posts.TABLES[kind].signed_by) == [None]
    assert sol.post(f"{counter}/unsign", data={"what": kind.value, "number": number}).status_code == 404


@BOTH
def test_an_author_takes_down_their_own_and_nobody_elses(app, sol, counter, site, kind):
    mine, noors, nobodys = (hang(app, site, kind, by=name) for name in ("Sol", "Noor", ""))

    for number in (noors, nobodys):
        assert sol.post(f"{counter}/remove", data={"what": kind.value, "number": number}).status_code == 404
    assert sol.post(f"{counter}/remove", data={"what": kind.value, "number": mine}).status_code == 302

    assert kept(app, posts.TABLES[kind].id) == [noors, nobodys]


@BOTH
def test_a_manager_takes_anything_down_in_their_own_unit(app, alba, counter, site, kind):
    here, there = hang(app, site, kind, by="Noor"), hang(app, site, kind, team="Parts")

    assert alba.post(f"{counter}/remove", data={"what": kind.value, "number": there}).status_code == 404
    done = alba.post(f"{counter}/remove", data={"what": kind.value, "number": here})

    assert "It is gone, and nothing of it is kept." in words(alba.get(done.location))
    assert kept(app, posts.TABLES[kind].id) == [there]


@pytest.mark.parametrize("values", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_on_a_wall_gets_a_sentence(app, alba, counter, site, values):
    idea = hang(app, site, Kind.IDEA)
    said = ("moment-text", "moment-sign", "idea-text", "pledge-text", "number", "what", "words")
    data = {field: sent(values) for field in (*said, f"answer{idea}-state", f"answer{idea}-text")}

    acts = (
        "moment",
        "idea",
        "unsign",
        "remove",
        "answer",
        "pledge",
        "pledge/join",
        "pledge/leave",
        "pledge/remove",
    )
    for act in acts:
        assert alba.post(f"{counter}/{act}", data=data).status_code in (302, 404, 422), act
        named = data | {"number": idea, "what": "idea", f"answer{idea}-state": "done"}
        assert alba.post(f"{counter}/{act}", data=named).status_code in (302, 404, 422), act
    for value in sent(values):
        assert alba.get(counter, query_string={"before": value}).status_code == 200


@pytest.mark.parametrize("said", [{}, {"what": "pledge", "number": 1}, {"what": "idea", "number": "x"}])
def test_what_is_not_named_is_not_found(sol, counter, said):
    for act in ("unsign", "remove"):
        assert sol.post(f"{counter}/{act}", data=said).status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Write a line first."),
        ("x" * 5000, "At most 240 characters; this has 5000."),
        ("Call Mrs Jones back", 'This looks like somebody\'s name: "Mrs Jones".'),
        ("She is on 611 222 333", 'This looks like a phone number: "611 222 333".'),
    ],
)
def test_what_cannot_be_kept_comes_back_as_it_was_typed_with_a_sentence(
    app, alba, counter, site, typed, sentence
):
    idea = hang(app, site, Kind.IDEA)
    for act, field in (("moment", "moment-text"), ("idea", "idea-text"), ("pledge", "pledge-text")):
        answer = alba.post(f"{counter}/{act}", data={field: typed})

        assert answer.status_code == 422
        assert sentence in unescape(answer.text)
        assert answer.text.count('aria-invalid="true"') == 1
        assert typed in answer.text
    answered = {"number": idea, f"answer{idea}-state": "done", f"answer{idea}-text": typed}
    answer = alba.post(f"{counter}/answer", data=answered)
    assert answer.status_code == (302 if not typed else 422)
    assert not typed or sentence in unescape(answer.text)
    assert kept(app, GoodMoment.id) == kept(app, Pledge.id) == []


def test_a_manager_answers_an_idea_and_the_team_reads_it(app, alba, counter, site):
    idea = hang(app, site, Kind.IDEA, "Chairs outside.")
    answered = {"number": idea, f"answer{idea}-state": "trying", f"answer{idea}-text": "From Monday on."}

    done = alba.post(f"{counter}/answer", data=answered)

    page = words(alba.get(done.location))
    assert "We are trying it Chairs outside." in page and "From Monday on." in page
    assert kept(app, Idea.state) == [IdeaState.TRYING]


def test_an_answer_to_nothing_is_not_found(app, alba, counter, site):
    idea, elsewhere = hang(app, site, Kind.IDEA), hang(app, site, Kind.IDEA, team="Parts")

    for number, state in ((elsewhere, "done"), (99, "done"), (idea, "perhaps"), ("x", "done")):
        answered = {"number": number, f"answer{number}-state": state}
        assert alba.post(f"{counter}/answer", data=answered).status_code == 404, (number, state)
    assert alba.post(f"{counter}/answer").status_code == 404
    assert kept(app, Idea.state) == [IdeaState.NEW, IdeaState.NEW]


def test_staff_answer_no_idea_and_set_no_pledge(app, sol, counter, site):
    idea = hang(app, site, Kind.IDEA, by="Sol")

    for act in ("answer", "pledge", "pledge/remove"):
        data = {
            "number": idea,
            f"answer{idea}-state": "done",
            "pledge-text": "We smile.",
            "words": "We smile.",
        }
        assert sol.post(f"{counter}/{act}", data=data).status_code == 404
    assert kept(app, Idea.state) == [IdeaState.NEW] and kept(app, Pledge.id) == []


def test_a_pledge_is_hung_up_and_whoever_wants_is_in(app, alba, counter, site, sign_in):
    done = alba.post(f"{counter}/pledge", data={"pledge-text": "We call before they ask."})
    assert "The pledge hangs on the wall." in words(alba.get(done.location))
    pledge = {"words": "We call before they ask."}
    sol = sign_in(app.test_client(), "sol")
    assert "No names yet." in words(sol.get(counter))

    sol.post(f"{counter}/pledge/join", data=pledge)
    assert kept(app, Signature.person_id) == [site.people["Sol"]]
    assert re.search(r"Who is in: Sol V\. Take my name off", words(sol.get(counter)))

    sol.post(f"{counter}/pledge/leave", data=pledge)
    assert kept(app, Signature.person_id) == []
    alba.post(f"{counter}/pledge/remove", data=pledge)
    assert kept(app, Pledge.id) == []


def test_nobody_signs_words_that_were_changed_since_they_read_them(app, alba, counter, site):
    alba.post(f"{counter}/pledge", data={"pledge-text": "We smile."})
    alba.post(f"{counter}/pledge", data={"pledge-text": "We never say no."})

    for act in ("join", "leave", "remove"):
        for stale in ({"words": "We smile."}, {}):
            assert alba.post(f"{counter}/pledge/{act}", data=stale).status_code == 404
    assert kept(app, Pledge.text) == ["We never say no."] and kept(app, Signature.person_id) == []


def test_there_is_a_way_to_what_is_older_and_back(app, sol, counter, site):
    for number in range(13):
        hang(app, site, Kind.MOMENT, f"Moment {number}.")

    newest = sol.get(counter)
    assert "Moment 12." in newest.text and "Moment 0." not in newest.text
    [older] = re.findall(r'href="(/wall/\d+\?before=\d+)"', newest.text)
    page = sol.get(older)
    assert "Moment 0." in page.text and "Moment 1." not in page.text
    assert ">Newest<" in page.text and ">Older<" not in page.text


def test_a_closed_unit_keeps_its_wall_and_takes_nothing_more(app, client, site, sign_in):
    parts = site.units["Parts"]
    hang(app, site, Kind.MOMENT, team="Parts")
    with app.app_context():
        db.session.get_one(Unit, parts).closed_on = NOW.date()
        db.session.commit()
    tess = sign_in(client, "tess")

    assert "No wall yet" in tess.get("/wall/").text
    assert CAKE in tess.get(f"/wall/{parts}").text and "Hang it up" not in tess.get(f"/wall/{parts}").text
    for act in ("moment", "idea", "pledge"):
        assert tess.post(f"/wall/{parts}/{act}", data={f"{act}-text": CAKE}).status_code == 404


def test_a_question_stands_beside_each_box(alba, counter):
    page = words(alba.get(counter))

    assert "What is one thing that we can do this month so that customers know us" in page
    assert "What could we change, so that this happens less often?" in page
    assert "What went well here that we want more of?" in page


def test_a_question_that_the_site_took_away_leaves_its_box(app, alba, counter):
    with app.app_context():
        for key in ("relationship", "change", "growth"):
            gone = {"kind": "prompt", "key": key, "words": None, "origin": Origin.SHIPPED, "offered": False}
            db.session.add(ContentEntry(position=1, **gone))
        db.session.commit()

    page = words(alba.get(counter))
    assert "Something went wrong? What could we change" in page and "What went well with a customer?" in page


def test_a_site_manager_reads_what_every_team_below_says(app, client, site, sign_in):
    with app.app_context():
        grant = RoleGrant(person_id=site.people["Hana"], unit_id=site.units["Northgate"], role=Role.MANAGER)
        db.session.add(grant)
        db.session.commit()
    idea = hang(app, site, Kind.IDEA, "More hooks.", team="Parts")
    hana, northgate = sign_in(client, "hana"), f"/wall/{site.units['Northgate']}"

    assert "4 Mar 2026 · Parts" in words(hana.get(northgate))
    answered = {"number": idea, f"answer{idea}-state": "done", f"answer{idea}-text": "Ten of them."}
    assert hana.post(f"{northgate}/answer", data=answered).location == northgate
    assert kept(app, Idea.reply) == ["Ten of them."]


def test_a_course_is_linked_by_http_alone_and_only_in_its_time(app, sol, counter):
    links = {
        "webinar": "https://example.com/w",
        "intern": "http://in.house/",
        "bad": "javascript:alert(1)",
        "talk": "",
    }
    with app.app_context():
        for at, (key, link) in enumerate(links.items()):
            course = {"en": {"title": f"Course {key}", "text": ""}, "plain": {"link": link}}
            db.session.add(
                ContentEntry(kind="training", key=key, words=course, origin=Origin.SITE, position=at)
            )
        over = {"en": {"title": "Course over"}, "plain": {}}
        last = TODAY - timedelta(days=1)
        db.session.add(
            ContentEntry(
                kind="training", key="over", words=over, origin=Origin.SITE, position=9, shown_until=last
            )
        )
        db.session.commit()

    page = sol.get(counter).text

    assert re.findall(r'<a href="(h[^"]+)" rel="noopener noreferrer">Course (\w+)<', page) == [
        ("https://example.com/w", "webinar"),
        ("http://in.house/", "intern"),
    ]
    assert "<b>Course talk</b>" in page and "javascript:" not in page and "Course over" not in page
