"""Where units stand below their sites, and finding some of them by name."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from wellbeing.models.accounts import Level
from wellbeing.reports.units import Line


@dataclass(frozen=True)
class Search:
    """What a reader looks for among units: a part of a name, or nothing; and which page of them, from 1."""

    name: str = ""
    page: int = 1


@dataclass(frozen=True)
class Place:
    """A unit below a site, or below none; without ``unit`` it is a site that has nothing below it."""

    site: Line | None
    unit: Line | None


def places(lines: Sequence[Line]) -> tuple[Place, ...]:
    """Return where every unit stands; ``lines`` are a tree's, parents first.

    What was merged stands below the unit that it was merged into, so a site can lie within another.
    """
    found: list[Place] = []
    sites: list[Line] = []
    filled: set[int] = set()
    for line in lines:
        while sites and sites[-1].depth >= line.depth:
            found += _if_empty(sites.pop(), filled)
        if line.level is Level.TEAM:
            found.append(Place(sites[-1] if sites else None, line))
            filled |= {site.id for site in sites}
        else:
            sites.append(line)
    for site in reversed(sites):
        found += _if_empty(site, filled)
    return tuple(found)


def _if_empty(site: Line, filled: set[int]) -> list[Place]:
    return [] if site.id in filled else [Place(site, None)]


def found(all_places: Sequence[Place], name: str) -> tuple[Place, ...]:
    """Return the places whose unit or site has ``name`` in its name, whatever its case and accents."""
    wanted = folded(name)
    if not wanted:
        return tuple(all_places)
    return tuple(place for place in all_places if any(wanted in folded(known) for known in _names(place)))


def _names(place: Place) -> list[str]:
    return [line.name for line in (place.site, place.unit) if line is not None]


def folded(text: str) -> str:
    """Return a text without accents, in lower case, with single blanks: "  Peñón" becomes "penon"."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return " ".join(plain.casefold().split())
