"""Using a passkey: to sign in, to open the diary, and to let it open the diary from now on.

Scripts speak to these addresses in JSON. Nothing of an answer is kept but the passkey's own count.
"""

from flask import Blueprint, flash, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import passkeys
from wellbeing.models.base import db
from wellbeing.web import passkey_asking, unlocked
from wellbeing.web.access import public, signed_in
from wellbeing.web.own_path import own_path
from wellbeing.web.passkey_asking import Said

bp = Blueprint("passkeys", __name__)
passkey_asking.answer_in_json(bp)


@bp.post("/sign-in/passkey/ask")
@public
def ask() -> ResponseReturnValue:
    """What a browser needs to sign somebody in with whatever passkey they have for this site."""
    passkey_asking.body_of_request()
    return jsonify(passkeys.to_use(*passkey_asking.given()))


@bp.post("/sign-in/passkey")
@public
def sign_in() -> ResponseReturnValue:
    """Signed in by a passkey; where its answer opens the diary, that is open at once."""
    told = passkey_asking.answered()
    wanted = own_path(told.text("next"))
    passkey, found = passkeys.use(db.session(), told.party, told.challenge, told.answer)
    private = passkeys.private_key(db.session(), passkey, found.secret)
    passkey_asking.go_in(passkey.person_id)
    if private is not None:
        unlocked.keep_open(private)
    return jsonify(go=wanted or url_for("auth.home"))


@bp.post("/my/passkeys/use")
@signed_in
def ask_for_mine() -> ResponseReturnValue:
    """What a browser needs to use one of my own passkeys."""
    passkey_asking.body_of_request()
    mine = passkeys.of_person(db.session(), current_user.id)
    if not mine:
        raise Said(_("You have no passkey here."))
    return jsonify(passkeys.to_use(*passkey_asking.given(), mine))


@bp.post("/my/open/passkey")
@signed_in
def open_diary() -> ResponseReturnValue:
    """The diary opened by a passkey."""
    told = passkey_asking.answered()
    wanted = own_path(told.text("next"))
    person_id = current_user.id
    passkey, found = passkeys.use(db.session(), told.party, told.challenge, told.answer, person_id)
    private = passkeys.private_key(db.session(), passkey, found.secret)
    db.session.commit()
    if private is None:
        raise Said(_opens_nothing(found.secret))
    unlocked.keep_open(private)
    return jsonify(go=wanted or request.script_root + "/my/days")


def _opens_nothing(secret: bytes | None) -> str:
    if secret is None:
        return _(
            "This passkey cannot open a diary, or this browser does not let it. "
            "Open it with your password or your recovery code."
        )
    return _(
        "This passkey does not open your diary yet. Open it with your password or your recovery code; then "
        "you can let the passkey open it, under Sign-in."
    )


@bp.post("/my/passkeys/diary")
@signed_in
def let_open() -> ResponseReturnValue:
    """A passkey that opens the diary from now on; the diary is open."""
    told = passkey_asking.answered()
    wanted = own_path(told.text("next"))
    private = unlocked.private_key()
    if private is None:
        raise Said(_("Open your diary first."), 403)
    person_id = current_user.id
    passkey, found = passkeys.use(db.session(), told.party, told.challenge, told.answer, person_id)
    if found.secret is None:
        db.session.commit()
        raise Said(_opens_nothing(None))
    passkeys.let_open(passkey, found.secret, private)
    db.session.commit()
    flash(_("“%(name)s” opens your diary from now on.", name=passkey.name), "success")
    return jsonify(go=wanted or passkey_asking.my_page())
