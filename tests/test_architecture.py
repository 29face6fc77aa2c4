"""Rules about the code: who may import whom, and how a file may look."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE, LONGEST_FUNCTION = 250, 30

MODELS = "models"
PENDING = "models.pending"

# One row for each file, or for each room whose files share their reasons: what it may import of ours. A row
# that allows more than is used is a door left open, so each must be exactly true.
IMPORTS: dict[str, set[str]] = {
    "": {"cli", "config", "extensions", "reports", "storage", "ticking", "web"},
    "about_me": {MODELS, "permissions", "reports"},
    "access_log": {MODELS, "permissions"},
    "answer": {PENDING},
    "agreements": {MODELS},
    "alert_settings": {"mail_settings"},
    "alerts": {
        *(
            "alert_settings",
            "config",
            "mail",
            MODELS,
            "regular",
            "site",
            "storage",
            "trouble_words",
            "watching",
        ),
    },
    "announcement": {"ratchet", "reports", "ticks"},
    "appointed": {"codes", MODELS},
    "archive": set(),
    "asking": {MODELS},
    "audit": {MODELS},
    "audit_log": {MODELS},
    "audit_sentences": {"audit", "audit_words", "content", MODELS, "permissions", "reports"},
    "audit_words": {"audit"},
    "backing_up": {
        "audit",
        "backup",
        "clock",
        "config",
        "key_marks",
        "loading",
        "moved",
        "regular",
        "uploads",
    },
    "backup": {
        *("archive", "clock", MODELS, "portable", "readiness", "shuffle", "storage"),
        *("tables", "version", "whole_file"),
    },
    "browsers": {MODELS, "sign_in"},
    "badge_sheet": {"reports"},
    "badges": {"keys", MODELS, "prepared"},
    "case_figures": {"estimates", MODELS, "reports"},
    "cases": {MODELS, "private_text"},
    "cells": set(),
    "checkup_collect": {"keys", MODELS, PENDING, "storage"},
    "checkup_log": {MODELS},
    "checkup_questions": {"content", MODELS},
    "checkups": {"checkup_questions", "epochs", "keys", MODELS, "permissions", "pools", "quarters", "ticks"},
    "choices": set(),
    "certificates": {"whole_file"},
    "cli": {
        *("codes", "full_disk", "key_marks", "second_factor", "staffing"),
        *("alerts", "watching"),
        *(
            "announcement",
            "audit",
            "backup",
            "certificates",
            "clock",
            "config",
            "content",
            "csvfile",
            "directory",
        ),
        "disclosure",
        "doctor",
        "erasure",
        *("jobs", "lists", MODELS, "moves", "people", "ratchet", "replay", "reports", "restoring", "roster"),
        *("listening", "own_command", "schema", "site", "units"),
        *("regular", "storage"),
        "backing_up",
        "copying",
        "moved",
        "transfer",
        "upgrading",
        *("closings", "unit_making", "unit_moves"),
        "readiness",
    },
    "clock": set(),
    "closings": {MODELS, "moves", "ticks"},
    "codes": {"keys", MODELS, "site"},
    "collect": {"answer", "diary", "here", "keys", "moments", PENDING, "prepared", "shifts"},
    "commits": set(),
    "company": {
        *("audit", "codes", "company_settings", "leaving", MODELS, "permissions", "second_factor_rule"),
        *("sign_in", "storage"),
    },
    "company_settings": {"mail_settings"},
    "config": {"company_settings", "mail_settings", "alert_settings", "logs"},
    "consequences": {"epochs", "pools", "ratchet", "reports"},
    "content": {MODELS, "private_text"},
    "copying": {"portable", "tables"},
    "counter.acts": {
        *("badges", "choices", "collect", "config", "counter", "floor", "keys", "moments", "notices"),
        *("people", "phones", "receipts", "site", "tablets", "talk", "withdraw"),
    },
    "counter.care": {"appointed", "content", "counter", "emergency", MODELS, "tablets", "talk"},
    "counter.care_words": set(),
    "counter.coach_words": set(),
    "counter.contact": {"appointed", "asking", MODELS},
    "counter.checkup_line": {"checkups", "quarters", "reports"},
    "counter.answers": {"answer", PENDING},
    "counter.identify": {"badges", "keys", MODELS, "phones", "prepared", "storage"},
    "counter.own_sign_in": {"codes", MODELS},
    "counter.requests": {"asking", "badges", "choices", MODELS, "private_text"},
    "counter.sealed": {"counter", MODELS, "receipts", "sealing"},
    "counter.state": {
        *("announcement", "choices", "content", "counter", "floor", "lists", MODELS, "notice_words"),
        *("new_figures", "notes", "notices", "people", "phones", "tablet_keys", "tablets", "units"),
    },
    "counter.talk_words": {"talk"},
    "counter.tiles": {"floor", "lending", MODELS},
    "csvfile": {"cells"},
    "demo": {
        *("appointed", "asking", "diary", "incidents"),
        *("cases", "checkup_collect", "checkup_log", "checkup_questions", "checkups", "content", "talk"),
        *("", "access_log", "agreements", "choices", "clock", "config", "keys", MODELS, "notes", "passwords"),
        *("law", "people"),
        *(
            "permissions",
            "notice_draft",
            "notices",
            "replay",
            "reports",
            "roster",
            "schema",
            "site",
            "tablets",
            "units",
        ),
    },
    "diary": {
        *("answer", "browsers", "codes", "keys", MODELS, "passwords", PENDING, "sign_in"),
        *("cells", "csvfile", "storage", "tries"),
    },
    "diary.events": {"answer", "diary", "shifts"},
    "diary.findings": {"diary"},
    "diary.insights": {"estimates", "student_t"},
    "diary.keeping": {"diary", "keys", MODELS, "prepared", "storage"},
    "diary.sentences": {"diary", "reports"},
    "diary.shifts": {"diary"},
    "diary.dictionary": {"diary"},
    "diary.export": {"about_me", "diary", "reports"},
    "diary.outside": {"answer", "diary", "moments", PENDING},
    "diary.agreeing": {"diary", MODELS},
    "diary.agreements": set(),
    "diary.pausing": {MODELS},
    "diary.pictures": {"diary", "reports"},
    "diary.receipt": {"diary", "epochs", MODELS, "ticks"},
    "directory": {MODELS, "units"},
    "disclosure.categories": {"choices", "epochs", "lists", MODELS, "moments"},
    "disclosure.chain": set(),
    "disclosure.checkup": {"checkups", "disclosure", "epochs", "keys", MODELS, PENDING, "pools"},
    "disclosure.checkup_ledger": {"disclosure", MODELS},
    "disclosure.checkup_rules": {"disclosure"},
    "disclosure.detail": {"disclosure", "epochs", "keys", MODELS, "permissions", "pools"},
    "disclosure.detail_ledger": {"disclosure", MODELS},
    "disclosure.detail_rows": {"disclosure", MODELS, PENDING},
    "disclosure.ledger": {"disclosure", MODELS},
    "disclosure.noise": set(),
    "disclosure.release": {"disclosure", MODELS},
    "disclosure.rules": set(),
    "disclosure.shares": {"disclosure"},
    "disclosure.tabulate": {"disclosure", MODELS, PENDING},
    "disclosure.week": {"disclosure", "epochs", "keys", MODELS, "pools"},
    "doctor.chains": {"disclosure", "doctor"},
    "doctor.database": {"doctor", "own_command", "regular"},
    "doctor.finding": set(),
    "doctor.looking": {"backup", "config", MODELS, "uploads"},
    "doctor.machine": {"doctor", "own_command"},
    "doctor.rounds": {
        *("config", "doctor", MODELS, "not_ready", "readiness", "regular", "schema", "storage"),
    },
    "doctor.server_key": {"doctor"},
    "doctor.site_checks": {"doctor", "listening"},
    "emergency": {"content"},
    "emptying": {"storage", "tables"},
    "epochs": {"closings", "keys", MODELS, "moves", "permissions", "pools", "ratchet", "ticks"},
    "estimates": set(),
    "erasure": {"cases", "diary", MODELS, "storage", "talk", "withdraw"},
    "door": {"certificates", "extensions", "listening", "own_command"},
    "extensions": {"commits", "config", MODELS, "storage"},
    "floor": {MODELS},
    "fresh_keys": {"backup", "keys", MODELS},
    "full_disk": set(),
    "help_contact": {MODELS},
    "here": {"diary", "keys", MODELS, "prepared"},
    "incidents": {MODELS},
    "jobs": {
        *("alerts", "cases", "nightly"),
        *("access_log", "asking", "audit", "backup", "checkups", "clock", "config", "counter", "disclosure"),
        *("diary", "epochs", "floor", "lending"),
        *(
            MODELS,
            "notices",
            "passkeys",
            "receipts",
            "release_mail",
            "shifts",
            "shuffle",
            "site",
            "storage",
            "tablet_keys",
            "talk",
        ),
        "moved",
    },
    "key_marks": {"config"},
    "keys": set(),
    "listening": set(),
    "list_changes": {"lists", MODELS, "private_text"},
    "law": {MODELS},
    "law.kept": {
        *("access_log", "asking", "backup", "cases", "codes", MODELS, "notices", "receipts"),
        *("talk", "withdraw"),
    },
    "law.known": {"law", MODELS, "plain_words", "site"},
    "law.paper": {"law", "reports"},
    "law.set_so": {"appointed", "config", "law", MODELS, "ratchet"},
    "lending": {MODELS, "units"},
    "leaving": {"diary", "erasure", MODELS, "permissions"},
    "lists": {"choices", MODELS},
    "logs": set(),
    "loading": {
        *("archive", "backup", "copying", "doctor", "full_disk", MODELS, "portable", "schema", "scratch"),
        "tables",
    },
    "mail": {"mail_settings"},
    "mail_settings": set(),
    "merged_roles": {MODELS},
    "migrations": {"config", MODELS, "reports"},
    "models.access_log": {MODELS, "permissions"},
    "models.accounts": {MODELS, "permissions"},
    "models.agreements": {MODELS},
    "models.asking": {MODELS},
    "models.audit": {MODELS},
    "models.badges": {MODELS},
    "models.cases": {MODELS},
    "models.base": set(),
    "models.changes": {MODELS},
    "models.checkup": {MODELS},
    "models.company": {MODELS, "permissions"},
    "models.content": {MODELS},
    "models.detail_ledger": {MODELS},
    "models.diary": {MODELS},
    "models.epochs": {MODELS},
    "models.every": {MODELS, PENDING},
    "models.floor": {MODELS},
    "models.ledger": {MODELS},
    "models.lending": {MODELS},
    "models.lists": {MODELS},
    "models.notes": {MODELS},
    "models.pending": {MODELS},
    "models.release_mail": {MODELS},
    "models.second_factor": {MODELS},
    "models.settings": {MODELS},
    "models.tablet_keys": {MODELS},
    "models.talk": {MODELS},
    "models.watching": {MODELS},
    "moments": set(),
    "move_log": {MODELS},
    "moved": {"regular", "tables"},
    "moves": {"cases", "merged_roles", MODELS, "ticks", "units"},
    "nightly": {"backing_up", "backup", "clock", "config", "doctor", MODELS, "regular", "storage"},
    "notice_draft": {"private_text"},
    "notice_words": {"reports"},
    "not_ready": {"appointed", "content", MODELS},
    "notes": {MODELS, "private_text", "ticks"},
    "notices": {MODELS, "notice_draft", "ticks"},
    "new_figures": {MODELS, "people", "reports", "ticks"},
    "own_command": set(),
    "own_pin": {"keys", MODELS, "site", "tries"},
    "passkey_answers": {"passkey_refusals"},
    "passkey_refusals": set(),
    "passkeys": {"diary", "keys", MODELS, "passkey_answers", "passkey_refusals", "site"},
    "password_strength": set(),
    "passwords": {"password_strength"},
    "people": {
        *("codes", "directory", "epochs", "keys", MODELS, "permissions", "pools", "roster", "site"),
        *("ticks", "units"),
    },
    "permissions": set(),
    "phones": {"keys", MODELS, "prepared", "site"},
    "plain_words": {"announcement", "epochs", MODELS, "people", "proof", "ratchet", "site", "ticks"},
    "pools": set(),
    "portable": {MODELS},
    "prepared": set(),
    "private_text": set(),
    "proof": set(),
    "quarters": set(),
    "ratchet": {MODELS, "ticks"},
    "readiness": {"keys", MODELS, "regular", "schema"},
    "receipts": {"keys", PENDING, "prepared"},
    "regular": {MODELS},
    "replay": {
        *(
            "agreements",
            "answer",
            "cells",
            "choices",
            "clock",
            "collect",
            "config",
            "csvfile",
            "jobs",
            "lists",
            MODELS,
            PENDING,
        ),
        *("site", "ticks", "units"),
    },
    "release_mail": {
        *("clock", "mail", "mail_settings", MODELS, "new_figures", "permissions", "reports", "storage"),
    },
    "reports": {
        *(
            "announcement",
            "choices",
            "config",
            "content",
            "lists",
            MODELS,
            "permissions",
            "pools",
            "storage",
            "student_t",
        ),
        *("checkup_questions", "quarters", "units", "version"),
    },
    "roster": {"cells", "csvfile", "permissions"},
    "schema": set(),
    "scratch": {"storage"},
    "setting_up": {"agreements", MODELS, "roster", "ticks", "units"},
    "sealing": set(),
    "serve": {"config", "demo", "listening", MODELS, "moved", "logs"},
    "restoring": {
        *(
            "archive",
            "audit",
            "backup",
            "clock",
            "copying",
            "disclosure",
            "emptying",
            "fresh_keys",
            "loading",
        ),
        *(MODELS, "moved", "ratchet", "regular", "site", "uploads", "whole_file"),
    },
    "shifts": {PENDING, "prepared"},
    "shuffle": set(),
    "second_factor": {"audit", "clock", "keys", MODELS, "site", "spare_codes", "storage", "tries"},
    "second_factor_rule": {MODELS, "permissions"},
    "sign_in": {
        *("codes", "keys", MODELS, "passwords", "phones", "second_factor", "second_factor_rule"),
        *("signed_in", "site", "tries"),
    },
    "signed_in": {MODELS},
    "site": {"clock", "config", "full_disk", MODELS, "own_command", "prepared"},
    "status_rows": {"config", "own_command", "readiness", "regular", "trouble_words", "watching"},
    "staffing": {
        *("appointed", "audit", "cases", "cells", "codes", "csvfile", "directory", "epochs", "erasure"),
        *("leaving", "lending", MODELS, "people", "permissions", "pools", "roster", "storage", "units"),
    },
    "spare_codes": {"codes", "keys", MODELS, "site"},
    "storage": set(),
    "stopped": {"commits", "config", "storage", "tables"},
    "student_t": set(),
    "tablet_keys": {"keys", MODELS, "sealing", "ticks"},
    "tablets": {"codes", "keys", MODELS, "prepared", "site", "storage"},
    "tables": {MODELS},
    "talk": {"floor", MODELS, "private_text", "ticks", "units"},
    "ticks": {MODELS},
    "transfer": {
        *("backup", "clock", "config", "copying", "disclosure", "doctor", "jobs", "migrations", MODELS),
        *("full_disk", "moved", "readiness", "regular", "schema", "stopped", "storage", "tables"),
    },
    "tries": {"keys", MODELS, "site", "storage"},
    "ticker": {"config", "jobs", MODELS, "nightly", "ticking"},
    "ticking": set(),
    "trouble_words": {"own_command", "watching"},
    "unit_making": {MODELS, "ticks", "units"},
    "unit_moves": {MODELS, "moves", "unit_making", "units"},
    "units": {MODELS},
    "upgrading": {
        *("audit", "backing_up", "backup", "clock", "config", "doctor", "jobs", "migrations", MODELS),
        *("full_disk", "readiness", "regular", "schema", "stopped", "tables", "version"),
    },
    "uploads": {"content", MODELS, "private_text", "whole_clips", "whole_file"},
    "version": set(),
    "web": {
        *("browsers", "full_disk", "keys", "second_factor", "second_factor_rule", "spare_codes"),
        *("config", "logs", "regular", "status_rows", "version", "watching"),
        *("about_me", "law", "leaving", "lending", "staffing"),
        *("clock", "company"),
        *("agreements", "announcement", "audit", "codes", "content", "counter", "diary", "directory"),
        "certificates",  # the set-up tells tablets where to take up the root
        *("consequences", "epochs", "setting_up"),
        *("here", "case_figures", "cases", "choices", "extensions"),
        *("checkup_collect", "checkup_log", "checkup_questions", "checkups", "quarters", "withdraw"),
        *(
            "appointed",
            "asking",
            "emergency",
            "help_contact",
            "incidents",
            "moved",
            "not_ready",
            "private_text",
        ),
        *("badge_sheet", "badges", "passkey_answers", "passkey_refusals", "passkeys"),
        *("access_log", "list_changes", "mail_settings", "move_log", "moves", "new_figures", "notes"),
        *("floor", "notice_draft", "notice_words", "notices", "plain_words", "ratchet", "ticks"),
        *(
            "lists",
            MODELS,
            "own_pin",
            "passwords",
            "people",
            "permissions",
            "private_text",
            "readiness",
            "reports",
            "roster",
            "sign_in",
            "site",
            "storage",
            "tablet_keys",
            "tablets",
            "talk",
        ),
        "phones",
        "tries",
        "units",
        "uploads",
        "csvfile",
        *("audit_log", "audit_sentences", "audit_words", "closings", "unit_making", "unit_moves"),
    },
    "watching": {"config", MODELS, "readiness", "regular"},
    "whole_clips": set(),
    "whole_file": {"keys"},
    "withdraw": {"asking", "collect", "diary", "floor", "keys", MODELS, PENDING, "shifts", "talk"},
}

# Who may touch the tables of answers, and why.
TABLES_OF_ANSWERS = {
    "collect": {"Pending", "PendingDetail", "PendingSpillover"},  # the only writer
    "shifts": {"ShiftState"},  # collect's memory of a running shift
    "receipts": {"Receipt"},  # collect's memory of what was done before
    "checkup_collect": {"PendingCheckup"},  # the only writer of check-up replies
    # Collect and checkup_collect backwards: deletes, never reads.
    "withdraw": {"Pending", "PendingCheckup", "PendingDetail", "PendingSpillover"},
    "disclosure.tabulate": {"HeldPool", "Pending", "ShiftState"},  # the only reader
    "disclosure.detail_rows": {"PendingDetail", "PendingSpillover"},  # the only reader of detail
    "disclosure.checkup": {"PendingCheckup"},  # the only reader of check-up replies
}


@cache
def modules() -> dict[str, Path]:
    """Return our modules by name, without the package's own name in front."""
    found = {}
    for path in sorted((ROOT / "wellbeing").rglob("*.py")):
        parts = path.relative_to(ROOT / "wellbeing").with_suffix("").parts
        found[".".join(part for part in parts if part != "__init__")] = path
    return found


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(modules()[module].read_text())


