"""The words of the audit log: a sentence for every act, and one more for whoever it was about.

Sentences do not say who did it: the page does, beside them. ``%(person)s`` and ``%(unit)s`` are whom and what
it was about, everything else is a fact of the entry; `audit_sentences` fills them in.
"""

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from wellbeing.audit import Act


class Kind(StrEnum):
    """What an act is about, as the log's filter offers it."""

    UNITS = "units"
    PEOPLE = "people"
    ROLES = "roles"
    SIGN_IN = "sign-in"
    TABLETS = "tablets"
    FIGURES = "figures"
    TEXTS = "texts"
    SITE = "site"


KINDS: dict[Kind, LazyString] = {
    Kind.UNITS: _l("Units"),
    Kind.PEOPLE: _l("People"),
    Kind.ROLES: _l("Roles and readers"),
    Kind.SIGN_IN: _l("Codes, badges and sign-in"),
    Kind.TABLETS: _l("Tablets"),
    Kind.FIGURES: _l("How figures are made"),
    Kind.TEXTS: _l("Lists and texts"),
    Kind.SITE: _l("The site and its privacy"),
}


@dataclass(frozen=True)
class Words:
    """An act in the log, and what somebody reads whom it was about; the same where nobody is named."""

    kind: Kind
    in_log: LazyString
    about_you: LazyString | None = None


