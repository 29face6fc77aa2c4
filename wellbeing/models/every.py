"""Every room of tables, named in one place so that migrations and backups know them all."""

from wellbeing.models import (
    access_log,
    accounts,
    asking,
    badges,
    cases,
    changes,
    checkup,
    content,
    detail_ledger,
    epochs,
    floor,
    ledger,
    lists,
    notes,
    pending,
    release_mail,
    settings,
    tablet_keys,
    talk,
)

ROOMS = (
    *(access_log, accounts, asking, badges, cases, changes, checkup, content, detail_ledger, epochs, floor),
    *(ledger, lists, notes, pending, release_mail, settings, tablet_keys, talk),
)
