"""The lists of the counter, for an admin of the whole organisation: own words, own entries, another order."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from wellbeing import list_changes, lists, site
from wellbeing.audit import Act
from wellbeing.extensions import LANGUAGES
from wellbeing.list_changes import Here, ListRefused, NoSuchEntry
from wellbeing.lists import Entries
from wellbeing.models.base import db
from wellbeing.models.lists import ListName
from wellbeing.permissions import Permission
from wellbeing.web.access import everywhere_or_404, requires
from wellbeing.web.noted import noted

bp = Blueprint("lists", __name__)

TITLES = {
    ListName.BEHAVIOUR: _l("What happened"),
    ListName.CAUSE: _l("About what"),
    ListName.CHANNEL: _l("Channel"),
    ListName.AREA: _l("Area"),
    ListName.BREAK_KIND: _l("Kinds of break"),
}


@dataclass(frozen=True)
class Asked:
    """One thing that an admin asks for: the act, the entry's key (nothing for a new one), the words typed."""

    act: str
    key: str
    typed: str


ACTS: dict[str, Callable[[Entries, Asked, Here], Entries]] = {
    "add": lambda entries, asked, here: list_changes.add(entries, asked.typed, here),
    "rename": lambda entries, asked, here: list_changes.rename(entries, asked.key, asked.typed, here),
    "reset": lambda entries, asked, here: list_changes.reset(entries, asked.key, here),
    "retire": lambda entries, asked, here: list_changes.retire(entries, asked.key, here),
    "offer_again": lambda entries, asked, here: list_changes.offer_again(entries, asked.key, here),
    "up": lambda entries, asked, here: list_changes.move(entries, asked.key, -1, here),
    "down": lambda entries, asked, here: list_changes.move(entries, asked.key, 1, here),
}


@bp.get("/admin/lists/")
@requires(Permission.ADMINISTER)
def all_lists() -> ResponseReturnValue:
    """Every list, and what stays as it is."""
    everywhere_or_404(Permission.ADMINISTER)
    return render_template("admin/lists.html", titles=TITLES, lists=lists.every(db.session()))


@bp.get("/admin/lists/<name>")
@requires(Permission.ADMINISTER)
def one_list(name: str) -> ResponseReturnValue:
    """One list in its order."""
    everywhere_or_404(Permission.ADMINISTER)
    return _page(_list_or_404(name))


@bp.post("/admin/lists/<name>")
@requires(Permission.ADMINISTER)
def change_list(name: str) -> ResponseReturnValue:
    """One change of one list."""
    everywhere_or_404(Permission.ADMINISTER)
    listed, asked, here = _list_or_404(name), _asked(), Here(_today(), tuple(LANGUAGES))
    noted(Act.LIST_CHANGED, list=listed.value)
    try:
        list_changes.apply(db.session(), listed, lambda entries: ACTS[asked.act](entries, asked, here))
    except NoSuchEntry:
        abort(404)
    except ListRefused as refused:
        db.session.rollback()
        return _page(listed, asked, str(refused)), 422
    if asked.act not in ("up", "down"):
        flash(_("Saved. Tablets show it within a minute."), "success")
    return redirect(url_for("lists.one_list", name=name, _anchor=asked.key or None))


def _list_or_404(name: str) -> ListName:
    if name not in set(ListName):
        abort(404)
    return ListName(name)


def _asked() -> Asked:
    """Return what a form asks for: the field that is called like an act holds the entry's key."""
    wanted = [act for act in ACTS if act in request.form]
    if len(wanted) != 1:
        abort(400)
    return Asked(wanted[0], request.form[wanted[0]], request.form.get("label", ""))


def _today() -> date:
    return site.today(db.session())


def _page(listed: ListName, asked: Asked | None = None, refused: str = "") -> str:
    entries, today = lists.every(db.session())[listed], _today()
    return render_template(
        "admin/list.html",
        name=listed,
        titles=TITLES,
        offered=[entry for entry in entries if entry.is_offered(today)],
        retired=[entry for entry in entries if not entry.is_offered(today)],
        ways_out=lists.WAYS_OUT,
        most=list_changes.MOST,
        longest=list_changes.LONGEST_LABEL,
        asked=asked,
        refused=refused,
    )