def imported(module: str) -> Iterator[tuple[str, str]]:
    """Yield what a module imports of ours: the module, and the name taken from it or nothing."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from ((_ours(alias.name), "") for alias in node.names if _is_ours(alias.name))
        elif isinstance(node, ast.ImportFrom) and _is_ours(node.module or ""):
            for alias in node.names:
                inner = _ours(f"{node.module}.{alias.name}")
                whole = inner in modules()
                yield (inner, "") if whole else (_ours(node.module or ""), alias.name)


def _is_ours(name: str) -> bool:
    return name == "wellbeing" or name.startswith("wellbeing.")


def _ours(name: str) -> str:
    return name.removeprefix("wellbeing").removeprefix(".")


@cache
def graph() -> dict[str, frozenset[str]]:
    return {module: frozenset(name for name, _taken in imported(module)) for module in modules()}


def row_of(module: str) -> str:
    """Return the row of the table that speaks for a module."""
    return module if module in IMPORTS else module.split(".")[0]


def room_of(module: str) -> str:
    return module if module == PENDING else module.split(".")[0]


@pytest.mark.parametrize("row", sorted(IMPORTS))
def test_the_import_table_is_exactly_true(row: str):
    own_room = row if "." not in row else None
    used = {room_of(name) for module in modules() if row_of(module) == row for name in graph()[module]} - {
        own_room
    }
    if row == "":
        used -= {""}

    assert used == IMPORTS[row]


def test_every_file_has_its_row():
    empty = {module for module in modules() if not tree(module).body}

    assert {row_of(module) for module in modules() if module not in empty} == set(IMPORTS)


def test_no_module_imports_itself_by_a_detour():
    ends = {module: reach(module) for module in modules()}

    assert [module for module, reached in ends.items() if module in reached] == []


def reach(module: str) -> set[str]:
    """Return everything that a module imports at any distance."""
    reached: set[str] = set()
    waiting = list(graph()[module])
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += graph()[name]
    return reached


def test_no_page_and_no_report_can_run_a_release_at_any_distance():
    doors = [module for module in modules() if module.split(".")[0] in ("web", "reports")]

    reached = {module: {name for name in reach(module) if name.startswith("disclosure")} for module in doors}
    assert {module: names for module, names in reached.items() if names} == {}


def test_only_those_who_must_touch_the_tables_of_answers():
    tables = set().union(*TABLES_OF_ANSWERS.values())
    found: dict[str, set[str]] = {}
    for module in modules():
        taken = {name for source, name in imported(module) if source == PENDING and name in tables}
        if taken:
            found[module] = taken

    assert found == TABLES_OF_ANSWERS


def test_only_what_moves_whole_tables_knows_those_of_answers_by_their_names():
    """Backups and the shuffle take rows as they are; to anybody else a table's name would be a detour."""
    names = {"pending", "pending_checkup", "pending_detail", "pending_spillover", "shift_state"}
    found = {
        module
        for module in modules()
        for node in ast.walk(tree(module))
        if (isinstance(node, ast.Constant) and node.value in names)
        or (isinstance(node, ast.Attribute) and node.attr == "metadata")
    }

    assert {module for module in found if module.split(".")[0] not in ("migrations", "models")} == {
        *("backup", "shuffle", "tables"),
        "loading",  # It makes all tables in a scratch database.
        "withdraw",  # There it is a word in an undo handle.
    }


