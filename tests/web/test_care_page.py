"""After a rough one, on one's own phone: safety first, kind words, a break, and the way back."""

from datetime import date
from html import unescape

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.cast import Cast
from wellbeing.content import entries
from wellbeing.models.base import db
from wellbeing.models.content import ContentEntry, Origin, Upload

CLIP, PICTURE = "a" * 64, "b" * 64
TODAY = date(2026, 3, 4)


@pytest.fixture
def happy(app: Flask, site: Cast) -> None:
    """A list with a link, a clip, a picture, and a clip that is not there any more."""
    with app.app_context():
        for digest, kind in ((CLIP, "video/mp4"), (PICTURE, "image/png")):
            row = {"sha256": digest, "media_type": kind, "title": "x", "size": 1, "added_on": TODAY}
            db.session.execute(sa.insert(Upload).values(row))
        things = {"link": "https://example.org/otters", "clip": CLIP, "picture": PICTURE, "gone": "c" * 64}
        for key, thing in things.items():
            plain = {"link": thing} if key == "link" else {"clip": thing}
            words = {"en": {"title": f"Title of the {key}"}, "plain": plain}
            row = {"kind": "heart_happy", "key": key, "words": words, "origin": Origin.SITE, "position": 50}
            db.session.execute(sa.insert(ContentEntry).values(**row, offered=True))
        db.session.commit()


def take_away(app: Flask, *kinds: str) -> None:
    with app.app_context():
        for kind in kinds:
            every = entries.every(db.session(), kind)
            for position, entry in enumerate(every):
                row = {"kind": kind, "key": entry.key, "origin": Origin.SHIPPED, "position": position}
                db.session.execute(sa.insert(ContentEntry).values(**row, offered=False))
        db.session.commit()


@pytest.mark.parametrize("language", ["en", "es"])
def test_anybody_reads_the_shipped_words_in_their_language(
    app: Flask, client: FlaskClient, site: Cast, language: str
):
    page = client.get(f"/care?lang={language}")

    with app.app_context():
        firsts = [line["text"] for line in entries.shown(db.session(), "reframing", TODAY, language)]
        for kind in ("under_anger", "perspective", "break_idea"):
            for entry in entries.shown(db.session(), kind, TODAY, language):
                assert entry["text"] in unescape(page.text), entry["key"]
    assert sum(f"<h1>{line}</h1>" in unescape(page.text) for line in firsts) == 1


def test_safety_comes_first_and_brings_no_coaching_along(client: FlaskClient, site: Cast):
    page = client.get("/care").text
    safe = page.partition('class="card care-safe"')[2].partition("</section>")[0]

    assert page.index("Are you safe now?") < page.index("A break after a rough one is yours")
    assert "You may end an abusive contact" in safe
    assert "call 112" in safe
    assert 'href="/incident"' in safe and 'href="/help"' in safe
    assert "/coach" not in safe


def test_it_leads_to_the_coach_the_lines_and_a_breath(client: FlaskClient, site: Cast):
    page = client.get("/care").text

    assert 'href="/coach"' in page and 'href="/lines"' in page
    assert 'id="breathe-start"' in page
    assert "In for four, out for six." in page.partition("<noscript>")[2].partition("</noscript>")[0]


def test_a_link_opens_by_a_tap_a_clip_plays_in_the_page_and_nothing_is_fetched_before(
    client: FlaskClient, happy
):
    page = client.get("/care").text

    link = '<a class="button" href="https://example.org/otters" target="_blank" rel="noopener noreferrer">'
    assert link in page
    assert "Open at example.org" in page
    assert f'<video src="/clips/{CLIP}" controls preload="none"' in page
    assert f'<img src="/clips/{PICTURE}"' in page
    assert "Title of the gone" not in page


def test_a_tablet_gets_the_same_list(client: FlaskClient, site: Cast, happy):
    care = client.get("/counter/care", headers={"Authorization": f"Bearer {site.token}"}).json
    found = {one["key"]: one for one in care["heart_happy"]}

    assert set(found) >= {"link", "clip", "picture"} and "gone" not in found
    assert found["clip"] == {
        "key": "clip",
        "title": "Title of the clip",
        "clip_address": f"/clips/{CLIP}",
        "picture": False,
    }


def test_a_site_that_took_everything_away_still_has_a_page(app: Flask, client: FlaskClient, site: Cast):
    kinds = ("reframing", "under_anger", "perspective", "break_idea", "heart_happy", "policy", "prompt")
    take_away(app, *kinds)

    page = client.get("/care")
    assert page.status_code == 200
    assert "It's not about you." in unescape(page.text)
    assert "A break is yours" in page.text
