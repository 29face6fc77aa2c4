"""The heart-happy list as pages and tablets show it: links that open by a tap, and clips that play there."""

from collections.abc import Iterable, Mapping
from typing import Any

import sqlalchemy as sa
from flask import url_for

from wellbeing.content.entries import Reader
from wellbeing.models.content import Upload


def shown(reader: Reader, listed: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return what can be shown of a list: each with a link, or with its clip's address and what it is."""
    types = {
        row.sha256: row.media_type for row in reader.execute(sa.select(Upload.sha256, Upload.media_type))
    }
    return [_one(entry, types) for entry in listed if entry.get("link") or entry.get("clip") in types]


def _one(entry: Mapping[str, Any], types: Mapping[str, str]) -> dict[str, Any]:
    found = {name: entry[name] for name in ("key", "title", "link") if entry.get(name)}
    clip = str(entry.get("clip", ""))
    if clip not in types:
        return found
    picture = types[clip].startswith("image/")
    return {**found, "clip_address": url_for("clips.clip", sha256=clip), "picture": picture}
