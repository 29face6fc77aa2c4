"""A diary is sealed: an admin with the whole server reads nothing in it without its owner's password.

Each way of looking is let loose on a server that makes a mistake as well, so that it is known to see.
"""

import base64
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from tests.answers import House, change, house_of, rows
from tests.attacks import admin
from tests.attacks.routes import GET, Kind
from tests.attacks.test_at_rest import Loot
from tests.attacks.worlds import Desk, begin_diaries
from tests.cast import NOW, PASSWORD, pin_of
from tests.conftest import SECRETS
from wellbeing import codes, erasure, jobs, keys
from wellbeing.diary import door, keeping, opening, sealing, unlocking, wraps
from wellbeing.diary.entry import Entry, written
from wellbeing.diary.entry import Kind as Of
from wellbeing.models.accounts import CodePurpose, Person
from wellbeing.models.base import db
from wellbeing.models.diary import DiaryEntry, DiaryKey, DiaryOpened, Passkey

NOTE = "Walked home along the harbour and did not say a word to anybody."
PASSWORD_OF_THE_ADMIN = "a bridge over the old canal"  # noqa: S105


@dataclass(frozen=True)
class Sealed:
    """A server on which Sol keeps a diary, what she alone knows, and her browser, where it is open."""

    app: Flask
    house: House
    loot: Loot
    begun: opening.Begun
    browser: FlaskClient

    @property
    def sol(self) -> int:
        """Sol's id."""
        return self.house.cast.people["Sol"]

    def her_secrets(self) -> dict[str, set[bytes]]:
        """Return everything that must lie nowhere, in every form that it could have."""
        with self.browser.session_transaction() as cookie:
            secret = base64.urlsafe_b64decode(cookie["diary"])
        code = self.begun.recovery_code
        return {
            "her note": {NOTE.encode()},
            "an entry": {b'"kind":"rough"', b'"kind":"note"'},
            "her password": {PASSWORD.encode()},
            "her recovery code": {code.encode(), code.replace("-", "").encode()},
            "her private key": admin.written_as(self.begun.private),
            "her cookie's secret": admin.written_as(secret),
        }

    def lying_about(self) -> set[tuple[str, str]]:
        """Return which of her secrets lie where, among all that can be taken from the server."""
        with self.app.app_context():
            places = self.loot.places()
        return {
            (what, place)
            for place, content in places.items()
            for what, forms in self.her_secrets().items()
            if any(form in content for form in forms)
        }

    def ways_in(self) -> set[str]:
        """Return how the admin reads something."""
        return admin.ways_in(self.house.engine, SECRETS)


Begin = Callable[[], Sealed]


@pytest.fixture
def begin(
    any_app: Flask,
    present: None,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    caplog: pytest.LogCaptureFixture,
) -> Begin:
    """Sol begins a diary, has a day at the counter, opens the diary and looks at all of her pages."""
    caplog.set_level(logging.DEBUG)
    any_app.config["WTF_CSRF_ENABLED"] = False

    def made() -> Sealed:
        with any_app.app_context():
            config, house = any_app.extensions["config"], house_of(any_app)
            begun = opening.begin(db.session(), house.cast.people["Sol"], PASSWORD)
            db.session.add(_passkey(house.cast.people["Sol"], begun.private))
            db.session.commit()
            server = None if config.is_sqlite else request.getfixturevalue("postgres_server")
            elsewhere = tmp_path_factory.mktemp("elsewhere")
            loot = Loot(house, config.instance, elsewhere, server, caplog)
        sealed = Sealed(any_app, house, loot, begun, any_app.test_client())
        a_day_goes_by(sealed)
        return sealed

    return made


def _passkey(person: int, private: bytes) -> Passkey:
    """Return a passkey that opens the diary, in the hands of its owner."""
    wrapped = wraps.by_secret(keys.new_key(), admin.PASSKEY, private)
    return Passkey(
        person_id=person,
        name="phone",
        credential_id=keys.new_id(),
        public_key=b"public",
        sign_count=0,
        by_passkey=wrapped,
        made_on=NOW.date(),
    )


