"""The last page of a report: how its figures were made, what they cannot say, and which blocks they are."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from flask_babel import gettext as _
from reportlab.platypus import Flowable, PageBreak
from sqlalchemy.orm import Session

from wellbeing.models.ledger import Block, LedgerKind, Tick
from wellbeing.reports import dates, exports, pdf_parts, words
from wellbeing.reports.exports import Selection
from wellbeing.reports.intervals import limits
from wellbeing.reports.pdf_parts import Bookmark, part, said
from wellbeing.version import version

FORMAT_VERSION = 1


@dataclass(frozen=True)
class Made:
    """The settings that blocks were made with."""

    people_needed: int
    own_pool_from: int
    tick_days: int
    rules_version: int


@dataclass(frozen=True)
class Facts:
    """What the method page tells about the chosen blocks; ``digest`` is over their chain hashes."""

    selection: Selection
    made: tuple[Made, ...]
    blocks: int
    digest: str


def facts(session: Session, selection: Selection) -> Facts:
    """Read what the method page tells; the digest is that of the hashes in hex, each on a line of its own."""
    hashes = exports.hashes(session, selection)
    digest = hashlib.sha256("".join(f"{one}\n" for one in hashes).encode()).hexdigest()
    return Facts(selection, _made(session, selection), len(hashes), digest)


def _made(session: Session, selection: Selection) -> tuple[Made, ...]:
    columns = (Block.people_needed, Block.own_pool_from, Block.tick_days, Block.rules_version)
    within = Tick.number.between(selection.first, selection.last)
    query = sa.select(*columns).join(Tick, Block.tick_id == Tick.id).distinct().order_by(*columns)
    query = query.where(Tick.ledger == LedgerKind.WEEKLY, within, Block.unit_id.in_(selection.units))
    return tuple(Made(*row) for row in session.execute(query).tuples())


def story(found: Facts) -> Iterator[Flowable]:
    """Yield the method page, beginning on a new one."""
    yield PageBreak()
    yield Bookmark(_("How these figures are made"))
    yield said(_("How these figures are made"), pdf_parts.HEADING)
    yield from _section(_("Blocks"), _blocks(found))
    yield from _section(_("People and votes"), _people())
    yield from _section(_("Words"), _words())
    yield from _section(_("Mood"), _mood())
    yield pdf_parts.table(*_limits())
    yield from _section(_("What these figures cannot say"), _cannot())
    yield from _section(_("This file"), _file(found))


def _section(title: str, sentences: Sequence[str]) -> Iterator[Flowable]:
    yield from part(title, room=60)
    yield from (said(sentence, pdf_parts.SMALL_SAID) for sentence in sentences)


def _blocks(found: Facts) -> list[str]:
    return [
        _(
            "A block is all that was released about one unit at one release, on a Monday at 04:00. A block "
            "never changes, and there is nothing finer behind it: no day, no shift, no person."
        ),
        *(_settings(made) for made in found.made),
        _(
            "Fewer people than that: the answers are held and join a later release, or are deleted after "
            "some weeks. Not shown means held, or that nobody answered; which of the two is kept from "
            "everybody."
        ),
    ]


def _people() -> list[str]:
    return [
        _(
            "Each person has one vote in a block, however often they answered. People are told as a band; "
            "the exact number is kept nowhere. Who leads a unit is not counted in figures that they can "
            "read."
        )
    ]


def _words() -> list[str]:
    return [
        _("Few: at most two people, or nobody. Most: all but two, or more. Other counts are exact."),
        _("From 5 to 7 people a mood is in words only: low up to 2.6, high from 3.4, middle between them."),
    ]


def _mood() -> list[str]:
    return [
        _(
            "The mean of the votes from 1 (very bad) to 5 (very good), in tenths, cut at both ends so that "
            "no mood can tell what everybody answered. A mood at a limit may lie beyond it."
        ),
        _(
            "What this many people allows, in 95 of 100 cases: mood ± 1.96 × 0.83 / √people, by the first "
            "number of the band. 0.83 is how far one person's mood strays from their own mean."
        ),
    ]


def _settings(made: Made) -> str:
    return _(
        "Rules version %(version)s: a block needs k = %(needed)s people or more, every %(days)s days; a "
        "unit has own figures from %(own)s people who can be counted.",
        version=made.rules_version,
        needed=made.people_needed,
        days=made.tick_days,
        own=made.own_pool_from,
    )


def _limits() -> tuple[list[str], list[list[str]], list[int]]:
    """Return the columns, rows and widths of the table of limits."""
    bands = [8, 12, 20, 40]
    moods = [limits(band) for band in bands]
    columns = [_("People"), words.band(5), *(words.band(band) for band in bands)]
    lowest = [_("Lowest mood"), _("words only"), *(dates.tenths(low) for low, _high in moods)]
    highest = [_("Highest mood"), _("words only"), *(dates.tenths(high) for _low, high in moods)]
    return columns, [lowest, highest], [20, 16, 16, 16, 16, 16]


def _cannot() -> list[str]:
    return [
        _(
            "They rank neither people nor units: units differ in their customers, their hours and in who "
            "answers. People who did not answer are in no figure."
        ),
        _("They tell what went together, not what caused it."),
        _(
            "A unit above teams holds the answers of people without a team figure of their own. It is not "
            "the sum of its teams, and nothing in this file may be added up."
        ),
        _(
            "They are confidential and shown anonymously, which is not the same as anonymous: colleagues "
            "who pool what they know can learn more, and a low figure means that its members are probably "
            "low."
        ),
    ]


def _file(found: Facts) -> list[str]:
    first, last = found.selection.first, found.selection.last
    return [
        _(
            "Report format %(format)s, Second Wind %(version)s. Releases %(first)s to %(last)s, %(blocks)s "
            "blocks. The same request to the same version gives the same bytes.",
            format=FORMAT_VERSION,
            version=version(),
            first=first,
            last=last,
            blocks=found.blocks,
        ),
        _(
            "SHA-256 of the chosen blocks' hashes, in hexadecimal, by release and unit, each ended by a new "
            "line:"
        ),
        found.digest,
        _(
            "A lozenge (%(sign)s) stands for a character that this font lacks.",
            sign="\N{LOZENGE}",
        ),
    ]
