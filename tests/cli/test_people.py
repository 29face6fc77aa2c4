"""`flask people confirm` and `flask person erase`; the import has a file of its own."""

import sqlalchemy as sa
from flask import Flask

from tests.answers import House, change, column, everything, rows, say
from tests.cli.shell import run
from wellbeing.models.accounts import Person
from wellbeing.models.pending import Pending
from wellbeing.models.settings import Settings


def people_named(house: House, name: str) -> list[int]:
    return column(house, sa.select(Person.id).where(Person.name == name))


def unopened(house: House) -> None:
    """Make it a site whose first import nobody has confirmed."""
    change(house, sa.update(Settings).values(confirmed_at=None), sa.update(Person).values(counts_from=None))


def test_the_first_import_is_confirmed_once(any_app: Flask, any_house: House):
    unopened(any_house)

    done = run(any_app, "people", "confirm")
    again = run(any_app, "people", "confirm")

    assert done.exit_code == 0
    assert f"{len(rows(any_house, Person))} people were confirmed. The site is open" in done.output
    assert "The first figures come next Monday" in done.output
    assert again.exit_code == 1
    assert "There is no first import to confirm" in again.output
    assert None not in column(any_house, sa.select(Person.counts_from))


def test_so_few_people_are_promised_no_figures(app: Flask, house: House):
    unopened(house)
    few = [house.cast.people[name] for name in ("Ada", "Sol", "Noor", "Bea", "Carl", "Dana", "Emil")]
    change(house, sa.update(Person).where(Person.id.not_in(few)).values(active=False))

    done = run(app, "people", "confirm")

    assert "7 people were confirmed. The site is open." in done.output
    assert "Fewer than 7 people here can count, so there are no team figures" in done.output
    assert "next Monday" not in done.output


def test_people_who_come_later_are_not_told_of_a_confirmation(app: Flask, house: House, tmp_path):
    (tmp_path / "later.csv").write_text("name,team\nTuva Vale,Parts\n", encoding="utf-8")

    done = run(app, "people", "import", str(tmp_path / "later.csv"))

    assert (done.exit_code, done.output) == (0, "1 people were added.\n")


def test_sol_is_erased_after_a_yes(any_app: Flask, any_house: House):
    say(any_house, "Sol")
    say(any_house, "Noor")

    done = run(any_app, "person", "erase", "Sol Vale", answers="y\n")

    assert done.exit_code == 0
    assert "Erased. Figures that were already released stay as they are." in done.output
    assert people_named(any_house, "Sol Vale") == []
    assert len(rows(any_house, Pending)) == 1


def test_a_no_leaves_everything_as_it_is(app: Flask, house: House):
    say(house, "Sol")
    before = everything(house)

    done = run(app, "person", "erase", "Sol Vale", answers="n\n")

    assert done.exit_code == 1
    assert everything(house) == before


def test_nobody_at_a_counter_waits_while_somebody_thinks(app: Flask, house: House, monkeypatch):
    def think(*_args: object, **_kwargs: object) -> None:
        say(house, "Noor")

    monkeypatch.setattr("click.confirm", think)

    assert run(app, "person", "erase", "Sol Vale").exit_code == 0
    assert people_named(house, "Sol Vale") == []
    assert len(rows(house, Pending)) == 1


def test_two_people_of_one_name_are_told_apart_by_their_team(app: Flask, house: House):
    change(house, sa.update(Person).where(Person.name == "Kai Vale").values(name="Sol Vale"))
    kai = house.cast.people["Kai"]

    refused = run(app, "person", "erase", "Sol Vale", "--yes")
    assert refused.exit_code == 1
    assert "Several people have that name: say which team with --unit." in refused.output
    assert len(people_named(house, "Sol Vale")) == 2

    assert run(app, "person", "erase", "Sol Vale", "--unit", "Service counter", "--yes").exit_code == 0
    assert people_named(house, "Sol Vale") == [kai]


def test_a_name_that_nobody_has_is_said_and_not_repeated(app: Flask, house: House):
    refused = run(app, "person", "erase", "Zoe Vale", "--yes")

    assert refused.exit_code == 1
    assert "Nobody on the roster has that name." in refused.output
    assert "Zoe" not in refused.output