def a_day_goes_by(sealed: Sealed) -> None:
    desk = Desk(sealed.app.test_client(), sealed.house)
    desk.act("Sol", "rough", mood=1, severity="severe")
    desk.act("Sol", "break", kind="walk", minutes=10)
    with sealed.house.engine.begin() as connection:
        note = Entry(Of.NOTE, NOW, NOW, text=NOTE)
        keeping.keep(connection, sealed.house.server_key, sealed.sol, [note])
    assert sealed.browser.post("/sign-in", data={"login": "sol", "password": PASSWORD}).status_code == 302
    assert sealed.browser.post("/my/open", data={"password": PASSWORD}).status_code == 302
    shown = " ".join(own_pages(sealed.app, sealed.browser))
    assert NOTE in shown
    assert len(rows(sealed.house, DiaryOpened)) == 1


def own_pages(app: Flask, browser: FlaskClient) -> Iterator[str]:
    """Yield every page that is somebody's own, as a browser gets to see it."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if "GET" in rule.methods and GET.get(rule.endpoint) is Kind.PERSONAL and not rule.arguments:
            yield browser.get(rule.rule).text


@pytest.fixture
def sealed(begin: Begin) -> Sealed:
    """The evening of that day."""
    return begin()


def test_an_admin_with_the_whole_server_and_every_key_of_it_reads_nothing(sealed: Sealed):
    assert len(rows(sealed.house, DiaryEntry)) >= 3

    assert sealed.ways_in() == set()


def test_nothing_that_opens_a_diary_and_nothing_it_says_lies_in_a_file_a_dump_a_log_or_a_backup(
    sealed: Sealed,
):
    assert sealed.lying_about() == set()


def test_a_quarter_of_an_hour_later_not_even_the_cookie_helps(sealed: Sealed):
    with sealed.browser.session_transaction() as cookie:
        secret = base64.urlsafe_b64decode(cookie["diary"])
    (kept,) = rows(sealed.house, DiaryOpened)
    assert wraps.with_secret(secret, unlocking.PURPOSE, kept.wrapped_key) == sealed.begun.private

    with sealed.app.app_context():
        jobs.run(sealed.house.engine, SECRETS.server_key, NOW + timedelta(minutes=16))

    assert rows(sealed.house, DiaryOpened) == []
    with sealed.app.app_context():
        places = sealed.loot.places()
    assert [place for place, content in places.items() if kept.wrapped_key in content] == []


def test_an_admin_who_makes_a_code_and_chooses_a_password_gets_in_and_finds_the_diary_closed(sealed: Sealed):
    with sealed.app.app_context():
        code = codes.make_code(db.session(), CodePurpose.PASSWORD, sealed.sol, NOW)
        db.session.commit()
    browser = sealed.app.test_client()
    browser.post("/first-time", data={"code": code})
    typed = {"code": code, "login": "sol", "password": PASSWORD_OF_THE_ADMIN, "again": PASSWORD_OF_THE_ADMIN}
    browser.post("/first-time/password", data=typed)
    again = {"login": "sol", "password": PASSWORD_OF_THE_ADMIN}
    assert browser.post("/sign-in", data=again).status_code == 302

    assert browser.post("/my/open", data={"password": PASSWORD_OF_THE_ADMIN}).status_code == 422
    assert not [page for page in own_pages(sealed.app, browser) if NOTE in page]
    assert sealed.ways_in() == set()
    with sealed.app.app_context():
        diary = db.session.get_one(DiaryKey, sealed.sol)
        assert opening.with_recovery_code(diary, sealed.begun.recovery_code) == sealed.begun.private


def test_an_admin_who_puts_a_key_of_their_own_in_its_place_does_not_read_the_past_and_is_noticed(
    sealed: Sealed,
):
    """From then on they could read what is added; the owner's next look at the diary fails."""
    theirs = sealing.new_pair()
    change(sealed.house, sa.update(DiaryKey).values(public_key=theirs.public))
    past = rows(sealed.house, DiaryEntry)
    Desk(sealed.app.test_client(), sealed.house).act("Sol", "check_in", mood=1)

    for row in past:
        with pytest.raises(sealing.CannotOpen):
            sealing.Reader(theirs.private).opened(row.sealed)
    with pytest.raises(sealing.CannotOpen), sealed.house.engine.connect() as connection:
        opening.read(connection, SECRETS.server_key, sealed.sol, sealed.begun.private)
    assert "it was changed on the server" in sealed.browser.get("/my/days").text


