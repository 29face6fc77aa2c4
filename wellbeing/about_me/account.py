"""What an account holds: the roster, the ways in, and a diary as it looks from outside."""

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from wellbeing.about_me.rows import Lines, count, rows
from wellbeing.models.accounts import CodePurpose, OneTimeCode, Person, PinFailure, SignIn, Unit
from wellbeing.models.badges import Badge
from wellbeing.models.company import CompanyIdentity
from wellbeing.models.diary import DiaryKey, Passkey, Phone
from wellbeing.models.release_mail import ReleaseMail
from wellbeing.models.second_factor import Authenticator
from wellbeing.reports import dates


def roster(session: Session, person: Person) -> Lines:
    """Yield what the roster says."""
    unit = session.get_one(Unit, person.unit_id)
    yield _("Your name: %(name)s", name=person.name)
    yield _("Where you work: %(unit)s", unit=unit.name)
    yield _("On the roster since %(day)s", day=dates.whole(person.created_at.date()))
    if person.language:
        yield _("The language in which you are spoken to")
    if person.counts_from:
        yield _("Your answers may count from %(day)s on", day=dates.whole(person.counts_from))


def sign_in(session: Session, person: Person) -> Lines:
    """Yield what a sign-in of one's own is made of."""
    if person.login:
        yield _("Sign-in name: %(login)s", login=person.login)
    if person.password_hash:
        yield _("Your password, scrambled")
    for name, day in rows(session, person, Passkey, Passkey.name, Passkey.made_on):
        yield _("A passkey: %(name)s, made on %(day)s", name=name, day=dates.whole(day))
    if count(session, Authenticator.person_id == person.id):
        yield _("The secret that your authenticator app knows, sealed, and your spare codes, scrambled")
    for (day,) in rows(session, person, CompanyIdentity, CompanyIdentity.linked_on):
        yield _("Under which name the company's sign-in knows you, since %(day)s", day=dates.whole(day))
    browsers = count(session, SignIn.person_id == person.id)
    if browsers:
        yield _("Browsers that are signed in now: %(count)s", count=browsers)


def phones(session: Session, person: Person) -> Lines:
    """Yield the phones that write for somebody."""
    for name, day in rows(session, person, Phone, Phone.name, Phone.set_up_on):
        yield _("%(name)s, set up on %(day)s", name=name, day=dates.whole(day))


def tablet(session: Session, person: Person) -> Lines:
    """Yield what opens somebody's tile at a tablet."""
    if person.pin_mac:
        yield _("Your PIN, scrambled, and how many digits it has: %(digits)s", digits=person.pin_length)
    if count(session, PinFailure.person_id == person.id):
        yield _("That a wrong PIN was typed for you in the last day")
    for (day,) in rows(session, person, Badge, Badge.made_on):
        yield _(
            "The number of your badge of %(day)s, scrambled; itself it stands on the card",
            day=dates.whole(day),
        )


def codes(session: Session, person: Person) -> Lines:
    """Yield the one-time codes that wait, or have run out."""
    for (purpose,) in rows(session, person, OneTimeCode, OneTimeCode.purpose):
        yield _("A code for a new PIN") if purpose is CodePurpose.PIN else _("A code for a new password")


def mail(session: Session, person: Person) -> Lines:
    """Yield where word of new figures goes."""
    for (address,) in rows(session, person, ReleaseMail, ReleaseMail.address):
        yield _("Word of new figures goes to %(address)s", address=address)


def diary(session: Session, person: Person) -> Lines:
    """Yield what stands outside the seal."""
    found = session.get(DiaryKey, person.id)
    if found is None:
        return
    yield _("That you keep a diary, and its key under your own lock: nobody here can open it")
    yield _(
        "Entries are kept %(days)s days, notes %(notes)s days", days=found.kept_days, notes=found.note_days
    )
    yield _("That you agreed to the words about it, in version %(version)s", version=found.agreed_version)
    if found.paused:
        yield _("That it is paused")
