"""Word of new figures by e-mail, for viewers who ask for it: the letter itself holds none (R7)."""

import sqlalchemy as sa
from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import EmailField, Field, ValidationError

from wellbeing import new_figures, site, ticks
from wellbeing.mail_settings import is_address
from wellbeing.models.base import db
from wellbeing.models.release_mail import ReleaseMail
from wellbeing.permissions import Permission
from wellbeing.web.access import is_viewer, requires
from wellbeing.web.forms import BaseForm, given

bp = Blueprint("word", __name__)

# Both databases know it; a form that is sent twice at once is one wish.
_KEEP = sa.text(
    "INSERT INTO release_mail (person_id, address, told_number) VALUES (:person_id, :address, :told_number) "
    "ON CONFLICT (person_id) DO UPDATE SET address = excluded.address"
)


class AddressForm(BaseForm):
    """Where to send word."""

    address = EmailField(
        _l("E-mail address"),
        description=_l("In plain letters, such as name@example.org. Only you see it here."),
        validators=[given],
        filters=[lambda text: text.strip() if text else text],
        render_kw={"autocomplete": "email", "maxlength": "254"},
    )

    def validate_address(self, field: Field) -> None:
        """Refuse what a mail server could not take, or could take for more than an address."""
        if not is_address(field.data or ""):
            raise ValidationError(_l("This is no e-mail address that letters can be sent to."))


@bp.get("/team/word")
@requires(Permission.READ_LEDGER)
def word() -> ResponseReturnValue:
    """Whether one gets word of new figures, and where."""
    _viewers_only()
    wish = _wish()
    return _page(AddressForm(formdata=None, address=wish.address if wish else ""))


def _viewers_only() -> None:
    """Staff are told at the counter and on their page; the site keeps no address of theirs."""
    if not is_viewer():
        abort(404)


def _wish() -> ReleaseMail | None:
    return db.session.get(ReleaseMail, current_user.id)


def _page(form: AddressForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "access/word.html",
        form=form,
        wish=_wish(),
        sends=site.config().mail is not None,
        coming=ticks.coming(db.session(), site.now()),
    )
    return page, status


@bp.post("/team/word")
@requires(Permission.READ_LEDGER)
def ask() -> ResponseReturnValue:
    """An address to send word to, from the next tick on."""
    _viewers_only()
    form = AddressForm()
    if not form.validate():
        return _page(form, 422)
    wish = {
        "person_id": current_user.id,
        "address": form.address.data,
        "told_number": new_figures.newest_number(db.session()),
    }
    db.session.execute(_KEEP, wish)
    db.session.commit()
    flash(_("Kept. The next tick is the first that you get word of."), "success")
    return redirect(url_for("word.word"))


@bp.post("/team/word/stop")
@requires(Permission.READ_LEDGER)
def stop() -> ResponseReturnValue:
    """No more word, and the address forgotten."""
    _viewers_only()
    db.session.execute(sa.delete(ReleaseMail).where(ReleaseMail.person_id == current_user.id))
    db.session.commit()
    flash(_("You get no more word by e-mail, and your address is forgotten."))
    return redirect(url_for("word.word"))