def test_an_admin_who_seals_anew_what_they_read_is_noticed_and_never_handed_the_past(sealed: Sealed):
    """Every entry opens, because what came in was read and sealed to its owner again; the key alone tells."""
    theirs = sealing.new_pair()
    change(sealed.house, sa.update(DiaryKey).values(public_key=theirs.public))
    before = rows(sealed.house, DiaryEntry)

    for address in ("/my/days", "/my/data/export.csv"):
        assert "it was changed on the server" in sealed.browser.get(address).text
    longer = sealed.browser.post("/my/data/days", data={"kept_days": 365, "note_days": 30})
    assert "it was changed on the server" in longer.text
    assert rows(sealed.house, DiaryEntry) == before


def test_when_something_breaks_the_log_says_nothing_of_what_was_written(sealed: Sealed):
    change(sealed.house, sa.text("ALTER TABLE diary_entry RENAME TO lost"))
    sealed.loot.log.clear()

    answers = [
        sealed.browser.post("/my/days/note", data={"text": NOTE}),
        sealed.browser.get("/my/days"),
        sealed.browser.get("/my/data/export.json"),
    ]

    assert [answer.status_code for answer in answers] == [500] * 3
    log = sealed.loot.log.text
    assert len(re.findall(r"unexpected \w+ in \w+:\d+", log)) == 3
    assert not [word for word in (NOTE, "harbour", "Sol", "Vale", "/my/") if word in log]


def begins_anew(sealed: Sealed) -> None:
    door.begin_anew(db.session(), SECRETS.server_key, sealed.sol, PASSWORD)


def changes_her_password(sealed: Sealed) -> None:
    mine = db.session.get_one(DiaryKey, sealed.sol)
    mine.by_password = wraps.by_password(PASSWORD, sealed.begun.private)


def leaves(sealed: Sealed) -> None:
    erasure.erase(db.session(), SECRETS.server_key, db.session.get_one(Person, sealed.sol))


@pytest.mark.parametrize("what_she_does", [begins_anew, changes_her_password, leaves])
def test_what_is_no_more_has_left_the_files_within_the_hour(
    sealed: Sealed, what_she_does: Callable[[Sealed], None]
):
    with sealed.app.app_context():
        begin_diaries(sealed.house, ["Noor", "Bea"])
    before = held(sealed.house)
    take_samples(sealed)
    with sealed.app.app_context():
        what_she_does(sealed)
        db.session.commit()
        jobs.run(sealed.house.engine, SECRETS.server_key, NOW + timedelta(hours=2))
        places = sealed.loot.places()

    gone = before - held(sealed.house)
    assert len(gone) >= 2
    assert {place for place, content in places.items() for box in gone if box in content} == set()


def take_samples(sealed: Sealed) -> None:
    """Do what PostgreSQL does by itself at any time: it notes samples of columns in its catalogue."""
    if sealed.loot.server:
        with sealed.house.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")


