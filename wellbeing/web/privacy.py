"""The privacy notice for everybody; for the admin the facts behind it, and the other documents."""

from collections.abc import Sequence

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from wellbeing import site
from wellbeing.audit import Act
from wellbeing.clock import now as real_now
from wellbeing.extensions import language
from wellbeing.law import choices, document, documents, facts, known, paper, set_so
from wellbeing.law.documents import Kind
from wellbeing.law.facts import Facts, Version
from wellbeing.law.filling import Known
from wellbeing.models.base import db
from wellbeing.permissions import Permission
from wellbeing.web.access import everywhere_or_404, public, requires
from wellbeing.web.forms import whole_number
from wellbeing.web.noted import noted
from wellbeing.web.only_reading import only_reading
from wellbeing.web.privacy_form import PrivacyForm, agreed_gaps, typed

bp = Blueprint("privacy", __name__)
bp.add_app_template_filter(document.runs, "runs")


@bp.get("/privacy")
@public
def notice() -> ResponseReturnValue:
    """The notice in force, for everybody, before anybody signs in."""
    return _page(Kind.NOTICE, _in_force(), url_for("privacy.notice_pdf", lang=language()))


def _in_force() -> Known:
    """Return what the notice is made of; before the site is set up, what the product comes with."""
    try:
        site.settings()
    except site.NotSetUp:
        return known.before_set_up(real_now().date())
    return known.in_force(db.session())


def _page(kind: Kind, found: Known, pdf: str, admin: bool = False) -> str:
    made = documents.document(kind, found, language())
    return render_template("privacy/document.html", document=made, pdf=pdf, admin=admin)


@bp.get("/privacy/notice.pdf")
@public
def notice_pdf() -> ResponseReturnValue:
    """The same as a file."""
    return _pdf(Kind.NOTICE, _in_force())


def _pdf(kind: Kind, found: Known) -> Response:
    made = documents.document(kind, found, language())
    answer = Response(paper.pdf(made, found.written_on), mimetype="application/pdf")
    name = f"{kind}-{found.number or 'draft'}-{language()}.pdf"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@bp.get("/admin/privacy")
@requires(Permission.ADMINISTER)
def privacy() -> ResponseReturnValue:
    """What the documents need to know, what is missing, the documents, and what they said before."""
    everywhere_or_404(Permission.ADMINISTER)
    newest = facts.newest(db.session())
    return _form(PrivacyForm(formdata=None, obj=newest.facts if newest else Facts()), newest)


def _form(
    form: PrivacyForm, newest: Version | None, status: int = 200, left_open: Sequence[str] = ()
) -> ResponseReturnValue:
    stands = newest.facts if newest else Facts()
    since = known.of_version(db.session(), newest) if newest else None
    page = render_template(
        "privacy/privacy.html",
        form=form,
        newest=newest,
        versions=facts.every(db.session()),
        gaps=_named(facts.gaps(stands)),
        left_open=_named(left_open),
        changed=set_so.changed(language(), since.so, since.since) if since else (),
        kinds={kind: documents.title(kind, language()) for kind in Kind},
        why=choices.why,
        said=language(),
        not_advice=choices.word(language(), "words", "not_advice"),
    )
    return page, status


def _named(gaps: Sequence[str]) -> list[str]:
    return [choices.word(language(), "field", name) for name in gaps]


@bp.post("/admin/privacy")
@requires(Permission.ADMINISTER)
def write() -> ResponseReturnValue:
    """The next version; where nothing is different, there is none, nor with gaps that nobody agreed to."""
    everywhere_or_404(Permission.ADMINISTER)
    form = PrivacyForm()
    if not form.validate():
        return _again(form)
    newest = facts.newest(db.session())
    said, so = typed(form), set_so.stored(set_so.now(db.session(), site.config()))
    if newest and (newest.facts, newest.set_so) == (said, so):
        db.session.rollback()
        flash(_("Nothing is different from the newest version, so no other was written."))
        return redirect(url_for("privacy.privacy"))
    gaps = facts.gaps(said)
    if gaps and agreed_gaps(request.form) != len(gaps):
        return _again(form, gaps)
    number = newest.number + 1 if newest else 1
    noted(Act.PRIVACY_FACTS_WRITTEN, version=number)
    facts.write(db.session(), said, site.now(), so)
    flash(_("Version %(number)s is in force. Staff read it from now on.", number=number), "success")
    return redirect(url_for("privacy.privacy"))


def _again(form: PrivacyForm, left_open: Sequence[str] = ()) -> ResponseReturnValue:
    """Show what was typed again, with what was refused, or with the gaps that would remain."""
    with only_reading():
        return _form(form, facts.newest(db.session()), 422, left_open)


@bp.get("/admin/privacy/<which>")
@requires(Permission.ADMINISTER)
def one(which: str) -> ResponseReturnValue:
    """One document, in the version that stands or in an earlier one."""
    kind, found, asked = _asked(which)
    pdf = url_for("privacy.one_pdf", which=which, version=asked, lang=language())
    return _page(kind, found, pdf, admin=True)


def _asked(which: str) -> tuple[Kind, Known, int | None]:
    everywhere_or_404(Permission.ADMINISTER)
    if which not in list(Kind):
        abort(404)
    if "version" not in request.args:
        return Kind(which), known.in_force(db.session()), None
    number = whole_number(request.args["version"])
    for version in facts.every(db.session()):
        if version.number == number:
            return Kind(which), known.of_version(db.session(), version), number
    abort(404)


@bp.get("/admin/privacy/<which>.pdf")
@requires(Permission.ADMINISTER)
def one_pdf(which: str) -> ResponseReturnValue:
    """The same as a file."""
    kind, found, _number = _asked(which)
    return _pdf(kind, found)
