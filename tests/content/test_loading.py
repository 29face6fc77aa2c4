"""Files of texts: whole and good, or refused with every bad entry by number; never over a site's edits."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from wellbeing.content import arranging, editing, loading
from wellbeing.content.editing import Typed
from wellbeing.content.entries import every
from wellbeing.content.kinds import KINDS
from wellbeing.content.loading import FileRefused, Loaded
from wellbeing.content.shipped import shipped
from wellbeing.models.base import db
from wellbeing.models.content import ContentEntry, Origin

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
GOOD = """
kind = "reframing"
[[entry]]
key = "ours-1"
source = "Us"
[entry.en]
text = "Ours"
[entry.es]
text = "Lo nuestro"
[[entry]]
key = "ours-2"
offered = false
[entry.en]
text = "Later"
"""
KIND = KINDS["reframing"]


@pytest.fixture(autouse=True)
def in_english(app: Flask):
    with app.app_context():
        yield


def refused(text: str | bytes) -> list[str]:
    with pytest.raises(FileRefused) as found:
        loading.read(text.encode() if isinstance(text, str) else text)
    assert str(found.value) == "\n".join(found.value.problems)
    return found.value.problems


def load(text: str) -> Loaded:
    loaded = loading.load(db.session(), loading.read(text.encode()), NOW)
    db.session.commit()
    return loaded


def test_a_good_file_is_read_whole_also_as_windows_saves_it():
    texts = loading.read(GOOD.encode())

    assert [(told.key, told.offered) for told in texts.entries] == [("ours-1", True), ("ours-2", False)]
    assert texts.entries[0].words["plain"] == {"source": "Us"}
    assert loading.read(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()) == texts


def test_every_bad_entry_is_named_by_number_and_reason():
    bad = GOOD + '[[entry]]\nkey = "ours-1"\n[entry.en]\ntext = "x"\n'
    bad += '[[entry]]\nkey = "Bad Key"\n[[entry]]\n[[entry]]\nkey = "new"\n'
    bad += f'[[entry]]\nkey = "long"\ncolour = "red"\n[entry.en]\ntext = "{"x" * 201}"\n'
    bad += '[[entry]]\nkey = "off"\noffered = "no"\n'

    found = refused(bad)

    assert found[0] == "Entry 3 (ours-1): its key stands twice in the file."
    assert found[1].startswith("Entry 4 (Bad Key): its key has to be")
    assert found[2].startswith("Entry 5: its key") and found[3].startswith("Entry 6 (new): its key")
    assert "At most 200 characters; this has 201." in found[4] and "plain.colour" in found[4]
    assert found[5] == "Entry 8 (off): offered can be true or false."


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "The file begins with kind = one of:"),
        ('kind = "weather"', "The file begins with kind = one of:"),
        ("kind = 3", "The file begins with kind = one of:"),
        ('kind = "line"', "The file has no [[entry]]."),
        ('kind = "line"\nentry = 3', "The file has no [[entry]]."),
        ('kind = "line"\nentry = [3]', "Entry 1: it is no table."),
        ('kind = "reframing"\ncolour = 1\n' + GOOD.partition("\n[[")[2].join(["[[", ""]), "“colour”"),
        ("kind = ", "The file is not in TOML"),
        ("a" * 1_000_001, "larger than 1 MB"),
        (b'kind = "line"\n# caf\xe9', "Line 2 is not in UTF-8"),
        ("x = " + "[" * 5000, "The file is not in TOML"),
        (
            'kind = "policy"\n[[entry]]\nkey = "our-own"\n[entry.en]\ntitle = "a"\ntext = "b"',
            "can be changed, and none added",
        ),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_in_a_sentence(text: str | bytes, reason: str):
    assert reason in "\n".join(refused(text))


def test_a_file_with_too_many_texts_is_refused():
    entries = "".join(f'[[entry]]\nkey = "k{number}"\n[entry.en]\ntext = "x"\n' for number in range(61))

    assert refused('kind = "reframing"\n' + entries) == ["A kind has at most 60 entries; the file has 61."]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes):
    try:
        loading.read(content)
    except FileRefused as found:
        assert found.problems


def test_a_file_is_loaded_once_and_again_only_where_it_says_something_new(site, app: Flask):
    assert load(GOOD) == Loaded(new=2)
    assert load(GOOD) == Loaded(same=2)
    assert load(GOOD.replace('"Ours"', '"Theirs"')) == Loaded(changed=1, same=1)

    found = {entry.key: entry for entry in every(db.session(), "reframing")}
    assert found["ours-1"].said("en") == {"text": "Theirs", "source": "Us"}
    assert (found["ours-1"].origin, found["ours-2"].offered) == (Origin.FILE, False)
    assert [len(editing.history(db.session(), KIND, key)) for key in ("ours-1", "ours-2")] == [2, 1]


def test_what_was_edited_on_the_site_is_never_overwritten(site, app: Flask):
    load(GOOD)
    typed = Typed({"en": {"text": "Edited"}}, editing.mark(editing.find(db.session(), KIND, "ours-1").words))
    editing.save(db.session(), KIND, "ours-1", typed, NOW)
    arranging.take_away(db.session(), KIND, "ours-1")
    arranging.offer_again(db.session(), KIND, "ours-2")

    assert load(GOOD.replace("Later", "Soon")) == Loaded(changed=1, kept=1)
    found = {entry.key: entry for entry in every(db.session(), "reframing")}
    assert found["ours-1"].said("en")["text"] == "Edited"
    assert (found["ours-1"].offered, found["ours-2"].offered) == (False, True)


def test_a_file_changes_shipped_words_until_the_site_wants_them_back(site, app: Flask):
    key = shipped("reframing")[0].key
    load(f'kind = "reframing"\n[[entry]]\nkey = "{key}"\n[entry.en]\ntext = "From a file"\n')
    assert editing.find(db.session(), KIND, key).origin is Origin.FILE

    editing.as_shipped(db.session(), KIND, key, NOW)
    assert editing.find(db.session(), KIND, key).words == shipped("reframing")[0].words


def test_a_file_that_would_fill_a_kind_beyond_its_end_is_refused(site, app: Flask):
    for number in range(60 - len([entry for entry in every(db.session(), "reframing") if entry.offered])):
        editing.add(db.session(), KIND, Typed({"en": {"text": f"x{number}"}}, ""), NOW)

    with pytest.raises(FileRefused, match="more than 60"):
        loading.load(db.session(), loading.read(GOOD.encode()), NOW)


def test_every_shipped_file_is_good():
    assert list(loading.problems_of_shipped()) == []


def test_a_bad_shipped_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "policy.toml").write_text("[[entry]]\n")
    monkeypatch.setattr(loading, "FOLDER", tmp_path)

    assert list(loading.problems_of_shipped()) == [
        "policy.toml: Entry 1: its key has to be of a-z, 0-9 and -, at most 60 of them."
    ]


def test_what_a_site_has_is_checked_too(site, app: Flask):
    rows = [("reframing", "good", {"en": {"text": "x"}}), ("reframing", "plain", None)]
    rows += [("weather", "old", {"en": {"text": "x"}}), ("reframing", "broken", {"en": {}})]
    for place, (kind, key, words) in enumerate(rows):
        db.session.add(
            ContentEntry(kind=kind, key=key, words=words, origin=Origin.SITE, position=place, offered=True)
        )
    db.session.commit()

    assert list(loading.problems_of_site(db.session(), set())) == [
        "reframing/broken: en.text: Please fill this in.",
        "weather/old: this version knows no such kind of text.",
    ]
    broken = GOOD.replace("ours-1", "broken")
    assert load(broken) == Loaded(new=1, kept=1)


def test_words_of_a_file_that_this_version_would_not_keep_are_replaced(site, app: Flask):
    db.session.add(
        ContentEntry(kind="reframing", key="ours-1", words={"en": {}}, origin=Origin.FILE, position=90)
    )
    db.session.commit()

    assert load(GOOD) == Loaded(new=1, changed=1)
