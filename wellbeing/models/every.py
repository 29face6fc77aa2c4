"""Every room of tables, named in one place so that migrations and backups know them all."""

from wellbeing.models import (
    access_log,
    accounts,
    changes,
    detail_ledger,
    epochs,
    floor,
    ledger,
    lists,
    notes,
    pending,
    release_mail,
    settings,
)

ROOMS = (
    *(access_log, accounts, changes, detail_ledger, epochs, floor, ledger, lists, notes, pending),
    *(release_mail, settings),
)