WORDS: dict[Act, Words] = {
    Act.SITE_CREATED: Words(Kind.SITE, _l("The site was created.")),
    Act.SITE_CHANGED: Words(Kind.SITE, _l("The organisation's own facts were changed.")),
    Act.UNIT_CREATED: Words(Kind.UNITS, _l("%(unit)s was made, below %(parent)s.")),
    Act.UNIT_RENAMED: Words(Kind.UNITS, _l("%(was)s was given the name %(name)s.")),
    Act.UNIT_MOVED: Words(Kind.UNITS, _l("%(unit)s is to go from %(origin)s to %(parent)s on %(day)s.")),
    Act.UNITS_MERGED: Words(Kind.UNITS, _l("%(unit)s is to merge into %(into)s on %(day)s.")),
    Act.UNIT_REMOVED: Words(Kind.UNITS, _l("%(unit)s was removed: nobody had been in it.")),
    Act.UNIT_CLOSED: Words(Kind.UNITS, _l("%(unit)s is to close on %(day)s.")),
    Act.UNIT_CHANGE_CANCELLED: Words(Kind.UNITS, _l("What was planned for %(unit)s was taken back.")),
    Act.PERSON_ADDED: Words(
        Kind.PEOPLE, _l("%(person)s was added to %(unit)s."), _l("You were added to %(unit)s.")
    ),
    Act.PEOPLE_IMPORTED: Words(
        Kind.PEOPLE, _l("People were added from a list: %(added)s new, %(changed)s changed.")
    ),
    Act.IMPORT_CONFIRMED: Words(
        Kind.PEOPLE, _l("The first import was confirmed. Real people on it: %(people)s.")
    ),
    Act.PERSON_CONFIRMED: Words(
        Kind.PEOPLE,
        _l("%(person)s was confirmed as a real person who works here."),
        _l("You were confirmed as a real person who works here."),
    ),
    Act.PERSON_CHANGED: Words(
        Kind.PEOPLE,
        _l("What the list of people says about %(person)s was changed."),
        _l("What the list of people says about you was changed."),
    ),
    Act.PERSON_MOVED: Words(
        Kind.PEOPLE,
        _l("%(person)s is to move from %(origin)s to %(unit)s on %(day)s."),
        _l("You are to move from %(origin)s to %(unit)s on %(day)s."),
    ),
    Act.MOVE_CANCELLED: Words(
        Kind.PEOPLE,
        _l("%(person)s stays in %(unit)s: the planned move was taken back."),
        _l("You stay in %(unit)s: your planned move was taken back."),
    ),
    Act.PERSON_LENT: Words(
        Kind.PEOPLE,
        _l("%(person)s was lent to %(unit)s until %(until)s."),
        _l("You were lent to %(unit)s until %(until)s."),
    ),
    Act.LOAN_ENDED: Words(
        Kind.PEOPLE,
        _l("The loan of %(person)s to %(unit)s was ended."),
        _l("Your loan to %(unit)s was ended."),
    ),
    Act.PERSON_DEACTIVATED: Words(
        Kind.PEOPLE, _l("The account of %(person)s was closed."), _l("Your account was closed.")
    ),
    Act.PERSON_REACTIVATED: Words(
        Kind.PEOPLE, _l("The account of %(person)s was opened again."), _l("Your account was opened again.")
    ),
    Act.PERSON_ERASED: Words(Kind.PEOPLE, _l("Somebody's account was erased, with all that was theirs.")),
    Act.ROLE_GIVEN: Words(
        Kind.ROLES,
        _l("%(person)s was given a role for %(unit)s: %(role)s."),
        _l("You were given a role for %(unit)s: %(role)s."),
    ),
    Act.ROLE_TAKEN: Words(
        Kind.ROLES,
        _l("%(person)s lost a role for %(unit)s: %(role)s."),
        _l("You lost a role for %(unit)s: %(role)s."),
    ),
    Act.PIN_CODE_MADE: Words(
        Kind.SIGN_IN,
        _l("A code to choose a new PIN was made for %(person)s."),
        _l("A code to choose a new PIN was made for you."),
    ),
    Act.PASSWORD_CODE_MADE: Words(
        Kind.SIGN_IN,
        _l("A code to choose a new password was made for %(person)s."),
        _l("A code to choose a new password was made for you."),
    ),
    Act.BADGE_MADE: Words(
        Kind.SIGN_IN, _l("A new badge was printed for %(person)s."), _l("A new badge was printed for you.")
    ),
    Act.BADGE_REMOVED: Words(
        Kind.SIGN_IN, _l("The badge of %(person)s was revoked."), _l("Your badge was revoked.")
    ),
    Act.TABLET_CODE_MADE: Words(Kind.TABLETS, _l("A code to enrol a tablet was made for %(unit)s.")),
    Act.TABLET_RENAMED: Words(Kind.TABLETS, _l("A tablet of %(unit)s was given another name.")),
    Act.TABLET_REVOKED: Words(Kind.TABLETS, _l("A tablet of %(unit)s was revoked.")),
    Act.SETTINGS_PLANNED: Words(
        Kind.FIGURES,
        _l(
            "Planned: %(people_needed)s people for a figure, %(own_pool_from)s for a team's"
            " own, new figures every %(tick_days)s days, new accounts count after %(activation_days)s days."
        ),
    ),
    Act.SETTINGS_WITHDRAWN: Words(
        Kind.FIGURES, _l("The planned change of how figures are made was taken back.")
    ),
    Act.BADGE_RULE_CHANGED: Words(
        Kind.SIGN_IN, _l("Badges at the counter without a PIN were switched: %(state)s.")
    ),
    Act.CHECKUP_RULE_CHANGED: Words(
        Kind.FIGURES, _l("How often the check-up is asked was changed: every %(months)s months.")
    ),
    Act.LIST_CHANGED: Words(Kind.TEXTS, _l("The list “%(list)s” was changed.")),
    Act.TEXT_CHANGED: Words(Kind.TEXTS, _l("A text of the site was changed: %(kind)s.")),
    Act.TEXTS_REVIEWED: Words(Kind.TEXTS, _l("The texts of the site were looked through.")),
    Act.CLIP_CHANGED: Words(Kind.TEXTS, _l("A clip or picture was %(state)s.")),
    Act.HELP_CONTACT_CHANGED: Words(
        Kind.SITE, _l("Whom staff can turn to here was changed, in “Get help” and on the tablets.")
    ),
    Act.READER_APPOINTED: Words(
        Kind.ROLES,
        _l("%(person)s was appointed to read: %(subject)s."),
        _l("You were appointed to read: %(subject)s."),
    ),
    Act.READER_REMOVED: Words(
        Kind.ROLES, _l("%(person)s reads no more: %(subject)s."), _l("You read no more: %(subject)s.")
    ),
    Act.PRIVACY_FACTS_WRITTEN: Words(Kind.SITE, _l("The facts for the privacy papers were changed.")),
    Act.PRIVACY_SIGNED: Words(Kind.SITE, _l("The privacy step of the set-up was signed.")),
    Act.SECOND_FACTOR_RULE_CHANGED: Words(
        Kind.SIGN_IN, _l("A second factor for managers, HR and admins was switched: %(state)s.")
    ),
    Act.SECOND_FACTOR_REMOVED: Words(
        Kind.SIGN_IN,
        _l("The authenticator app of %(person)s was removed."),
        _l("Your authenticator app was removed."),
    ),
    Act.SIGNED_OUT: Words(
        Kind.SIGN_IN, _l("%(person)s was signed out everywhere."), _l("You were signed out everywhere.")
    ),
    Act.GROUP_MAPPED: Words(
        Kind.ROLES, _l("The group “%(group)s” of the company brings a role for %(unit)s: %(role)s.")
    ),
    Act.GROUP_UNMAPPED: Words(
        Kind.ROLES, _l("The group “%(group)s” of the company brings no role for %(unit)s any more: %(role)s.")
    ),
    Act.ROLE_BY_GROUP: Words(
        Kind.ROLES,
        _l("%(person)s came in by the company sign-in and got a role for %(unit)s by a group: %(role)s."),
        _l("You came in by the company sign-in and got a role for %(unit)s by a group: %(role)s."),
    ),
    Act.ROLE_GONE_WITH_GROUP: Words(
        Kind.ROLES,
        _l("%(person)s lost a role for %(unit)s that a group of the company sign-in had brought: %(role)s."),
        _l("You lost a role for %(unit)s that a group of the company sign-in had brought: %(role)s."),
    ),
    Act.BACKED_UP: Words(Kind.SITE, _l("A backup was made.")),
    Act.RESTORED: Words(Kind.SITE, _l("The site was restored from a backup.")),
    Act.UPGRADED: Words(Kind.SITE, _l("The site was upgraded to version %(version)s.")),
}
# An entry of a version that knew more acts than this one.
UNKNOWN = Words(Kind.SITE, _l("Something was done for which this version has no words."))