def calls(module: str, function: str) -> set[str]:
    """Return the tables that a module passes first to ``sa.function`` (insert, select...)."""
    first = [
        node.args[0]
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == function
        and node.args
    ]
    return {name.id for argument in first for name in ast.walk(argument) if isinstance(name, ast.Name)}


def test_collect_alone_writes_answers_and_the_ledger_alone_writes_blocks():
    writers = {module: calls(module, "insert") for module in modules()}

    collectors = ("collect", "checkup_collect")
    others = {module: writers[module] for module in TABLES_OF_ANSWERS if module not in collectors}
    assert others == {
        "shifts": {"ShiftState"},
        "receipts": set(),
        "withdraw": set(),
        "disclosure.tabulate": {"HeldPool"},
        "disclosure.detail_rows": set(),
        "disclosure.checkup": set(),
    }
    assert writers["checkup_collect"] == {"PendingCheckup"}
    assert {module for module, names in writers.items() if "CheckupBlock" in names} == {
        "disclosure.checkup_ledger"
    }
    assert {module for module, names in writers.items() if names & {"Block", "NoisyBlock"}} == {
        "disclosure.ledger"
    }
    assert {module for module, names in writers.items() if names & {"DetailBlock", "DetailWord"}} == {
        "disclosure.detail_ledger"
    }
    assert {module for module, names in writers.items() if "Tick" in names} == {"disclosure.release"}
    assert {module for module in modules() if ("prepared", "adding") in imported(module)} == {
        *("collect", "diary.keeping"),
    }


