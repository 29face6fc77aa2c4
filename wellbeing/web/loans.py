"""Lending a person to another team, and ending it early."""

from flask import Blueprint, abort, flash
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import lending, site
from wellbeing.audit import Act
from wellbeing.lending import Days, LendingRefused
from wellbeing.models.base import db
from wellbeing.models.lending import Loan
from wellbeing.permissions import Permission
from wellbeing.web.access import requires, unit_or_404
from wellbeing.web.forms import PersonForm
from wellbeing.web.my_units import open_teams
from wellbeing.web.noted import noted
from wellbeing.web.person_page import Sent, back, person_of, show
from wellbeing.web.roster_forms import LoanForm

bp = Blueprint("loans", __name__)


@bp.post("/admin/people/lend")
@requires(Permission.ADMINISTER)
def lend() -> ResponseReturnValue:
    """A tile at another team's tablets for some days; both teams are mine."""
    form = LoanForm()
    person = person_of(form.person.data)
    form.unit.offer(open_teams(Permission.ADMINISTER))
    if not form.validate():
        return show(person, Sent(loan=form)), 422
    unit, today = unit_or_404(form.unit.data, Permission.ADMINISTER), site.today(db.session())
    days = Days(form.first.data, form.last.data)
    until = {"until": days.last.isoformat()} if days.last else {}
    try:
        noted(Act.PERSON_LENT, person_id=person.id, unit_id=unit.id, day=days.first.isoformat(), **until)
        lending.lend(db.session(), person, unit, days, today)
    except LendingRefused as refused:
        db.session.rollback()
        form.unit.errors = [str(refused)]
        return show(person_of(form.person.data), Sent(loan=form)), 422
    flash(_("Lent. Their answers go to their own team, as always."), "success")
    return back()


@bp.post("/admin/people/end-loan")
@requires(Permission.ADMINISTER)
def end() -> ResponseReturnValue:
    """A loan that ends today, or before it has begun."""
    form = PersonForm()
    if not form.validate():
        abort(400)
    person = person_of(form.person.data)
    loan = db.session.get(Loan, person.id)
    if loan is not None:
        noted(Act.LOAN_ENDED, person_id=person.id, unit_id=loan.unit_id)
        lending.end(db.session(), person.id)
    flash(_("The loan is over."), "success")
    return back()