def held(house: House) -> set[bytes]:
    """Return every wrap and every sealed entry of a site."""
    wrapped = {bytes(row.wrapped_key) for row in rows(house, DiaryOpened)}
    for row in rows(house, DiaryKey):
        wrapped |= {bytes(row.by_password or b""), bytes(row.by_recovery)}
    by_passkey = {bytes(row.by_passkey) for row in rows(house, Passkey) if row.by_passkey}
    return wrapped | by_passkey | {bytes(row.sealed) for row in rows(house, DiaryEntry)}


# What follows shows that the admin finds what is there.


def escrow(sealed: Sealed) -> None:
    """A second wrap, in case somebody forgets: by the server's key."""
    wrap = wraps.by_secret(SECRETS.server_key, opening.RECOVERY, sealed.begun.private)
    change(sealed.house, sa.update(DiaryKey).values(by_recovery=wrap))


def a_pin_is_enough(sealed: Sealed) -> None:
    """The PIN of the tablet opens the diary, because people know it."""
    wrap = wraps.by_password(pin_of("Sol"), sealed.begun.private)
    change(sealed.house, sa.update(DiaryKey).values(by_password=wrap))


def named_after_its_key(sealed: Sealed) -> None:
    """The passkey keeps the code that opens the diary as its name, to be shown again."""
    change(sealed.house, sa.update(Passkey).values(name=sealed.begun.recovery_code))


def the_stored_hash_is_the_key(sealed: Sealed) -> None:
    """One salt for both: what is stored of the password is what wraps the key."""
    stored = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    change(sealed.house, sa.update(Person).where(Person.id == sealed.sol).values(password_hash=stored))
    (digest,) = admin.hashes([stored])
    wrap = bytes(admin.BEGINS[1]) + wraps._boxed(digest, sealed.begun.private)
    change(sealed.house, sa.update(DiaryKey).values(by_password=wrap))


def the_cookies_secret_is_the_token(sealed: Sealed) -> None:
    """No secret of its own for the browser: the token's own mac will do."""
    (kept,) = rows(sealed.house, DiaryOpened)
    wrap = wraps.by_secret(kept.token_mac, unlocking.PURPOSE, sealed.begun.private)
    change(sealed.house, sa.update(DiaryOpened).values(wrapped_key=wrap))


def the_private_key_is_kept(sealed: Sealed) -> None:
    """The pair is kept together."""
    change(sealed.house, sa.update(Passkey).values(public_key=b"pair" + sealed.begun.private))


@pytest.mark.parametrize(
    ("mistake", "way"),
    [
        (escrow, "a key of the server opens DiaryKey.by_recovery"),
        (a_pin_is_enough, "a text of the database opens DiaryKey.by_password"),
        (named_after_its_key, "a text of the database opens DiaryKey.by_recovery"),
        (the_stored_hash_is_the_key, "a key of the server opens DiaryKey.by_password"),
        (the_cookies_secret_is_the_token, "a key of the server opens DiaryOpened.wrapped_key"),
        (the_private_key_is_kept, "a key of the server opens an entry"),
    ],
)
def test_a_way_in_is_found(sealed: Sealed, mistake: Callable[[Sealed], None], way: str):
    mistake(sealed)

    assert way in sealed.ways_in()


def test_an_entry_that_is_only_filled_up_and_a_line_that_says_too_much_are_found(sealed: Sealed):
    open_entry = written(Entry(Of.NOTE, NOW, NOW, text=NOTE)).ljust(1072)
    change(sealed.house, sa.update(DiaryEntry).values(sealed=open_entry))
    logging.getLogger("wellbeing").warning("could not show %s", NOTE)

    assert "an entry stands open" in sealed.ways_in()
    assert {("her note", place) for place in ("the log", "the database's files")} <= sealed.lying_about()


def test_a_code_and_a_key_that_are_written_down_are_found(sealed: Sealed):
    named_after_its_key(sealed)
    the_private_key_is_kept(sealed)

    found = sealed.lying_about()
    assert {("her recovery code", "a dump"), ("her private key", "a dump")} <= found
    assert {("her recovery code", "a backup"), ("her private key", "a backup")} <= found