# Every page that shows figures; those of notes and the check-up are apart from the acts that write them.
PAGES_OF_FIGURES = {"web.team", "web.hr", "web.external", "web.monday", "web.note_page", "web.checkup_page"}


def test_reports_read_through_the_session_that_the_database_guards():
    for module in modules():
        if module.startswith("reports.") or module in PAGES_OF_FIGURES:
            assert "models.base" not in graph()[module], f"{module} could use the app's own session"


def test_the_rules_import_nothing_of_ours_and_nothing_that_reads_a_clock_or_a_file():
    sources = {node.module for node in ast.walk(tree("disclosure.rules")) if isinstance(node, ast.ImportFrom)}

    assert sources == {"collections.abc", "fractions", "math"}


def test_blueprints_never_import_each_other():
    blueprints = {
        module
        for module in modules()
        if module.startswith("web.") and "Blueprint" in ast.dump(tree(module), annotate_fields=False)
    }

    assert len(blueprints) >= 5
    assert {
        module: graph()[module] & blueprints for module in blueprints if graph()[module] & blueprints
    } == {}


@pytest.mark.parametrize("module", [name for name in modules() if not name.startswith("migrations.versions")])
def test_a_file_is_short_and_imports_at_its_top_only(module: str):
    path = modules()[module]
    assert len(path.read_text().splitlines()) <= LONGEST_FILE
    assert path.stem not in {"utils", "helpers", "common", "services", "misc"}

    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "a relative import"
            assert [alias.name for alias in node.names] != ["*"]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"
            inner = [found for found in ast.walk(node) if isinstance(found, ast.Import | ast.ImportFrom)]
            assert inner == [], f"{node.name} imports something"


@pytest.mark.parametrize("module", [name for name in modules() if not name.startswith("migrations.versions")])
def test_every_public_function_says_what_it_does(module: str):
    silent = [
        node.name
        for node in tree(module).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]

    assert silent == []
