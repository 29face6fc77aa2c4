"""Brings the catalogues up to date: texts out of the code, into the .po, compiled to the .mo.

`make translations` writes wellbeing/translations/LANGUAGE/LC_MESSAGES/messages.po and .mo, and names every
text that has no translation yet. The same texts give the same bytes: no dates, no line numbers, no guesses.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "wellbeing" / "translations"
# English is what the code itself says.
LANGUAGES = ("es",)
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None}
WIDTH = 110


class Undated(Catalog):
    """A catalogue whose header tells neither when nor by which tool it was written."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """Return the header's lines that a program needs."""
        return [
            ("Project-Id-Version", "Second Wind"),
            ("Language", str(self.locale)),
            ("Plural-Forms", self.plural_forms),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


def po_of(language: str) -> Path:
    """Return where a language's texts are."""
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def mo_of(language: str) -> Path:
    """Return where a language's compiled texts are."""
    return po_of(language).with_suffix(".mo")


def extracted() -> Catalog:
    """Return every translatable text of the code and the templates, in the order of their files."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    found = Catalog()
    for place, line, text, comments, context in sorted(
        extract_from_dir(ROOT, methods, options, keywords=KEYWORDS, directory_filter=_may_hold_texts),
        key=lambda piece: piece[:2],
    ):
        found.add(text, None, [(place, line)], auto_comments=comments, context=context)
    return found


def _may_hold_texts(folder: str | Path) -> bool:
    inside = Path(folder).relative_to(ROOT).parts
    return not inside or inside[0] in ("wellbeing", "templates")


def catalogue(language: str) -> Catalog:
    """Return a language's texts as they are in the repository."""
    with po_of(language).open("rb") as file:
        return read_po(file, locale=language)


def merged(old: Catalog, texts: Catalog) -> Catalog:
    """Return the code's texts with their translations; what the code no longer says is dropped."""
    new = Undated(locale=old.locale, header_comment=old.header_comment, fuzzy=False)
    for message in _messages(texts):
        known = old.get(message.id, message.context)
        new.add(
            message.id,
            known.string if known else None,
            message.locations,
            message.flags | (known.flags if known else set()),
            message.auto_comments,
            known.user_comments if known else (),
            context=message.context,
        )
    return new


def po_text(filled: Catalog) -> bytes:
    """Return a catalogue as a .po file."""
    file = io.BytesIO()
    write_po(file, filled, width=WIDTH, include_lineno=False, ignore_obsolete=True)
    return file.getvalue()


def mo_bytes(filled: Catalog) -> bytes:
    """Return a catalogue as gettext reads it when the app runs."""
    file = io.BytesIO()
    write_mo(file, filled)
    return file.getvalue()


def untranslated(filled: Catalog) -> list[str]:
    """Return the texts that have no translation, or one that is only guessed."""
    return [_first(message) for message in _messages(filled) if message.fuzzy or not all(_strings(message))]


def _messages(filled: Catalog) -> Iterator[Message]:
    return (message for message in filled if message.id)


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    strings = message.string or ""
    return (strings,) if isinstance(strings, str) else tuple(strings)


def main() -> None:
    """Write every catalogue; exit with 1 and the texts that lack a translation, if any do."""
    texts, lacking = extracted(), []
    for language in LANGUAGES:
        filled = merged(catalogue(language), texts)
        po_of(language).write_bytes(po_text(filled))
        mo_of(language).write_bytes(mo_bytes(filled))
        lacking += [f"{language}: {text}" for text in untranslated(filled)]
    if lacking:
        sys.exit("Without a translation:\n" + "\n".join(lacking))


if __name__ == "__main__":
    main()
