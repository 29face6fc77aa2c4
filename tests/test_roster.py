"""The people file: who joins which team, with which roles, and why a line is not taken."""

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wellbeing.extensions import LANGUAGES
from wellbeing.permissions import Role
from wellbeing.roster import BadLine, NewPerson, NewRole, PeopleFileError, new_teams_in, read_people

COLUMNS = ["name", "team", "site", "login", "role", "role_unit", "language"]
TEAMS = {("Riverside", "Parts"): 4, ("Riverside", "Showroom"): 5, ("Airport Road", "Parts"): 6}


def read(folder, *rows, logins=("boss",), people=((("Riverside", "Showroom"), "Zoë Q."),)):
    path = folder / "people.csv"
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, *rows])
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    return read_people(path, TEAMS, logins, people, "Harbour Motors")


def row(**cells):
    cells = {"name": "Ana Ruiz", "team": "Showroom"} | cells
    return [cells.get(column, "") for column in COLUMNS]


def person_of(folder, **cells):
    (person,), bad = read(folder, row(**cells))
    assert bad == []
    return person


def reason_of(folder, **cells):
    people, (bad,) = read(folder, row(**cells))
    assert people == [] and bad.number == 2
    return bad.reason


def test_a_name_and_a_team_are_enough(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("team,name\nShowroom,Ana Ruiz\n")

    assert read_people(path, TEAMS, ()) == ([NewPerson(2, "Ana Ruiz", ("Riverside", "Showroom"))], [])


def test_a_person_comes_with_sign_in_role_and_language(tmp_path):
    person = person_of(tmp_path, login="Ana.Ruiz@example.org", role="Manager", language="ES")

    assert person == NewPerson(
        line=2,
        name="Ana Ruiz",
        team=("Riverside", "Showroom"),
        login="ana.ruiz@example.org",
        roles=(NewRole(Role.MANAGER, ("Riverside", "Showroom")),),
        language="es",
    )


@pytest.mark.parametrize(
    "cells",
    [
        {"team": "Parts", "site": "Riverside"},
        {"team": "parts", "site": "RIVERSIDE"},
        {"team": "Riverside/Parts"},
        {"team": "Riverside / Parts"},
    ],
)
def test_a_team_that_shares_its_name_is_found_by_its_site(tmp_path, cells):
    assert person_of(tmp_path, **cells).team == ("Riverside", "Parts")


def test_a_team_right_below_the_organisation_wins_over_one_of_the_same_name_deeper_down(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("name,team\nAna,Parts\n")

    assert read_people(path, [("Riverside", "Parts"), ("Parts",)], ())[0][0].team == ("Parts",)


@pytest.mark.parametrize(
    ("role", "unit", "roles"),
    [
        ("", "", []),
        ("staff", "", []),
        ("hr", "", [(Role.HR, ())]),
        ("admin", "", [(Role.ADMIN, ())]),
        ("manager|hr", "", [(Role.MANAGER, ("Riverside", "Showroom")), (Role.HR, ())]),
        ("manager", "Riverside", [(Role.MANAGER, ("Riverside",))]),
        ("manager", "riverside/parts", [(Role.MANAGER, ("Riverside", "Parts"))]),
        ("manager", "harbour motors", [(Role.MANAGER, ())]),
        ("hr|admin", "Riverside", [(Role.HR, ("Riverside",)), (Role.ADMIN, ("Riverside",))]),
        ("manager|admin", "Riverside|", [(Role.MANAGER, ("Riverside",)), (Role.ADMIN, ())]),
        ("hr|hr", "Riverside|Airport Road", [(Role.HR, ("Riverside",)), (Role.HR, ("Airport Road",))]),
        ("manager| manager|", "", [(Role.MANAGER, ("Riverside", "Showroom"))]),
    ],
)  # fmt: skip
def test_a_role_holds_over_its_unit_or_where_such_a_role_usually_does(tmp_path, role, unit, roles):
    found = person_of(tmp_path, role=role, role_unit=unit).roles

    assert [(new.role, new.unit) for new in found] == roles


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"name": ""}, "name is empty."),
        ({"name": "x" * 81}, "name is longer than 80 characters."),
        (
            {"name": "ana@example.org"},
            "name looks like an e-mail address; it is what colleagues read on the tablet.",
        ),
        ({"name": "+34 600"}, "name has no letter."),
        ({"name": "ZOË Q."}, "Somebody of this name is in this team already."),
        ({"team": ""}, "team is empty."),
        ({"team": "", "site": "Riverside"}, "team is empty."),
        ({"team": "Bakery"}, "team names no unit of this site: Bakery."),
        ({"team": "Riverside"}, "team names no unit of this site: Riverside."),
        ({"site": "Airport Road"}, "team names no unit of this site: Airport Road/Showroom."),
        ({"team": "Parts"}, "team fits more than one unit; write it with its site."),
        ({"login": "Ána"}, "login must be 2 to 80 of a-z, 0-9 and . _ @ + - only."),
        ({"login": "a"}, "login must be 2 to 80 of a-z, 0-9 and . _ @ + - only."),
        ({"login": "a" * 81}, "login must be 2 to 80 of a-z, 0-9 and . _ @ + - only."),
        ({"login": "BOSS"}, "login belongs to somebody already."),
        ({"role": "boss"}, "role is not one of: staff, manager, hr, admin."),
        ({"role": "manager", "role_unit": "Bakery"}, "role_unit names no unit of this site: Bakery."),
        (
            {"role": "manager", "role_unit": "Parts"},
            "role_unit fits more than one unit; write it with its site.",
        ),
        (
            {"role": "hr", "role_unit": "Riverside|Showroom"},
            "role_unit has another number of parts than role.",
        ),
        ({"language": "Klingon"}, "language is not one of: en, es."),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(tmp_path, cells, reason):
    assert reason_of(tmp_path, **cells) == reason


