"""Everything that is kept about somebody by name, told to them alone: what it is, and for how long.

No answer is among it. A part without lines is told as well: that nothing is kept is worth knowing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from wellbeing.about_me import account, work
from wellbeing.about_me.rows import Lines
from wellbeing.models.accounts import Person


@dataclass(frozen=True)
class Stored:
    """One thing that is kept by name: what it is, what it says, and for how long it is kept."""

    what: str
    lines: tuple[str, ...]
    kept: str


@dataclass(frozen=True)
class Part:
    """The tables in which a thing is kept, and how it is told."""

    tables: frozenset[str]
    what: LazyString
    lines: Callable[[Session, Person], Lines]
    kept: LazyString


def by_name(session: Session, person_id: int) -> list[Stored]:
    """Return everything that is kept about a person by name."""
    person = session.get_one(Person, person_id)
    return [Stored(str(part.what), tuple(part.lines(session, person)), str(part.kept)) for part in PARTS]


PARTS = (
    Part(frozenset({"person"}), _l("On the roster"), account.roster, _l("Until you leave.")),
    Part(
        frozenset({"sign_in", "passkey", "authenticator", "spare_code", "company_identity"}),
        _l("To sign in"),
        account.sign_in,
        _l("Until you change it or leave; that a browser is signed in, for 12 hours."),
    ),
    Part(
        frozenset({"diary_key"}),
        _l("Your diary"),
        account.diary,
        _l("Until you delete it or leave. What is in it is not kept by name, and only you can read it."),
    ),
    Part(
        frozenset({"phone"}), _l("Your own phones"), account.phones, _l("Until you take them off or leave.")
    ),
    Part(
        frozenset({"pin_failure", "badge"}),
        _l("At the tablet"),
        account.tablet,
        _l("Until you leave, a badge until it is revoked; that a PIN was wrong, for a day."),
    ),
    Part(
        frozenset({"one_time_code"}),
        _l("One-time codes"),
        account.codes,
        _l("Until you use them, or 30 days after they have run out."),
    ),
    Part(
        frozenset({"role_grant", "appointed_reader"}),
        _l("Your roles"),
        work.roles,
        _l("Until you leave, or an admin takes them away."),
    ),
    Part(
        frozenset({"place", "checkup_place", "loan"}),
        _l("Where your answers go"),
        work.places,
        _l("Until the figures come. It is there whether you answer or not."),
    ),
    Part(
        frozenset({"team_change"}),
        _l("Changes of team"),
        work.moves,
        _l("Until you leave. Your team can read them too."),
    ),
    Part(
        frozenset({"customer_case", "case_note"}),
        _l("Customers' cases"),
        work.cases,
        _l("When you leave, the cases stay, without your name."),
    ),
    Part(
        frozenset({"good_moment", "idea", "pledge_signature"}),
        _l("What you signed"),
        work.signed,
        _l("Until you take it down or leave; a good moment 180 days, an idea a year if it has its answer."),
    ),
    Part(
        frozenset({"contact_request", "incident_report"}),
        _l("What you sent by name"),
        work.sent,
        _l("Until you leave; a request 30 days after its answer, a report until a reader deletes it."),
    ),
    Part(
        frozenset({"audit_entry"}),
        _l("In the audit log"),
        work.audited,
        _l("For three years; when you leave, the entries stay without your name."),
    ),
    Part(frozenset({"cover_request"}), _l("Cover"), work.cover, _l("For some minutes.")),
    Part(frozenset({"release_mail"}), _l("E-mail"), account.mail, _l("Until you switch it off or leave.")),
)
