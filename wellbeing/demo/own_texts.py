"""What the made-up dealership wrote over the shipped texts: a line, days ahead, what weighs now."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from wellbeing.content import arranging, editing
from wellbeing.content.editing import Typed
from wellbeing.content.kinds import KINDS

# How the dealership says one of the lines; the first try stays in its history.
LINE = "who-and-when"
TRIES = (
    (
        "I’ll see to it myself, and ring you by noon.",
        "Me encargo yo en persona y te llamo antes de mediodía.",
    ),
    (
        "I’ll see to it myself. You’ll hear from me by noon, also if I know nothing new by then.",
        "Me encargo yo en persona. Antes de mediodía te llamo, aunque no sepa nada nuevo.",
    ),
)
INVENTORY = (
    "Stocktaking tomorrow: parts will be slow, and everybody knows it. Ask for help early.",
    "Mañana hay inventario: el almacén irá lento, y todos lo saben. Pide ayuda pronto.",
)
CARRYING = (
    "The tolls went up on Monday. Many customers arrive annoyed before they reach the desk.",
    "El lunes subieron los peajes. Muchos clientes llegan ya molestos al mostrador.",
)
OTTERS = ("Sea otters: pictures that anybody may use", "Nutrias marinas: imágenes de uso libre")
OTTERS_LINK = "https://commons.wikimedia.org/wiki/Enhydra_lutris"


def write(session: Session, now: datetime, today: date) -> None:
    """Write the dealership's own texts; every step is one that an admin's page takes. Commits."""
    _reword(session, now)
    message, carrying = KINDS["message"], KINDS["carrying"]
    key = editing.add(session, message, _typed("text", INVENTORY, exercise=True), now)
    _show(session, "message", key, today + timedelta(days=9), today + timedelta(days=10))
    key = editing.add(session, carrying, _typed("text", CARRYING), now)
    _show(session, "carrying", key, today - timedelta(days=today.weekday()), today + timedelta(days=20))
    editing.add(session, KINDS["heart_happy"], _typed("title", OTTERS, link=OTTERS_LINK), now)


def _reword(session: Session, now: datetime) -> None:
    kind = KINDS["line"]
    for days_ago, (english, spanish) in zip((40, 12), TRIES, strict=True):
        before = editing.find(session, kind, LINE).words
        said = {"en": {**before["en"], "text": english}, "es": {**before["es"], "text": spanish}}
        typed = Typed({**before, **said}, editing.mark(before))
        editing.save(session, kind, LINE, typed, now - timedelta(days=days_ago))


def _typed(field: str, said: tuple[str, str], **plain: Any) -> Typed:
    return Typed({"en": {field: said[0]}, "es": {field: said[1]}, "plain": plain}, "")


def _show(session: Session, kind: str, key: str, first: date, last: date) -> None:
    seen = arranging.mark_of_days(editing.find(session, KINDS[kind], key))
    arranging.schedule(session, KINDS[kind], key, first.isoformat(), last.isoformat(), seen)
