"""A backup as a site makes it: written, opened again and checked, and only then named and noted."""

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from wellbeing import audit, backup, clock, key_marks, loading, moved, regular, uploads
from wellbeing.backup import Written
from wellbeing.config import Config
from wellbeing.regular import Work


def make(engine: sa.Engine, config: Config, file: Path | None = None, with_pending: bool = False) -> Written:
    """Write a verified backup, to the next free name in the site's folder if no file is named.

    Works on a database at an older revision too, and notes nothing. Raises BackupRefused, with no file left.
    """
    path = file or backup.new_file(config.instance, clock.now())
    clips, marks = uploads.folder(config.instance), key_marks.marks(config.secrets)
    return backup.write(engine, path, with_pending, clips, loading.check, marks)


def note(engine: sa.Engine, with_pending: bool) -> None:
    """Note that a verified backup was made, for the doctor and for the audit log."""
    now = clock.now()
    with engine.begin() as connection:
        regular.done(connection, Work.BACKUP, now)
        if moved.is_moved(connection):  # It takes no other row, and this is how it is opened again elsewhere.
            return
        with Session(bind=connection) as session:
            audit.note(session, audit.Act.BACKED_UP, None, now, facts={"with_pending": with_pending})
            session.flush()
