"""The doctor's check of all released figures; no page may come here, so near to the ledger's writers."""

import sqlalchemy as sa

from wellbeing.disclosure import checkup_ledger, detail_ledger, ledger
from wellbeing.doctor import database
from wellbeing.doctor.finding import Finding

CHAINS = (("ledger", ledger), ("detail ledger", detail_ledger), ("check-up ledger", checkup_ledger))


def broken(connection: sa.Connection) -> dict[str, int]:
    """Return the ledgers that are not whole, each with its first block that does not follow."""
    found = ((name, chain.first_broken(connection)) for name, chain in CHAINS)
    return {name: position for name, position in found if position is not None}


def finding(connection: sa.Connection) -> Finding:
    """Return whether every ledger is whole."""
    return database.chain(broken(connection))
