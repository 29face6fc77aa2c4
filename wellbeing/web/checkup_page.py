"""The page of a check-up's words: they come through the session that sees released ones alone."""

from flask import render_template
from flask_babel import get_locale

from wellbeing import site
from wellbeing.models.access_log import Act
from wellbeing.permissions import Permission
from wellbeing.reports import checkup, checkup_log, reading, units
from wellbeing.web.access import may, unit_or_404
from wellbeing.web.checkup_forms import AskedForm, InquiryForm
from wellbeing.web.opened import log_opening


def page(unit_id: int, asked: AskedForm | None = None, inquiry: InquiryForm | None = None) -> str:
    """Return a unit's page of check-up words and its log; a form that was refused comes back on it."""
    unit = unit_or_404(unit_id, Permission.READ_LEDGER)
    writes = may(Permission.WRITE_NOTE, unit)
    with reading.session() as session:
        now = site.moment(session)
        path = units.path(session, unit_id)
        found = checkup.results(session, path, now, str(get_locale()))
        log = checkup_log.log(session, unit_id, now)
        today = site.today(session)
        channels = checkup_log.channels(session, today)
    log_opening([unit_id], Act.OPENED, found.owners)
    here = path[-1]
    return render_template(
        "checkup/results.html",
        unit=here,
        path=path,
        found=found,
        log=log,
        may_write=writes and not (here.closed_on or here.opens_on),
        asked_form=asked or AskedForm(formdata=None, asked_on=today),
        inquiry_form=inquiry or InquiryForm(formdata=None).offer(channels),
        refused="asked" if asked else "inquiry" if inquiry else "",
    )
