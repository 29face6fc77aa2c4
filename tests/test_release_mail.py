"""Word by e-mail: one letter for a tick, the same whatever the figures are, to those who asked."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from tests.answers import House, after_tick, blocks, change, column, say, tick
from tests.fixtures.post import Post
from wellbeing import jobs, mail, release_mail
from wellbeing.models.accounts import Person, RoleGrant
from wellbeing.models.release_mail import ReleaseMail
from wellbeing.models.settings import Settings


def asks(house: House, name: str, told: int = 0, address: str = "") -> None:
    values = {"person_id": house.cast.people[name], "told_number": told}
    change(
        house, sa.insert(ReleaseMail).values(values | {"address": address or f"{name.lower()}@example.org"})
    )


def send(house: House, post: Post) -> int:
    return release_mail.send_due(house.engine, post.mail())


def addresses(post: Post) -> list[str]:
    return [address for address, _letter in post.letters]


def told(house: House) -> list[int]:
    return column(house, sa.select(ReleaseMail.told_number).order_by(ReleaseMail.person_id))


def test_whoever_asked_gets_one_letter_for_a_tick_with_the_days_the_way_and_the_end(
    any_house: House, post: Post
):
    asks(any_house, "Alba")
    assert send(any_house, post) == 0
    tick(any_house, 1)

    assert (send(any_house, post), send(any_house, post)) == (1, 0)

    [(address, letter)] = post.letters
    assert address == "alba@example.org"
    assert letter["Subject"] == "Second Wind: 2–8 Mar 2026"
    text = letter.get_content()
    assert "The tick for 2–8 Mar 2026 has run." in text
    assert "\nhttps://wind.example.org/team/\n" in text
    assert "\nhttps://wind.example.org/team/word\n" in text


def test_a_letter_is_the_same_whatever_the_figures_are(any_house: House, post: Post):
    """A week of answers with its figure, and one without a single answer: nobody can tell which by mail."""
    for name in ("Sol", "Noor", "Bea", "Carl", "Dana", "Emil"):
        say(any_house, name, mood=1, rough=True)
    asks(any_house, "Alba")
    asks(any_house, "Tess")
    tick(any_house, 1)
    assert [block.unit_id for block in blocks(any_house)] == [any_house.cast.units["Service counter"]]
    send(any_house, post)

    # Alba's team has a figure in words, Tess's has none; the letters differ by whom and when alone.
    varies = {"To", "Date", "Message-ID"}
    one, other = ([(k, v) for k, v in letter.items() if k not in varies] for _to, letter in post.letters)
    assert one == other
    assert post.letters[0][1].get_content() == post.letters[1][1].get_content()
    for word in ("low", "mood", "few", "most", "Service counter", "Alba"):
        assert word not in post.letters[0][1].get_content()


def test_missed_ticks_are_one_letter(house: House, post: Post):
    asks(house, "Alba", told=1)
    tick(house, 4)
    send(house, post)

    [(_address, letter)] = post.letters
    assert letter["Subject"] == "Second Wind: 9–29 Mar 2026"
    assert told(house) == [4]


def test_everybody_reads_it_in_their_own_language_or_the_sites(house: House, post: Post):
    asks(house, "Alba")
    asks(house, "Max")
    change(
        house,
        sa.update(Settings).values(language="es"),
        sa.update(Person).where(Person.id == house.cast.people["Max"]).values(language="en"),
    )
    tick(house, 1)
    send(house, post)

    assert [letter["Subject"] for _to, letter in post.letters] == [
        "Second Wind: 2–8 mar 2026",
        "Second Wind: 2–8 Mar 2026",
    ]


def test_whoever_lost_the_role_or_left_gets_none_and_their_address_goes(any_house: House, post: Post):
    for name in ("Alba", "Tess", "Sol", "Max"):
        asks(any_house, name)
    people = any_house.cast.people
    change(
        any_house,
        sa.delete(RoleGrant).where(RoleGrant.person_id == people["Alba"]),
        sa.update(Person).where(Person.id == people["Max"]).values(active=False),
    )
    assert len(told(any_house)) == 4

    tick(any_house, 1)
    send(any_house, post)

    assert addresses(post) == ["tess@example.org"]
    assert column(any_house, sa.select(ReleaseMail.person_id).order_by(ReleaseMail.person_id)) == sorted(
        [people["Max"], people["Tess"]]
    )


@pytest.mark.parametrize(
    ("answer", "kept"), [("550 no such person", [1, 1, 1]), ("451 come back later", [0, 1, 1])]
)
def test_one_bad_address_does_not_stop_the_others(
    house: House, post: Post, caplog: pytest.LogCaptureFixture, answer: str, kept: list[int]
):
    for name in ("Alba", "Max", "Tess"):
        asks(house, name)
    post.answers["alba@example.org"] = answer
    tick(house, 1)

    assert send(house, post) == 2

    assert addresses(post) == ["max@example.org", "tess@example.org"]
    assert told(house) == kept
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("wellbeing")]
    assert ours == ["a letter was refused: SMTPRecipientsRefused"]


@pytest.mark.parametrize(("answer", "kept"), [("554 not wanted", [1]), ("452 full", [0])])
def test_a_letter_that_is_refused_for_good_is_not_sent_again(house: House, post: Post, answer, kept):
    asks(house, "Alba")
    post.to_letters = answer
    tick(house, 1)

    assert send(house, post) == 0
    assert told(house) == kept


def later(minutes: int):
    """Travel to some minutes from now."""
    return time_machine.travel(datetime.now(UTC) + timedelta(minutes=minutes))


def test_a_server_that_is_away_is_left_in_peace_for_a_quarter_of_an_hour(
    app: Flask, house: House, post: Post, caplog: pytest.LogCaptureFixture
):
    asks(house, "Alba")
    tick(house, 1)
    away = Post(port=1)

    assert send(house, away) == 0
    assert told(house) == [0]
    assert "the mail server did not take word of new figures: ConnectionRefusedError" in caplog.text
    assert send(house, post) == 0
    with later(minutes=16):
        assert send(house, post) == 1


def test_a_server_that_takes_letters_and_answers_too_late_gets_each_of_them_once(
    house: House, post: Post, monkeypatch: pytest.MonkeyPatch
):
    """It may have taken them: a letter that is lost is better than one with every job."""
    monkeypatch.setattr(mail, "LETTER_TIMEOUT", 0.05)
    for name in ("Alba", "Max"):
        asks(house, name)
    post.late_by = 0.3
    tick(house, 1)

    assert send(house, post) == 0
    with later(minutes=16):
        assert send(house, post) == 0

    assert addresses(post) == ["alba@example.org", "max@example.org"]
    assert told(house) == [1, 1]


def test_a_server_that_hangs_up_before_a_letter_begins_gets_that_one_later_and_the_others_now(
    house: House, post: Post
):
    for name in ("Alba", "Max"):
        asks(house, name)
    post.hangs_up_on = "alba@example.org"
    tick(house, 1)

    assert send(house, post) == 1
    assert (addresses(post), told(house)) == (["max@example.org"], [0, 1])
    post.hangs_up_on = ""
    with later(minutes=16):
        assert send(house, post) == 1
    assert addresses(post) == ["max@example.org", "alba@example.org"]


def test_a_sender_who_is_refused_costs_nobody_their_letter(house: House, post: Post):
    for name in ("Alba", "Max", "Tess", "Ada"):
        asks(house, name)
    post.to_senders = "550 who are you"
    tick(house, 1)

    assert send(house, post) == 0
    assert told(house) == [0, 0, 0, 0]


def test_a_refusal_for_now_is_asked_again_after_a_while_and_not_with_every_job(house: House, post: Post):
    asks(house, "Alba")
    post.answers["alba@example.org"] = "451 come back later"
    tick(house, 1)
    send(house, post)
    del post.answers["alba@example.org"]

    assert send(house, post) == 0
    with later(minutes=16):
        assert send(house, post) == 1


def test_two_jobs_at_once_send_one_letter(any_house: House, post: Post):
    asks(any_house, "Alba")
    tick(any_house, 1)
    [due] = release_mail._waiting(any_house.engine)
    send(any_house, post)

    assert release_mail._note(any_house.engine, due, due.told, 1) is False
    with release_mail.connected(post.mail()) as server:
        assert release_mail._tell(any_house.engine, server, post.mail(), due) is False
    assert addresses(post) == ["alba@example.org"]


def test_no_transaction_is_open_while_a_letter_is_on_its_way(house: House, post: Post, monkeypatch):
    """On SQLite an open write transaction would stop every check-in for as long as the mail server takes."""
    asks(house, "Alba")
    tick(house, 1)
    letter, open_then = release_mail._letter, []

    def look(*told_of: object):
        open_then.append(house.engine.pool.checkedout())
        return letter(*told_of)

    monkeypatch.setattr(release_mail, "_letter", look)
    send(house, post)

    assert open_then == [0]


def test_the_job_sends_after_its_ticks_and_a_site_without_a_server_sends_nothing(
    app: Flask, house: House, post: Post, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO)
    config = app.extensions["config"]
    asks(house, "Alba")
    with time_machine.travel(after_tick(1)):
        jobs.run_now(house.engine, config)
        assert post.letters == []
        jobs.run_now(house.engine, type(config)(**{**vars(config), "mail": post.mail()}))

    assert addresses(post) == ["alba@example.org"]
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("wellbeing")]
    assert ours == ["ran 1 ticks"]
