"""Back from the provider with the wish to be linked: who is signed in here, and who they are there."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import site
from wellbeing.company import identities, roles
from wellbeing.company.claims import Identity
from wellbeing.company.identities import TakenAlready
from wellbeing.company.refusals import CompanyRefusal, Reason
from wellbeing.models.accounts import Person
from wellbeing.models.base import db
from wellbeing.web import company_door


def linked(person_id: int, identity: Identity) -> ResponseReturnValue:
    """Link whoever is signed in with who they are at the provider, from where they just come; may refuse."""
    if not current_user.is_authenticated or current_user.id != person_id:
        raise CompanyRefusal(Reason.OVER, "somebody else is signed in by now")
    try:
        identities.link(db.session(), person_id, identity.issuer, identity.subject, site.today(db.session()))
    except TakenAlready:
        db.session.rollback()
        flash(
            _("This company account is connected with somebody else here, or you have one already."), "error"
        )
        return redirect(url_for("my_company.overview"))
    person = db.session.get_one(Person, person_id)
    roles.synchronise(db.session(), person, roles.mapped_by(db.session(), identity.groups), site.now())
    db.session.commit()
    flash(
        _("Connected. From now on %(company)s can sign you in.", company=company_door.company_name()),
        "success",
    )
    return redirect(url_for("my_company.overview"))
