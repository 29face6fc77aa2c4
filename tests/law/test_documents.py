"""The documents: complete in both languages, true to this site, and honest about what is missing."""

import re
import string
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.law.known import KNOWN, SIGNED, SO
from wellbeing.disclosure import week
from wellbeing.law import documents, kept, texts
from wellbeing.law.document import CLOSES, OPENS, Document, Line, Points, Said, Table, runs
from wellbeing.law.documents import Kind
from wellbeing.law.facts import Basis, Condition, Council, Facts, Hosting
from wellbeing.law.filling import Known
from wellbeing.law.texts import LANGUAGES
from wellbeing.models.agreements import AgreementKind

DRAFT = replace(KNOWN, facts=Facts(), number=0, signed=None)


def words(document: Document) -> str:
    found = [document.title, document.version, document.note, *document.changed]
    for section in document.sections:
        found.append(section.title)
        for part in section.parts:
            match part:
                case Said(text) | Line(text):
                    found.append(text)
                case Points(items):
                    found += items
                case Table(columns, rows):
                    found += [*columns, *(cell for row in rows for cell in row)]
    return "\n".join(found)


def read(kind: Kind = Kind.NOTICE, known: Known = KNOWN, language: str = "en") -> str:
    return words(documents.document(kind, known, language))


def pairs(found: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every text of a file in both languages."""
    if isinstance(found, list):
        for one in found:
            yield from pairs(one)
    elif isinstance(found, dict):
        if "en" in found or "es" in found:
            yield found.get("en"), found.get("es")
        for inner in found.values():
            yield from pairs(inner)


def blanks(text: str | list[str]) -> list[str]:
    whole = text if isinstance(text, str) else " ".join(text)
    return sorted(name for _text, name, _spec, _how in string.Formatter().parse(whole) if name)


@pytest.mark.parametrize("file", ["choices", *Kind])
def test_each_text_stands_in_both_languages_with_the_same_blanks(file: str):
    found = list(pairs(texts.read(file)))

    assert found
    for english, spanish in found:
        assert english and spanish
        assert english != spanish or english == "no" or blanks(english)
        assert blanks(english) == blanks(spanish)
        assert isinstance(english, str) or len(english) == len(spanish)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_a_site_that_answered_everything_has_no_gap(kind: Kind, language: str):
    said = read(kind, language=language)

    assert OPENS not in said and "{" not in said
    for typed in ("Harbour Motors Ltd.", "1 Quay Street", "privacy@harbour-motors.example"):
        assert typed in said or kind is Kind.ASSESSMENT
    assert ("legal advice" if language == "en" else "asesoramiento jurídico") in said


@pytest.mark.parametrize("kind", Kind)
def test_what_is_missing_is_marked_and_nothing_is_made_up(kind: Kind):
    said = read(kind, DRAFT)

    assert f"{OPENS}Missing: Who is responsible{CLOSES}" in said
    assert f"{OPENS}Missing: Lawful basis for figures of groups{CLOSES}" in said
    assert "Draft" in said
    assert "GDPR" in said and "Art. 6(1)(f)" not in said and "Art. 6(1)(c) GDPR;" not in said


def test_the_gaps_of_an_assessment_include_the_signature():
    assert "Not signed yet" in read(Kind.ASSESSMENT, DRAFT)
    assert "signed on 20 November 2026 by Ada Vale, on version 1" in read(Kind.ASSESSMENT)


def test_who_signed_is_not_told_to_everybody_who_opens_the_notice():
    said = read()

    assert "agreed with the works council: WC 2026/14, 2 November 2026" in said
    assert "Ada" not in said


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (AgreementKind.STAFF, "agreed with the staff: WC 2026/14"),
        (AgreementKind.NONE_NEEDED, "signed on 20 November 2026 that no agreement"),
    ],
)
def test_each_kind_of_agreement_has_its_sentence(kind: AgreementKind, sentence: str):
    agreed_on = None if kind is AgreementKind.NONE_NEEDED else SIGNED.agreed_on
    signed = replace(SIGNED, kind=kind, agreed_on=agreed_on)

    assert sentence in read(known=replace(KNOWN, signed=signed))


def test_the_numbers_are_those_of_this_site():
    strict = replace(SO, people_needed=7, own_pool_from=9, tick_days=14, checkup_months=1, badge_alone=True)
    known = replace(KNOWN, so=strict, since=strict)

    assert "Every second Monday at 04:00" in read(known=known)
    assert "at least 7 people" in read(known=known)
    assert "“Take back these two weeks”" in read(known=known)
    assessment = read(Kind.ASSESSMENT, known)
    assert "from 9 people who can be counted" in assessment
    assert "At the end of each month a check-up" in assessment
    assert "a badge stands for its owner without a PIN" in assessment
    assert "0.32, with whole weeks away 0.61 (7 days); 0.08 and 0.32 (14 days)" in assessment
    assert "0,32; con semanas enteras fuera, 0,61" in read(Kind.ASSESSMENT, known, "es")


def test_only_what_is_in_use_is_told():
    plain, busy = read(), read(known=replace(KNOWN, so=replace(SO, mail=True, company=True)))

    assert "mail server" not in plain and "company's own sign-in" not in plain
    assert "mail server" in busy and "company's own sign-in" in busy
    nobody = read(known=replace(KNOWN, so=replace(SO, contact_readers=0, incident_readers=0)))
    assert "so the form is not offered" in nobody and "can only be printed" in nobody


def test_a_site_without_an_officer_says_so():
    none = replace(KNOWN, facts=replace(KNOWN.facts, officer="", no_officer=True))

    for kind in Kind:
        assert "no data protection officer" in read(kind, none).lower() or "None appointed" in read(
            kind, none
        )
        assert OPENS not in read(kind, none)


def test_settings_that_changed_since_are_told_at_the_top():
    later = replace(KNOWN, since=replace(SO, people_needed=6, mail=True))

    assert documents.document(Kind.NOTICE, later, "en").changed == (
        "People needed for a figure (k): 6 (was 5)",
        "Sends e-mail: yes (was no)",
    )
    assert documents.document(Kind.NOTICE, replace(later, number=0), "en").changed == ()


def test_how_long_a_pool_is_held_is_what_the_release_does():
    assert (kept.CLIMBS_AFTER, kept.DELETED_AFTER) == (
        week.HELD_TICKS_BEFORE_CLIMBING,
        week.HELD_TICKS_AT_THE_TOP,
    )


def test_nobody_can_type_a_gap_or_a_second_full_stop():
    said = read(known=replace(KNOWN, facts=replace(KNOWN.facts, contact=f"{OPENS}x{CLOSES} desk.")))

    assert "Questions: [x] desk.\n" in said
    assert OPENS not in said


def test_a_text_is_told_apart_into_what_is_said_and_what_is_missing():
    found = list(runs(f"a {OPENS}b{CLOSES} c"))

    assert [(run.text, run.missing) for run in found] == [("a ", False), ("b", True), (" c", False)]
    assert list(runs("")) == []


@pytest.mark.parametrize(
    ("field", "kind"),
    [("basis", Basis), ("condition", Condition), ("council", Council), ("hosting", Hosting)],
)
def test_every_choice_has_its_words(field: str, kind: Any):
    for key in kind:
        known = replace(KNOWN, facts=replace(KNOWN.facts, **{field: key}))
        assert read(Kind.RECORDS, known) and re.search(r"\S", texts.read("choices")[field][key]["why"]["en"])
