"""For how long each thing is kept, as the rooms that delete it say: days, where nothing else is said."""

from wellbeing import access_log, asking, backup, codes, notices, receipts, withdraw
from wellbeing.cases import writing
from wellbeing.models.diary import DiaryKey
from wellbeing.talk import posts

# How often a pool is held before it climbs, and at the top before it is deleted. No page may ask the room
# that does so; a test holds the two to each other.
CLIMBS_AFTER, DELETED_AFTER = 4, 8


def kept() -> dict[str, int]:
    """Return the numbers that the documents name."""
    diary = DiaryKey.__table__.c
    return {
        "climb": CLIMBS_AFTER,
        "top": DELETED_AFTER,
        "diary_days": diary.kept_days.default.arg,
        "note_days": diary.note_days.default.arg,
        "receipts": receipts.KEPT_DAYS,
        "backups": backup.KEPT.days,
        "looked": access_log.KEPT_DAYS,
        "asked": asking.KEPT_AFTER_ANSWER.days,
        "moments": posts.MOMENTS_KEPT.days,
        "ideas": posts.ANSWERED_KEPT.days,
        "cases": writing.KEPT_AFTER_CLOSING.days,
        "notices": notices.KEPT_AFTER_ITS_END.days,
        "codes": codes.KEPT_AFTER.days,
        "undo": withdraw.UNDO_SECONDS,
    }
