"""The pages that an admin leads on to, one row each: the tabs above them all, and the cards of the first."""

from dataclasses import dataclass

from flask import current_app, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from wellbeing.permissions import Permission
from wellbeing.web.access import may_everywhere, units_with


@dataclass(frozen=True)
class AdminPage:
    """A page of the admin's; the rooms of ``also`` belong to it; ``everywhere`` is the same for all units."""

    endpoint: str
    label: LazyString
    says: LazyString
    lines: str
    everywhere: bool = True
    also: tuple[str, ...] = ()


PAGES = (
    AdminPage(
        "admin.overview",
        _l("At a glance"),
        _l("What needs you, and where everything is."),
        "M10 34 36 12l26 22M18 28v32h36V28M30 60V44h12v16",
        everywhere=False,
    ),
    AdminPage(
        "setup.setup",
        _l("Set-up"),
        _l("Seven short steps until figures open."),
        "M12 20l5 5 9-10M12 40l5 5 9-10M12 60l5 5 9-10M36 20h24M36 40h24M36 60h24",
    ),
    AdminPage(
        "units.units",
        _l("Units"),
        _l("Teams and sites: make, move, merge, close."),
        "M28 10h16v14H28zM8 48h16v14H8zM48 48h16v14H48zM36 24v12M16 48V36h40v12",
        everywhere=False,
        also=("unit",),
    ),
    AdminPage(
        "roster.roster",
        _l("People"),
        _l("Who works here: add, lend, move, say goodbye."),
        "M26 34a11 11 0 1 0-.1 0M8 62c0-13 8-20 18-20s18 7 18 20M48 14a10 10 0 0 1 0 19M50 43c9 1 14 8 14 19",
        everywhere=False,
        also=("staff", "roles", "loans", "invite", "people_file"),
    ),
    AdminPage(
        "tablets.tablets_of_my_teams",
        _l("Tablets"),
        _l("Enrol one, rename one, revoke a lost one."),
        "M16 8h40v56H16zM33 56h6",
        everywhere=False,
    ),
    AdminPage(
        "settings.settings",
        _l("Settings"),
        _l("How figures are made, badges, the check-up."),
        "M10 20h26M50 20h12M43 20a7 7 0 1 1-.1 0M10 52h12M36 52h26M29 52a7 7 0 1 1-.1 0",
    ),
    AdminPage(
        "lists.all_lists",
        _l("Lists"),
        _l("What can be tapped at the counter, in your words."),
        "M24 18h38M24 36h38M24 54h38M11 18h.1M11 36h.1M11 54h.1",
    ),
    AdminPage(
        "content.all_kinds",
        _l("Texts"),
        _l("Helplines, the message of the day, tips."),
        "M18 8h26l12 12v44H18zM42 8v14h14M28 36h18M28 48h18",
        also=("clips",),
    ),
    AdminPage(
        "readers.readers",
        _l("Who helps"),
        _l("Whom people can turn to, and who reads what they send."),
        "M36 62S10 46 10 28a13 13 0 0 1 26-4 13 13 0 0 1 26 4c0 18-26 34-26 34Z",
    ),
    AdminPage(
        "company.company",
        _l("Company sign-in"),
        _l("Sign in with the account people have already."),
        "M12 64V14h28v50M40 30h20v34M22 26h8M22 38h8M22 50h8M8 64h56",
    ),
    AdminPage(
        "privacy.privacy",
        _l("Privacy"),
        _l("The notice, the impact assessment, what was agreed."),
        "M36 8 12 18v16c0 16 10 26 24 30 14-4 24-14 24-30V18zM26 36l8 8 14-16",
    ),
    AdminPage(
        "audit_log.log",
        _l("Audit log"),
        _l("Who changed what, and when. Nobody edits it."),
        "M14 10h44v54H14zM24 24h24M24 36h24M24 48h14",
        everywhere=False,
    ),
    AdminPage(
        "status.status",
        _l("Status"),
        _l("Backups, ticks, disk: is everything running?"),
        "M8 38h14l8-22 12 42 8-20h14",
    ),
)


@dataclass(frozen=True)
class Tab:
    """A page as it is drawn."""

    url: str
    label: LazyString
    says: LazyString
    lines: str
    current: bool


def admin_tabs() -> list[Tab]:
    """Return the admin's pages that the signed-in person may open; none for somebody who is no admin."""
    if not current_user.is_authenticated or not units_with(Permission.ADMINISTER):
        return []
    everywhere = may_everywhere(Permission.ADMINISTER)
    known = current_app.view_functions
    return [_tab(page) for page in PAGES if page.endpoint in known and (everywhere or not page.everywhere)]


def _tab(page: AdminPage) -> Tab:
    current = request.blueprint in (page.endpoint.partition(".")[0], *page.also)
    return Tab(url_for(page.endpoint), page.label, page.says, page.lines, current)
