"""“Ask someone to contact me”, at the counter."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from wellbeing import appointed, asking
from wellbeing.models.asking import ReaderOf


class NotAsked(Exception):
    """Nothing was kept; ``code`` says why, in the words of the tablet's interface."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def ask(
    connection: sa.Connection, person_id: int, fields: Mapping[str, Any], today: date, *, waited: bool
) -> int:
    """Keep what is ticked for its readers, and return its id; raise NotAsked.

    What waited on a tablet is kept in any case: whoever is appointed next finds it.
    """
    if not waited and not appointed.readers(connection, ReaderOf.CONTACT):
        raise NotAsked("nobody_reads")
    try:
        return asking.ask(connection, person_id, asking.of(connection, person_id, **fields), today)
    except asking.NothingToGoBy:
        raise NotAsked("bad_request") from None
