"""The pages of cases, put together: a list with what presses most on top, one case, and its forms."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from wellbeing import notice_words, site
from wellbeing.case_figures import reading
from wellbeing.cases import listing, search
from wellbeing.cases.listing import Show
from wellbeing.models.base import db
from wellbeing.models.cases import Case
from wellbeing.web import case_words
from wellbeing.web.case_form import (
    AgainForm,
    CaseForm,
    ClosingForm,
    NoteForm,
    OwnerForm,
    VersionForm,
)
from wellbeing.web.case_scope import Asked, Scope, address_of, owners_in

MOST_AGAIN = 5
MOST_RECURRING = 3


def list_page(asked: Asked, seen: Scope) -> str:
    """Return a page of the list: what was looked for, or the most urgent cases first."""
    words = case_words.all_lists()
    further: dict[str, Any]
    if asked.words:
        found = search.search(db.session(), asked.words, asked.wanted.units, asked.before)
        cases, cut = found.cases, found.cut
        further = {"before": found.end} if found.end else {}
    else:
        page = listing.page(db.session(), asked.wanted, site.now(), asked.after)
        cases, cut = page.cases, False
        further = {"after": address_of(page.end)} if page.end else {}
    is_first = not asked.words and asked.after is None
    return render_template(
        "cases/list.html",
        rows=case_words.rows(cases, words),
        again=_again(asked, words) if is_first and asked.wanted.show is not Show.CLOSED else [],
        overdue=_overdue(asked) if is_first else None,
        recurring=_recurring(asked, seen, words) if is_first and asked.wanted.show is Show.OPEN else [],
        asked=asked,
        cut=cut,
        units=seen.names,
        channels=words.channels,
        shows=case_words.SHOWN,
        cue=case_words.of_today(case_words.said("line", theme="recontact")),
        next_page=url_for("cases.every", **_filters(asked), **further) if further else None,
        filters=_filters(asked),
    )


def _filters(asked: Asked) -> dict[str, Any]:
    given = {
        "q": asked.words or None,
        "show": None if asked.wanted.show is Show.OPEN else asked.wanted.show.value,
        "unit": asked.unit_id,
        "channel": asked.wanted.channel,
    }
    return {name: value for name, value in given.items() if value is not None}


def _again(asked: Asked, words: case_words.Lists) -> list[case_words.Row]:
    due = listing.due_again(db.session(), asked.wanted, site.now(), site.today(db.session()), most=MOST_AGAIN)
    return case_words.rows(due, words)


def _overdue(asked: Asked) -> dict[str, object]:
    late = listing.longest_overdue(db.session(), asked.wanted, site.now())
    return {
        "count": len(late),
        "is_all": len(late) < listing.MOST_COUNTED,
        "flags": case_words.counted(late),
    }


def _recurring(asked: Asked, seen: Scope, words: case_words.Lists) -> list[str]:
    """Return a sentence for each of the causes that come back most."""
    names = seen.names
    ids = asked.wanted.units or seen.ids
    found = reading.coming_back(db.session(), ids, site.today(db.session()), site.zone())
    return [
        _(
            "%(cause)s: %(times)s times in 13 weeks (%(units)s)",
            cause=words.causes.get(one.cause, one.cause),
            times=one.times,
            units=", ".join(names[unit] for unit in one.unit_ids),
        )
        for one in found[:MOST_RECURRING]
    ]


def case_page(case: Case, note: NoteForm | None = None, again: AgainForm | None = None) -> str:
    """Return the page of one case, with the forms for what can be done with it."""
    now, zone = site.now(), site.zone()
    owner = OwnerForm(formdata=None, data={"version": case.version, "owner": case.owner_id})
    owner.owner.choices = [("", _("Nobody yet"))] + [(one.id, one.name) for one in owners_in(case.unit)]
    return render_template(
        "cases/case.html",
        case=case,
        row=case_words.rows([case], case_words.all_lists())[0],
        words=case_words.all_lists(),
        readings=case_words.READINGS,
        attended=notice_words.moment(case.first_attention_at, now, zone) if case.first_attention_at else "",
        notes=[(line, notice_words.moment(line.written_at, now, zone)) for line in case.notes],
        note_form=note or NoteForm(formdata=None),
        again_form=again or AgainForm(formdata=None, data={"version": case.version}),
        owner_form=owner,
        version_form=VersionForm(formdata=None, data={"version": case.version}),
        is_mine=case.owner_id == current_user.id,
        is_due_again=case.recontact_on is not None and case.recontact_on <= site.today(db.session()),
        familiar=_text("prompt", "familiar"),
        cue=case_words.of_today(case_words.said("line", theme="recontact")),
    )


def form_page(form: CaseForm, case: Case | None = None, changed_meanwhile: bool = False) -> str:
    """Return the page of a new case, or of one that is changed; somebody may have changed it meanwhile."""
    words = case_words.all_lists()
    return render_template(
        "cases/form.html",
        form=form,
        case=case,
        row=case_words.rows([case], words)[0] if case else None,
        changed_meanwhile=changed_meanwhile,
        cue=case_words.of_today(case_words.said("line", theme="recontact")),
        patience=_text("prompt", "recontact"),
        good_faith=_text("policy", "good-faith"),
    )


def closing_page(case: Case, form: ClosingForm, back_to_a_solution: bool = False) -> str:
    """Return the closing questions; after a no to the shoes test they lead back to a solution."""
    return render_template(
        "cases/close.html",
        case=case,
        form=form,
        back_to_a_solution=back_to_a_solution,
        chance=case_words.chance(case.chance),
        cue=case_words.of_today(case_words.said("line", theme="recontact")),
        patience=_text("prompt", "recontact"),
        handling=_text("prompt", "handling"),
    )


def _text(kind: str, key: str) -> dict[str, str] | None:
    return next(iter(case_words.said(kind, key=key)), None)
