"""Spanish says everything that English says, and no template or script says anything past the translators."""

import re
from pathlib import Path

import pytest
from babel.messages import Catalog
from jinja2 import Environment

from scripts import translations
from tests.wording import SAME_EVERYWHERE, Reader, pairs

ROOT = translations.ROOT
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
TO_DO = "run `make translations`, then fill in wellbeing/translations/es/LC_MESSAGES/messages.po"

# What a script writes in capitals that nobody reads: keys of the keyboard and headers of requests.
TECHNICAL = {
    *("AbortError", "InvalidStateError", "UnknownError", "BarcodeDetector", "PublicKeyCredential"),
    *("Accept-Language", "Content-Type", "Bearer", "Backspace", "Enter", "Escape", "Shift"),
}


@pytest.fixture(scope="module")
def spanish() -> Catalog:
    """The catalogue as it is in the repository."""
    return translations.catalogue("es")


@pytest.fixture(scope="module")
def texts() -> Catalog:
    """What the code says today."""
    return translations.extracted()


def said(catalogue: Catalog) -> set[tuple[str | None, str]]:
    return {(message.context, first(message.id)) for message in catalogue if message.id}


def first(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def gaps(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[a-z]|\{\w+\}", text))


# --- The catalogue ---------------------------------------------------------------------------------------


def test_the_catalogue_has_every_text_of_the_code_and_no_other(spanish: Catalog, texts: Catalog):
    assert said(texts) - said(spanish) == set(), TO_DO
    assert said(spanish) - said(texts) == set(), TO_DO
    assert dict(spanish.obsolete) == {}, TO_DO


def test_every_text_has_a_finished_translation(spanish: Catalog):
    assert translations.untranslated(spanish) == [], TO_DO


def test_a_translation_has_the_same_gaps_to_fill(spanish: Catalog):
    wrong = [
        (english, translation)
        for message in spanish
        if message.id
        for english, translation in pairs(message)
        if gaps(english) != gaps(translation)
    ]

    assert wrong == []
    assert [errors for _message, errors in spanish.check() if errors] == []


def test_a_translation_begins_and_ends_as_the_text_does(spanish: Catalog):
    for message in spanish:
        for english, translation in pairs(message) if message.id else ():
            assert translation == translation.strip()
            assert translation.endswith(".") == english.endswith("."), translation
            assert translation.endswith("?") == english.endswith("?"), translation
            assert translation.count("¿") == translation.count("?"), translation
            assert translation.count("«") == translation.count("»"), translation


def test_what_the_app_reads_was_compiled_from_the_newest_catalogue(spanish: Catalog, texts: Catalog):
    compiled = translations.mo_bytes(translations.merged(spanish, texts))

    assert translations.mo_of("es").read_bytes() == compiled, "run `make translations`"


# --- Templates and scripts -------------------------------------------------------------------------------


def bare(template: Path) -> str:
    """Return a template's own HTML, without what Jinja fills in and without names of classes."""
    source = re.sub(r"\{% block page_class %\}[\w-]*\{% endblock %\}", "", template.read_text())
    tokens = Environment(autoescape=True).lex(source)
    return "".join(value for _line, kind, value in tokens if kind == "data")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_template_says_nothing_past_the_translators(template: Path):
    written = {text.strip(" ·") for text in Reader(bare(template)).found}

    assert written - SAME_EVERYWHERE == set()


def literals(script: Path) -> set[str]:
    """Return the strings of a script, without comments, errors that only a console shows, and gaps."""
    code = re.sub(r"/\*.*?\*/", "", script.read_text(), flags=re.S)
    code = re.sub(r"^\s*//.*$", "", code, flags=re.M)
    code = re.sub(r'new Error\("[^"]*"\)', "", code)
    found = re.findall(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`', code)
    return {re.sub(r"\$\{[^}]*\}", "", "".join(groups)).strip() for groups in found}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_script_says_nothing_past_the_translators(script: Path):
    sentences = {text for text in literals(script) if re.match(r"[A-ZÁÉÍÓÚ¿¡][a-z]|.*\w[.!?]$", text)}

    assert sentences - SAME_EVERYWHERE - TECHNICAL == set()
