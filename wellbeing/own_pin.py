"""The PIN of the tablet, asked where a diary begins: whoever made a new password does not know it."""

import hmac
from datetime import datetime

from sqlalchemy.orm import Session

from wellbeing import keys, site
from wellbeing.models.accounts import Person
from wellbeing.tries import count_try, forget_tries

# At five in a quarter of an hour, a PIN of four digits would be found within days, and nobody would notice.
MOST_A_DAY = 10


class NoPin(Exception):
    """Somebody has not chosen a PIN yet."""


def is_right(session: Session, person_id: int, pin: str, now: datetime) -> bool:
    """Tell whether this is somebody's PIN; raise NoPin, or SignInRefused after too many wrong tries. Commits.

    The tries are counted apart from those at tablets, and before the PIN is looked at: five wrong ones close
    it for a quarter of an hour, ten for a day.
    """
    person = session.get_one(Person, person_id)
    if person.pin_mac is None:
        raise NoPin
    kept = person.pin_mac
    count_try(session, _name(person_id), now, MOST_A_DAY)
    session.commit()
    tried = keys.pin_mac(site.config().secrets.pin_pepper, person_id, pin)
    if not hmac.compare_digest(kept, tried):
        return False
    forget_tries(session, _name(person_id))
    session.commit()
    return True


def _name(person_id: int) -> str:
    # No sign-in name has a line break in it.
    return f"pin\n{person_id}"
