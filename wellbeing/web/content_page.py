"""What the pages of the site's texts show: counts, orders, forms, previews and histories."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask import render_template
from flask_babel import get_locale
from sqlalchemy.orm import Session

from wellbeing import site, uploads
from wellbeing.content import arranging, editing, helplines
from wellbeing.content.checks import Problems
from wellbeing.content.editing import MOST, NoSuchText
from wellbeing.content.entries import Entry, every
from wellbeing.content.kinds import KINDS, Kind
from wellbeing.content.shipped import shipped
from wellbeing.extensions import LANGUAGES
from wellbeing.models.content import Origin
from wellbeing.web import content_form

# What stands in an address for a text that is not there yet.
NEW = "new"
MOST_VERSIONS = 50


@dataclass(frozen=True)
class Shown:
    """A text's page: the words typed, where they are not those in force, and what was wrong with them."""

    kind: Kind
    key: str
    typed: Mapping[str, Mapping[str, Any]] | None = None
    problems: Problems = field(default_factory=dict)
    refused: str = ""
    seen: str = ""
    meanwhile: bool = False
    previewed: bool = False
    days: tuple[str, ...] = ()
    refused_days: str = ""


def all_kinds(session: Session, today: date) -> str:
    """Return the page of every kind."""
    entries = {kind.name: every(session, kind.name) for kind in KINDS.values()}
    old = helplines.stale(entries["helpline"], today)
    return render_template(
        "content/kinds.html",
        kinds=KINDS.values(),
        offered={name: [one for one in found if one.offered] for name, found in entries.items()},
        waiting={name: [one for one in found if _waits(one, today)] for name, found in entries.items()},
        ours={name: sum(one.origin is Origin.SITE for one in found) for name, found in entries.items()},
        old=[entry.said(_language()) for entry in old],
        carrying=[
            entry.said(_language()).get("text", "") for entry in entries["carrying"] if entry.is_shown(today)
        ],
    )


def _waits(entry: Entry, today: date) -> bool:
    return entry.offered and entry.shown_from is not None and entry.shown_from > today


def _language() -> str:
    return str(get_locale())


def one_kind(session: Session, kind: Kind, today: date, refused: str = "") -> str:
    """Return the page of one kind's texts."""
    entries = every(session, kind.name)
    lines = entries if kind.name == "helpline" else ()
    return render_template(
        "content/kind.html",
        kind=kind,
        kinds=KINDS.values(),
        offered=[entry for entry in entries if entry.offered],
        away=[entry for entry in entries if not entry.offered],
        shipped={entry.key for entry in shipped(kind.name)},
        old={entry.key for entry in helplines.stale(lines, today)},
        checked_on={entry.key: helplines.checked_on(entry) for entry in lines},
        language=_language(),
        today=today,
        most=MOST,
        refused=refused,
    )


def one_text(session: Session, shown: Shown) -> str:
    """Return the page of one text, or of a new one; raise NoSuchText."""
    kind, is_new = shown.kind, shown.key == NEW
    if is_new and not kind.own:
        raise NoSuchText
    entry = Entry(kind.name, NEW, {}, Origin.SITE) if is_new else editing.find(session, kind, shown.key)
    words = entry.words if shown.typed is None else shown.typed
    clips = uploads.every(session)
    return render_template(
        "content/text.html",
        kind=kind,
        entry=entry,
        is_new=is_new,
        shown=shown,
        parts=content_form.parts(
            kind, words, shown.problems, tuple((clip.sha256, clip.title) for clip in clips)
        ),
        mark=shown.seen or editing.mark(entry.words),
        looks=looks(entry, words if shown.previewed else entry.words),
        clips={clip.sha256: clip for clip in clips},
        days=shown.days or (entry.shown_from or "", entry.shown_until or ""),
        mark_of_days=arranging.mark_of_days(entry),
        versions=[] if is_new else _versions(session, shown),
        can_be_shipped=entry.origin is not Origin.SHIPPED
        and editing.words_as_shipped(kind, shown.key) is not None,
    )


def looks(entry: Entry, words: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return how words look in each language: its code, its name, and the fields."""
    drawn = Entry(entry.kind, entry.key, words, entry.origin)
    return [(language, name, drawn.said(language)) for language, name in LANGUAGES.items()] if words else []


def _versions(session: Session, shown: Shown) -> list[dict[str, Any]]:
    zone = site.zone()
    return [
        {
            "id": version.id,
            "saved": version.saved_at.astimezone(zone),
            "origin": version.origin,
            "said": Entry(version.kind, version.key, version.words, version.origin).said(_language()),
        }
        for version in editing.history(session, shown.kind, shown.key)[:MOST_VERSIONS]
    ]
