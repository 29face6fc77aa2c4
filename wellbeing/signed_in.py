"""Whoever sits at a browser that is signed in, or half way."""

from flask_login import UserMixin

from wellbeing.models.accounts import Person, RoleGrant, SignInMethod


class SignedIn(UserMixin):
    """Who sits at a signed-in browser; the session cookie names the browser's token, never the person.

    One that is not complete has yet to show a second factor, and is let in nowhere.
    """

    def __init__(
        self,
        person: Person,
        token: str,
        method: SignInMethod = SignInMethod.PASSWORD,
        complete: bool = True,
    ) -> None:
        self.person = person
        self.token = token
        self.method = method
        self.complete = complete

    def get_id(self) -> str:
        """Return what Flask-Login keeps in the session cookie."""
        return self.token

    @property
    def id(self) -> int:
        """The person's id."""
        return self.person.id

    @property
    def name(self) -> str:
        """The person's name."""
        return self.person.name

    @property
    def unit_id(self) -> int:
        """The id of the person's own team."""
        return self.person.unit_id

    @property
    def grants(self) -> list[RoleGrant]:
        """The roles the person holds beside being staff."""
        return self.person.grants
