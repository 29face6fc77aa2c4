"""The words of the audit log: every act has a sentence, which bears what is missing."""

import re

from flask import Flask
from flask_babel import force_locale

from wellbeing import audit_sentences
from wellbeing.audit import Act
from wellbeing.audit_sentences import KNOWN, MISSING
from wellbeing.audit_words import KINDS, WORDS, Kind


def test_every_act_has_its_sentences_and_its_kind(app: Flask):
    assert set(WORDS) == set(Act)
    with app.test_request_context():
        for act in Act:
            said, told = audit_sentences.in_log(act, {}), audit_sentences.about_you(act, {})
            assert said.endswith(".") and told.endswith("."), act
            assert "%(" not in said + told, act


def test_whoever_it_was_about_is_told_so_in_the_second_person(app: Flask):
    with app.test_request_context():
        for act, words in WORDS.items():
            about_somebody = "%(person)s" in str(words.in_log)
            assert about_somebody == (words.about_you is not None), act
            assert not about_somebody or re.search(r"\b[Yy]ou", str(words.about_you)), act


def test_facts_are_said_in_words_and_days_in_the_readers_language(app: Flask):
    lent = {"person": "Sol", "unit": "Parts", "until": "2026-03-20"}
    role = {"unit": "Parts", "role": "manager"}

    with app.test_request_context(), force_locale("en"):
        assert audit_sentences.in_log("person_lent", lent) == "Sol was lent to Parts until 20 Mar 2026."
        assert audit_sentences.about_you("role_given", role) == "You were given a role for Parts: manager."
    with app.test_request_context(), force_locale("es"):
        assert "20 mar 2026" in audit_sentences.in_log("person_lent", lent)


def test_what_is_missing_leaves_a_gap_and_no_error(app: Flask):
    with app.test_request_context(), force_locale("en"):
        assert audit_sentences.in_log("unit_renamed", {}) == f"{MISSING} was given the name {MISSING}."
        assert audit_sentences.in_log("role_given", {"role": "owner"}).endswith(": owner.")
        assert audit_sentences.in_log("person_lent", {"until": "soon"}).endswith("until soon.")


def test_an_act_of_a_later_version_is_said_to_be_one(app: Flask):
    with app.test_request_context(), force_locale("en"):
        assert "no words" in audit_sentences.in_log("flown_to_the_moon", {})


def test_every_key_and_kind_has_words(app: Flask):
    with app.test_request_context():
        assert all(str(word) for words in KNOWN.values() for word in words.values())
        assert set(KINDS) == set(Kind)
