"""“Ask someone to contact me”, at the counter."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import sqlalchemy as sa

from wellbeing import appointed, asking
from wellbeing.models.asking import ReaderOf


def ask(
    connection: sa.Connection, person_id: int, fields: Mapping[str, Any], today: date, *, waited: bool
) -> str:
    """Keep what is ticked for its readers, and return why it was refused, or "".

    What waited on a tablet is kept in any case: whoever is appointed next finds it.
    """
    if not waited and not appointed.readers(connection, ReaderOf.CONTACT):
        return "nobody_reads"
    try:
        asking.ask(connection, person_id, asking.of(connection, person_id, **fields), today)
    except asking.NothingToGoBy:
        return "bad_request"
    return ""
