"""To the company's provider and back: what a browser's cookie keeps, and what is said if it fails."""

import logging
from dataclasses import asdict
from typing import Any

from flask import abort, current_app, flash, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import clock, site
from wellbeing.company import round_trip
from wellbeing.company.claims import Identity
from wellbeing.company.provider import Provider
from wellbeing.company.refusals import CompanyRefusal, Reason
from wellbeing.company.round_trip import Begun
from wellbeing.models.base import db

logger = logging.getLogger(__name__)

# What this browser was given along; used up by whatever comes back.
GIVEN = "company"
# A cookie that is too long is thrown away.
LONGEST_WANTED = 500


def company_name() -> str | None:
    """Return what the company is called on the sign-in page; None where nobody signs in through one."""
    company = site.config().company
    return company.name if company else None


def provider() -> Provider:
    """Return the provider; without one these pages do not exist (404)."""
    company = site.config().company
    if company is None:
        abort(404)
    found: Provider = current_app.extensions.setdefault("company", Provider(company))
    return found


def back_address() -> str:
    """Return where people come back to, as it must be registered at the provider."""
    company = site.config().company
    if company and company.site_url:
        return company.site_url + "/sign-in/company/back"
    return url_for("company_sign_in.back", _external=True)


def go(wanted: str | None, person_id: int | None = None) -> ResponseReturnValue:
    """Lead a browser to the provider; ``person_id`` is who asked to be linked, ``wanted`` a path of ours."""
    asked = provider()
    # Nothing in the database waits while somebody else is asked.
    db.session.rollback()
    try:
        url, begun = round_trip.begin(asked, back_address(), clock.now().timestamp())
    except CompanyRefusal as refused:
        return refuse(refused, person_id)
    short = wanted if wanted and len(wanted) <= LONGEST_WANTED else None
    session[GIVEN] = {**asdict(begun), "next": short, "person": person_id}
    return redirect(url)


def given() -> dict[str, Any]:
    """Return what this browser was given along, which is used up; nothing where it was given nothing."""
    kept: dict[str, Any] = session.pop(GIVEN, None) or {}
    return kept


def came_back(kept: dict[str, Any]) -> Identity:
    """Return who came back from the provider; raise CompanyRefusal."""
    asked = provider()
    db.session.rollback()
    if not kept:
        raise CompanyRefusal(Reason.OVER, "a way back that this browser did not begin")
    begun = Begun(**{name: kept[name] for name in Begun.__dataclass_fields__})
    return round_trip.finish(asked, begun, request.args.to_dict(), clock.now().timestamp())


def refuse(refused: CompanyRefusal, person_id: int | None = None) -> ResponseReturnValue:
    """Say why nobody came in, on a page whose address holds nothing of the provider's."""
    logger.warning("no company sign-in: %s", refused)
    if refused.reason is Reason.UNKNOWN:
        return redirect(url_for("company_sign_in.unknown"))
    flash(sentence(refused.reason), "error")
    return redirect(url_for("my_company.overview" if person_id else "auth.sign_in"))


def sentence(reason: Reason) -> str:
    """Return what to tell somebody whom the provider did not bring in."""
    name = company_name()
    sentences = {
        Reason.SILENT: _(
            "The sign-in of %(company)s does not answer just now. Your password or passkey works as ever.",
            company=name,
        ),
        Reason.OVER: _(
            "That sign-in was begun in another browser, or more than ten minutes ago. Begin again.",
        ),
        Reason.DENIED: _("%(company)s did not sign you in. Nothing has changed here.", company=name),
    }
    odd = _(
        "What %(company)s answered could not be trusted, so nobody was signed in. Try again; if it stays "
        "like this, tell whoever runs Second Wind. Your password or passkey works as ever.",
        company=name,
    )
    return sentences.get(reason, odd)
