"""One account: added, or what the list says about somebody changed."""

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wellbeing.cells import MAX_NAME
from wellbeing.models.accounts import Level, Person, Unit
from wellbeing.roster import LOGIN
from wellbeing.units import opening, opens_later


class AccountRefused(Exception):
    """What cannot be kept: ``field`` is name, login or unit, and the text says why, in a sentence."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def check_team(session: Session, unit: Unit) -> None:
    """Raise AccountRefused unless somebody can come to work in a unit today."""
    if unit.level is not Level.TEAM:
        raise AccountRefused("unit", _("People work in a team; choose one."))
    if unit.closed_on is not None:
        raise AccountRefused("unit", _("%(unit)s is closed.", unit=unit.name))
    if unit.id in opening(session):
        raise AccountRefused("unit", opens_later(unit))


def name_of(typed: str) -> str:
    """Return a name as it is kept, with single blanks; raise AccountRefused for what is none."""
    name = " ".join(typed.split())
    if not 1 <= len(name) <= MAX_NAME or not name.isprintable():
        raise AccountRefused("name", _("A name has 1 to 80 characters, all of them visible."))
    if "@" in name:
        raise AccountRefused(
            "name", _("This looks like an e-mail address; the name is what colleagues read on the tablet.")
        )
    if not any(sign.isalpha() for sign in name):
        raise AccountRefused("name", _("A name has at least one letter."))
    return name


def login_of(typed: str) -> str | None:
    """Return a sign-in name as it is kept, None for an empty one; raise AccountRefused for what is none."""
    login = typed.strip().lower()
    if login and not LOGIN.fullmatch(login):
        raise AccountRefused(
            "login", _("A sign-in name has 2 to 80 letters without accents, digits or . _ @ + -")
        )
    return login or None


def refuse_namesake(session: Session, name: str, unit_id: int, but: int = 0) -> None:
    """Raise AccountRefused where somebody else of a team has this name: at the tablet nobody could choose."""
    there = session.execute(sa.select(Person.id, Person.name).where(Person.unit_id == unit_id))
    if any(row.id != but and row.name.casefold() == name.casefold() for row in there):
        raise AccountRefused("name", _("Somebody of this name is in this team already. Add an initial."))


def refuse_login(session: Session, login: str | None, but: int = 0) -> None:
    """Raise AccountRefused where somebody else has this sign-in name."""
    taken = sa.select(Person.id).where(Person.login == login, Person.id != but)
    if login is not None and session.execute(taken).first() is not None:
        raise AccountRefused("login", _("Somebody else has this sign-in name. Choose another."))


def change(session: Session, person: Person, name: str, login: str | None, language: str | None) -> None:
    """Keep another name, sign-in name or language. Commits. Raises AccountRefused."""
    refuse_namesake(session, name, person.unit_id, person.id)
    refuse_login(session, login, person.id)
    if login is None and (person.login is not None):
        raise AccountRefused("login", _("Whoever signs in needs a sign-in name."))
    person.name, person.login, person.language = name, login, language
    commit(session)


def commit(session: Session) -> None:
    """Commit; raise AccountRefused where somebody took the sign-in name in this very moment."""
    try:
        session.commit()
    except IntegrityError:
        session.rollback()
        raise AccountRefused("login", _("Somebody else has this sign-in name. Choose another.")) from None
