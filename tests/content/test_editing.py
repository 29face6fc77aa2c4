"""A site changes its texts: nothing that was ever saved is lost, and what is shipped can always come back."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.answers import House
from wellbeing.content import arranging, editing
from wellbeing.content.checks import WordsRefused
from wellbeing.content.editing import ChangedMeanwhile, EditRefused, NoSuchText, Typed
from wellbeing.content.entries import Entry, every
from wellbeing.content.kinds import KINDS
from wellbeing.content.shipped import shipped
from wellbeing.models.base import db
from wellbeing.models.content import ContentEntry, ContentVersion, Origin

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
LINE, POLICY, MESSAGE = KINDS["reframing"], KINDS["policy"], KINDS["message"]
FIRST = shipped("reframing")[0].key
OURS = {"en": {"text": "Ours"}}


@pytest.fixture(autouse=True)
def here(any_app: Flask, any_house: House):
    """On both databases."""


def entry(key: str = FIRST, kind=LINE) -> Entry:
    return editing.find(db.session(), kind, key)


def keys(kind=LINE) -> list[str]:
    return [found.key for found in every(db.session(), kind.name) if found.offered]


def save(text: str, key: str = FIRST, kind=LINE) -> None:
    typed = Typed({**OURS, "en": {"text": text}}, editing.mark(entry(key, kind).words))
    editing.save(db.session(), kind, key, typed, NOW)


def said(key: str = FIRST, kind=LINE) -> list[str]:
    """Return what the history of a text holds, the newest first."""
    return [version.words["en"]["text"] for version in editing.history(db.session(), kind, key)]


def test_own_words_are_laid_over_and_every_wording_is_kept():
    save("One")
    save("Two")
    save("Two")

    assert entry().said("es")["text"] == "Two"
    assert entry().origin is Origin.SITE
    assert said() == ["Two", "One"]


@pytest.mark.parametrize(("day", "is_kept"), [("2026-03-05", True), ("2026-03-06", False)])
def test_no_number_was_checked_on_a_day_to_come(day: str, is_kept: bool):
    plain = {"country": "ES", "number": "024", "checked": day}
    typed = Typed({"en": {"name": "A line"}, "plain": plain}, "")

    if is_kept:
        assert editing.add(db.session(), KINDS["helpline"], typed, NOW)
    else:
        with pytest.raises(WordsRefused, match="This day is still to come."):
            editing.add(db.session(), KINDS["helpline"], typed, NOW)


def test_an_earlier_wording_comes_back_as_a_new_version():
    save("One")
    save("Two")
    first = editing.history(db.session(), LINE, FIRST)[-1].id
    editing.restore(db.session(), LINE, FIRST, first, NOW)

    assert said() == ["One", "Two", "One"]
    assert entry().said("en")["text"] == "One"


def test_as_shipped_follows_the_file_again_and_what_was_said_stays_in_the_history():
    save("One")
    editing.as_shipped(db.session(), LINE, FIRST, NOW)
    editing.as_shipped(db.session(), LINE, FIRST, NOW)

    shipped_text = shipped("reframing")[0].words["en"]["text"]
    assert (entry().origin, entry().said("en")["text"]) == (Origin.SHIPPED, shipped_text)
    assert said() == [shipped_text, "One"]
    assert db.session.scalar(sa.select(ContentEntry.words)) is None


def test_saving_the_shipped_words_leaves_a_text_as_shipped_without_a_history():
    typed = Typed(entry().words, editing.mark(entry().words))
    editing.save(db.session(), LINE, FIRST, typed, NOW)

    assert (entry().origin, said()) == (Origin.SHIPPED, [])


def test_two_admins_at_once_the_later_one_is_told_and_nothing_is_lost():
    before = editing.mark(entry().words)
    save("Hers")

    with pytest.raises(ChangedMeanwhile):
        editing.save(db.session(), LINE, FIRST, Typed(OURS, before), NOW)
    db.session.rollback()
    assert said() == ["Hers"]


def test_words_that_cannot_be_kept_change_nothing():
    with pytest.raises(WordsRefused):
        save("")
    db.session.rollback()
    assert said() == []


def test_an_own_text_comes_last_and_gets_a_key_that_no_product_will_have():
    key = editing.add(db.session(), LINE, Typed(OURS, ""), NOW)
    other = editing.add(db.session(), LINE, Typed(OURS, ""), NOW)

    assert keys()[-2:] == [key, other]
    assert key.startswith("own-") and key != other
    assert editing.words_as_shipped(LINE, key) is None


def test_some_texts_can_be_changed_and_none_added_or_taken_away():
    key = shipped("policy")[0].key
    with pytest.raises(EditRefused):
        editing.add(db.session(), POLICY, Typed({}, ""), NOW)
    with pytest.raises(EditRefused):
        arranging.take_away(db.session(), POLICY, key)


def test_a_kind_is_full_at_sixty():
    for _number in range(60 - len(keys())):
        key = editing.add(db.session(), LINE, Typed(OURS, ""), NOW)
    with pytest.raises(EditRefused, match="At most 60 texts"):
        editing.add(db.session(), LINE, Typed(OURS, ""), NOW)
    arranging.take_away(db.session(), LINE, key)
    editing.add(db.session(), LINE, Typed(OURS, ""), NOW)
    with pytest.raises(EditRefused):
        arranging.offer_again(db.session(), LINE, key)


def test_what_is_taken_away_is_not_shown_and_can_be_offered_again():
    arranging.take_away(db.session(), LINE, FIRST)
    assert FIRST not in keys()

    arranging.offer_again(db.session(), LINE, FIRST)
    arranging.offer_again(db.session(), LINE, FIRST)
    assert keys()[0] == FIRST


def test_an_own_text_that_is_taken_away_can_be_deleted_with_all_it_ever_said():
    key = editing.add(db.session(), LINE, Typed(OURS, ""), NOW)
    with pytest.raises(EditRefused):
        editing.delete(db.session(), LINE, key)
    arranging.take_away(db.session(), LINE, key)
    arranging.take_away(db.session(), LINE, FIRST)
    with pytest.raises(EditRefused):
        editing.delete(db.session(), LINE, FIRST)

    editing.delete(db.session(), LINE, key)

    with pytest.raises(NoSuchText):
        entry(key)
    assert db.session.scalars(sa.select(ContentVersion)).all() == []


def test_texts_move_one_place_at_a_time_past_those_that_are_taken_away():
    first, second, third = keys()[:3]
    arranging.move(db.session(), LINE, first, 1)
    assert keys()[:3] == [second, first, third]

    arranging.take_away(db.session(), LINE, first)
    arranging.move(db.session(), LINE, third, -1)
    assert keys()[:2] == [third, second]

    before = keys()
    arranging.move(db.session(), LINE, third, -1)
    arranging.move(db.session(), LINE, before[-1], 1)
    arranging.move(db.session(), LINE, first, 1)
    assert keys() == before


def test_moving_writes_no_more_rows_than_it_must():
    first = keys()[0]
    arranging.move(db.session(), LINE, first, 1)

    assert db.session.scalar(sa.select(sa.func.count()).select_from(ContentEntry)) == 2


def test_an_own_text_can_move_to_the_top():
    key = editing.add(db.session(), LINE, Typed(OURS, ""), NOW)
    for _step in range(len(keys())):
        arranging.move(db.session(), LINE, key, -1)

    assert keys()[0] == key


def test_a_message_is_shown_on_its_days_alone():
    key = shipped("message")[0].key
    arranging.schedule(db.session(), MESSAGE, key, "2026-12-01", "2026-12-24", mark_of(key))
    found = entry(key, MESSAGE)
    assert [found.is_shown(datetime(2026, 12, day).date()) for day in (1, 24, 25)] == [True, True, False]
    assert not found.is_shown(NOW.date())

    arranging.schedule(db.session(), MESSAGE, key, "", "", mark_of(key))
    assert entry(key, MESSAGE).is_shown(NOW.date())


def mark_of(key: str) -> str:
    return arranging.mark_of_days(entry(key, MESSAGE))


@pytest.mark.parametrize(
    ("begins", "ends", "reason"),
    [
        ("2026-12-24", "2026-12-01", "The last day comes before the first one."),
        ("tomorrow", "", "This is not a day"),
        ("", "2026-02-30", "This is not a day"),
    ],
)
def test_days_that_make_no_sense_are_refused(begins: str, ends: str, reason: str):
    key = shipped("message")[0].key
    with pytest.raises(EditRefused, match=reason):
        arranging.schedule(db.session(), MESSAGE, key, begins, ends, mark_of(key))


def test_days_that_somebody_else_changed_meanwhile_stay():
    key = shipped("message")[0].key
    before = mark_of(key)
    arranging.schedule(db.session(), MESSAGE, key, "2026-12-01", "", before)

    with pytest.raises(ChangedMeanwhile):
        arranging.schedule(db.session(), MESSAGE, key, "2026-12-02", "", before)


def test_texts_without_days_take_none():
    with pytest.raises(EditRefused, match="on every day"):
        arranging.schedule(db.session(), LINE, FIRST, "2026-12-01", "", "")


def test_what_is_not_there_is_not_found():
    save("One")
    version = editing.history(db.session(), LINE, FIRST)[0].id
    key = editing.add(db.session(), LINE, Typed(OURS, ""), NOW)

    for wrong in (
        lambda: editing.restore(db.session(), LINE, FIRST, 999, NOW),
        lambda: editing.restore(db.session(), LINE, key, version, NOW),
        lambda: editing.restore(db.session(), MESSAGE, FIRST, version, NOW),
        lambda: editing.as_shipped(db.session(), LINE, key, NOW),
        lambda: arranging.take_away(db.session(), LINE, "no-such"),
    ):
        with pytest.raises(NoSuchText):
            wrong()


def test_a_wording_whose_clip_is_gone_does_not_come_back():
    happy, clip = KINDS["heart_happy"], "a" * 64
    words = {"en": {"title": "Otters"}, "plain": {"clip": clip}}
    key = editing.add(db.session(), happy, Typed(words, "", {clip}), NOW)
    version = editing.history(db.session(), happy, key)[0].id

    with pytest.raises(EditRefused, match="no such clip"):
        editing.restore(db.session(), happy, key, version, NOW)
    editing.restore(db.session(), happy, key, version, NOW, {clip})