def test_each_language_that_the_pages_speak_can_be_somebodys_own(tmp_path):
    assert [person_of(tmp_path, language=language).language for language in LANGUAGES] == list(LANGUAGES)


def test_the_second_of_two_same_people_or_logins_names_the_line_of_the_first(tmp_path):
    people, bad = read(
        tmp_path,
        row(login="ana"),
        row(name="ANA RUIZ"),
        row(name="Ana Ruiz", team="Riverside/Parts"),
        row(name="Bo", login="ANA"),
        row(name="Zoë Q.", team="Riverside/Parts"),
    )

    assert [person.line for person in people] == [2, 4, 6]
    assert bad == [
        BadLine(3, "The same name in the same team stands on line 2."),
        BadLine(5, "The same login stands on line 2."),
    ]


def test_a_file_without_teams_is_refused_as_a_whole(tmp_path):
    (tmp_path / "people.csv").write_text("name\nAna\n")

    with pytest.raises(PeopleFileError, match="The header lacks: team."):
        read_people(tmp_path / "people.csv", TEAMS, ())


words = st.text(max_size=10) | st.sampled_from(["Parts", "Riverside", "manager|hr", "|", "/", "es", "ana"])


@given(st.lists(st.lists(words, min_size=7, max_size=7), min_size=1, max_size=5))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_line_at_all_stops_the_reader_and_nobody_gets_in_twice(tmp_path, rows):
    encodable = [[word.encode("utf-8", "replace").decode() for word in row] for row in rows]
    try:
        people, bad = read(tmp_path, *encodable)
    except PeopleFileError as error:
        assert str(error) == "The file has a header, but no line below it."
    else:
        assert all(line.reason.endswith(".") for line in bad)
        assert len({(person.team, person.name.casefold()) for person in people}) == len(people)
        assert all(person.team in TEAMS for person in people)


def test_new_teams_are_those_named_with_their_site_each_in_its_first_spelling(tmp_path):
    path = tmp_path / "people.csv"
    lines = [
        "name,team,site",
        "A,Night,Riverside",
        "B,night,riverside",
        "C,parts,Riverside",
        "D,Alone,",
        "E,,",
        "F,X/Y/Z,",
    ]
    path.write_text("\n".join(lines))

    assert new_teams_in(path, TEAMS) == [("Riverside", "Night")]
