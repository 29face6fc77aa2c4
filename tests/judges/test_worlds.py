"""A small site is played for real, and what is published of it is explained by what its people said."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from judges import worlds
from judges.sources import Source
from wellbeing.models.settings import SiteKind
from wellbeing.people import NewSite
from wellbeing.replay.reading import Entry
from wellbeing.roster import NewPerson

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
SITE = NewSite("Harbour Motors", "Ada Vale", "ada", "Marta, 2nd floor", "Europe/Madrid", kind=SiteKind.TEST)
NAMES = tuple(f"Person {letter}" for letter in "ABCDEFGH")
PARTS, SHOWROOM = ("North", "Parts"), ("North", "Showroom")


def site(*said: tuple[tuple[str, str], str, int, int]) -> Source:
    """Return a site of two teams, and who said what on which day."""
    people = tuple(NewPerson(0, name, team) for team in (PARTS, SHOWROOM) for name in NAMES)
    entries = tuple(
        Entry(2, name, "/".join(team), MONDAY + timedelta(days=day), mood=mood)
        for team, name, day, mood in sorted(said, key=lambda one: one[2])
    )
    return Source("test", SITE, people, entries)


def told(team: tuple[str, str], people: int, day: int) -> list[tuple[tuple[str, str], str, int, int]]:
    return [(team, name, day, 1 + place % 5) for place, name in enumerate(NAMES[:people])]


def test_a_week_is_published_with_its_people_and_the_days_they_were_seen(tmp_path: Path):
    found = worlds.play(site(*told(PARTS, 8, 0), *told(PARTS, 2, 3), *told(PARTS, 1, 8)), tmp_path)

    assert [(record.tick, record.people_floor, len(record.voices)) for record in found] == [(1, 8, 8)]
    assert [voice.mood for voice in found[0].voices] == [1, 2, 3, 4, 5, 1, 2, 3]
    assert [(voice.days, voice.check_ins) for voice in found[0].voices[1:3]] == [("03", 2), ("0", 1)]


def test_a_pool_that_was_held_four_times_is_found_in_the_block_above(tmp_path: Path):
    weeks = [*told(PARTS, 3, 0), *told(SHOWROOM, 3, 0), *told(PARTS, 1, 7 * 5)]

    found = worlds.play(site(*weeks), tmp_path)

    assert [(record.tick, record.people_floor, len(record.voices)) for record in found] == [(4, 5, 6)]
    assert len({voice.person for voice in found[0].voices}) == 6


def test_progress_is_told_now_and_then(tmp_path: Path):
    said: list[str] = []

    worlds.play(site(*(one for day in range(40) for one in told(PARTS, 1, day))), tmp_path, said.append)

    assert said == ["  test: 40 of 40 days, 0 blocks"]
