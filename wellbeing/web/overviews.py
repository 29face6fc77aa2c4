"""What an address asks of the units below another: a part of their names, and a page of them."""

import re
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from wellbeing.reports.board import Board
from wellbeing.reports.overview import Overview, overview
from wellbeing.reports.places import Search
from wellbeing.web.asked import Asked, Nonsense

LONGEST_NAME = 80


def search(given: MultiDict[str, str]) -> Search:
    """Return what an address looks for among units; raise Nonsense."""
    names, pages = given.getlist("q"), given.getlist("page") or ["1"]
    if len(names) > 1 or any(len(name) > LONGEST_NAME for name in names):
        sentence = _("Look for one name at a time, of at most %(most)s letters.", most=LONGEST_NAME)
        raise Nonsense(_("That cannot be found"), sentence)
    if len(pages) > 1 or not re.fullmatch("[1-9][0-9]{0,5}", pages[0]):
        sentence = _("The number of a page has to be a whole number from 1 on.")
        raise Nonsense(_("That page cannot be shown"), sentence)
    return Search(" ".join("".join(names).split()), int(pages[0]))


def found(
    session: Session, board: Board, given: MultiDict[str, str], wanted: Asked, now: datetime
) -> Overview:
    """Return what an address asks to see below a board's unit; raise Nonsense where there is no such page."""
    seen = overview(session, board, search(given), now, wanted.weeks, wanted.period)
    if seen.search.page > seen.pages:
        sentence = _("The last page is page %(last)s.", last=seen.pages)
        raise Nonsense(_("That page cannot be shown"), sentence)
    if wanted.period and not seen.ticks:
        raise Nonsense(_("That period cannot be shown"), _("Nothing was released for those days."))
    return seen


def kept(given: MultiDict[str, str]) -> dict[str, str]:
    """Return what of an address says which weeks to see, for links to other pages of the same weeks."""
    return {name: given[name] for name in ("weeks", "from", "to") if given.get(name)}
