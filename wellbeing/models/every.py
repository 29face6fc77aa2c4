"""Every room of tables, named in one place so that migrations and backups know them all."""

from wellbeing.models import (
    access_log,
    accounts,
    agreements,
    asking,
    audit,
    badges,
    cases,
    changes,
    checkup,
    company,
    content,
    detail_ledger,
    diary,
    epochs,
    floor,
    ledger,
    lending,
    lists,
    notes,
    pending,
    release_mail,
    second_factor,
    settings,
    tablet_keys,
    talk,
    watching,
)

ROOMS = (
    *(access_log, accounts, agreements, asking, audit, badges, cases, changes, checkup, company, content),
    *(detail_ledger, diary, epochs, floor, ledger, lending, lists, notes, pending, release_mail),
    *(second_factor, settings, tablet_keys, talk, watching),
)
