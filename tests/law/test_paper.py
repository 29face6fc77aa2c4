"""The documents as files to print: the same words, and the same bytes for the same words."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import force_locale
from pypdf import PdfReader

from tests.law.known import KNOWN
from wellbeing.law import documents, paper
from wellbeing.law.documents import Kind
from wellbeing.law.facts import Facts
from wellbeing.law.filling import Known
from wellbeing.law.texts import LANGUAGES


@pytest.fixture(autouse=True)
def in_the_app(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def made(kind: Kind, known: Known, language: str) -> bytes:
    with force_locale(language):
        return paper.pdf(documents.document(kind, known, language), known.written_on)


def text(file: bytes) -> str:
    pages = PdfReader(io.BytesIO(file)).pages
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pages))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_a_file_says_what_the_page_says_and_has_the_same_bytes_again(kind: Kind, language: str):
    file = made(kind, KNOWN, language)

    document = documents.document(kind, KNOWN, language)
    assert file == made(kind, KNOWN, language)
    said = text(file)
    assert all(section.title in said for section in document.sections)
    assert document.version in said and document.note in said
    assert PdfReader(io.BytesIO(file)).trailer["/Root"]["/Lang"] == language


def test_gaps_and_changes_stand_in_the_file_too():
    changed = replace(KNOWN, facts=Facts(), since=replace(KNOWN.so, people_needed=6))

    said = text(made(Kind.ASSESSMENT, changed, "en"))
    assert "[Missing: Supervisory authority]" in said
    assert "People needed for a figure (k): 6 (was 5)" in said


def test_a_site_without_a_name_still_makes_a_file():
    nameless = replace(KNOWN, facts=Facts(), so=replace(KNOWN.so, organisation=""))

    assert "Privacy notice for staff" in text(made(Kind.NOTICE, nameless, "en"))
