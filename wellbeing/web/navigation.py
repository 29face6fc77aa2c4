"""The main menu: what a signed-in person may open, one row per page."""

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from wellbeing import appointed
from wellbeing.models.asking import ReaderOf
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.web.access import is_viewer, units_with


@dataclass(frozen=True)
class Page:
    """A page of the menu; ``permission`` opens it, and the rooms of ``also`` belong to it."""

    endpoint: str
    label: LazyString
    permission: Permission
    also: tuple[str, ...] = ()


PAGES = (
    Page(
        "team.teams",
        _l("Teams"),
        Permission.READ_LEDGER,
        ("changes", "looked", "monday", "notes", "word", "checkup_results"),
    ),
    Page("hr.summaries", _l("Summaries"), Permission.EXPORT),
    Page("floor.floors", _l("Floor"), Permission.SEE_FLOOR),
    Page("cases.every", _l("Cases"), Permission.HANDLE_CASES, ("case_acts", "case_figures")),
    Page("talk.walls", _l("Wall"), Permission.SHARE_WALL),
    Page("checkup.checkup", _l("Check-up"), Permission.READ_LEDGER),
    Page("people.teams", _l("People"), Permission.MAKE_CODE, ("badges",)),
    Page("tablets.tablets_of_my_teams", _l("Tablets"), Permission.ENROL_TABLET),
    Page(
        "admin.overview",
        _l("Admin"),
        Permission.ADMINISTER,
        (
            *("setup", "status", "units", "settings", "lists", "readers", "content", "clips", "audit_log"),
            *("company", "privacy", "unit"),
            *("roster", "staff", "roles", "loans", "invite", "people_file"),
        ),
    ),
)
# For whom an admin appointed to read what is sent by name; a report of one's own needs no row here.
READ_BY = {
    ReaderOf.CONTACT: ("contact.asked", _l("Asked for contact")),
    ReaderOf.INCIDENT: ("incident.every", _l("Incident reports")),
}

# The pages about oneself, which lead to each other.
MINE = {
    *("my_days", "my_insights", "my_share", "my_import", "my_data", "my_sign_in"),
    *("my_agreement", "my_company", "my_diary", "my_log", "my_phone", "my_passkeys"),
    "my_second_factor",
}


@dataclass(frozen=True)
class Link:
    """A row of the menu as it is drawn."""

    url: str
    label: LazyString
    current: bool


def menu() -> list[Link]:
    """Return the pages that the signed-in person may open; none for somebody who is not signed in.

    Worked out once in a request: a page asks for it several times.
    """
    if not current_user.is_authenticated:
        return []
    if _KEPT not in request.environ:
        others = [
            Link(url_for(page.endpoint), page.label, request.blueprint in _rooms(page))
            for page in PAGES
            if page.endpoint in current_app.view_functions and units_with(page.permission)
        ] + _appointed()
        # The first page is where a sign-in leads to: that is never a diary that one may not have begun.
        at = len(others) if is_viewer() else 1
        request.environ[_KEPT] = [*others[:at], _mine(), *others[at:]]
    found: list[Link] = request.environ[_KEPT]
    return found


_KEPT = "second_wind.menu"


def _appointed() -> list[Link]:
    subjects = appointed.reads(db.session(), current_user.id)
    rows = [READ_BY[subject] for subject in ReaderOf if subject in subjects]
    return [Link(url_for(endpoint), label, request.endpoint == endpoint) for endpoint, label in rows]


def _mine() -> Link:
    return Link(url_for("my_days.days"), _l("My days"), (request.blueprint or "") in MINE)


def _rooms(page: Page) -> tuple[str, ...]:
    return (page.endpoint.partition(".")[0], *page.also)


def own_pages() -> list[Link]:
    """Return the pages that are about the signed-in person: word of new figures, for viewers."""
    if not current_user.is_authenticated or not is_viewer():
        return []
    current = request.blueprint == "word"
    return [Link(url_for("word.word"), _l("Word of new figures"), current)]
