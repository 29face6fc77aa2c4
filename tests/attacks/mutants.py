"""Mutants: the mistakes that would break a promise, each as small as somebody could really make it.

``pytest --mutant NAME`` makes one for a whole run, and the test that is named for it, its killer, must fail.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.attacks import mistakes, mistakes_outside
from tests.attacks.mistakes import Patch


@dataclass(frozen=True)
class Mutant:
    """A mistake, how to make it, and the test that must notice."""

    name: str
    make: Callable[[Patch], None]
    killer: str


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--mutant", metavar="NAME", help="make one of the mistakes of tests/attacks/mutants.py")


def pytest_configure(config: pytest.Config) -> None:
    name = config.getoption("--mutant", default=None)
    if name:
        patch = Patch()
        {mutant.name: mutant for mutant in MUTANTS}[name].make(patch)
        config.add_cleanup(patch.undo)


ATTACKS = "tests/attacks"
STATES = f"{ATTACKS}/test_state_machine.py::test_weeks_in_any_order_count_each_answer_once"
EXPORTS = f"{ATTACKS}/test_export_overlap.py"
LEFT = f"{ATTACKS}/test_deniability.py::test_five_moods_and_both_answers_stay_possible_for_everybody_else"
SUMS = f"{ATTACKS}/test_deniability.py::test_a_block_says_nothing_but_the_sum_of_each_question"
TWINS = f"{ATTACKS}/test_twin_worlds.py::test_nobody_can_tell_two_worlds_with_the_same_ledger_apart"
DETAIL = f"{ATTACKS}/test_detail.py"
PUPPETS = f"{ATTACKS}/test_puppets.py::test_no_block_comes_of"
ALIKE = f"{ATTACKS}/test_simulatable_release.py::test_whatever_everybody_says_the_same_is_released_and_held"

MUTANTS = (
    Mutant(
        "recompute after erasure",
        mistakes.recompute_after_erasure,
        f"{EXPORTS}::test_the_same_request_gives_the_same_bytes_whatever_happens_later[sqlite]",
    ),
    Mutant("reopen for late answers", mistakes.reopen_for_late_answers, STATES),
    Mutant("history follows a mover", mistakes.history_follows_a_mover, STATES),
    Mutant(
        "cut a block by date",
        mistakes.cut_a_block_by_date,
        f"{EXPORTS}::test_one_file_taken_from_another_leaves_whole_blocks[sqlite]",
    ),
    Mutant("k lowered re-forms blocks", mistakes.lower_k_forms_blocks_again, STATES),
    Mutant("live refresh", mistakes.live_refresh, f"{TWINS}[full pools]"),
    Mutant("a second partition", mistakes.a_second_partition, STATES),
    Mutant("coarsening at view time", mistakes.coarsen_at_view_time, f"{LEFT}[1-exact number known]"),
    Mutant("suppress if unanimous", mistakes.suppress_if_unanimous, f"{ALIKE}[sqlite]"),
    Mutant("count flags on flaggers", mistakes.count_flags_on_flaggers, SUMS),
    Mutant("distinct people over unions", mistakes.distinct_people_over_unions, STATES),
    Mutant(
        "viewers counted in",
        mistakes.count_viewers_in,
        f"{PUPPETS}[sqlite-somebody_who_answers_and_is_then_made_manager_of_the_team]",
    ),
    Mutant(
        "key kept after the tick",
        mistakes.keep_the_key,
        f"{ATTACKS}/test_at_rest.py::test_after_a_tick_nothing_leads_from_its_answers_to_anybody[sqlite]",
    ),
    Mutant("held under old names", mistakes.hold_under_old_names, STATES),
    Mutant("clip dropped", mistakes.drop_the_clip, f"{LEFT}[1-exact number known]"),
    Mutant(
        "exact number stored",
        mistakes.store_the_exact_number,
        "tests/disclosure/test_rules.py::test_only_the_band_that_people_fill_is_ever_known[7-5]",
    ),
    Mutant(
        "released without looking again",
        mistakes.release_without_looking_again,
        "tests/faults/test_at_once.py"
        "::test_whatever_somebody_does_between_two_statements_counts_wholly_or_not_at_all[takes back]",
    ),
    Mutant(
        "ids in the order of arrival",
        mistakes.ids_in_the_order_of_arrival,
        f"{ATTACKS}/test_state_machine.py::test_the_rows_of_answers_tell_no_order",
    ),
    Mutant(
        "detail counted by rows",
        mistakes.count_detail_by_rows,
        f"{DETAIL}::test_everybody_has_one_vote_for_each_category_however_often_they_wait_for_it",
    ),
    Mutant(
        "words for what was chosen",
        mistakes.words_for_what_was_chosen,
        f"{DETAIL}::test_every_category_of_the_list_has_a_word_whoever_chose_it",
    ),
    Mutant(
        "viewers counted in detail",
        mistakes.count_viewers_detail,
        f"{DETAIL}::test_whoever_views_a_figure_is_in_no_detail[Service counter]",
    ),
    Mutant(
        "detail of nineteen",
        mistakes.release_detail_of_nineteen,
        f"{DETAIL}::test_one_person_fewer_is_told_nothing_of[19-10]",
    ),
    Mutant(
        "noise drawn anew",
        mistakes_outside.draw_noise_anew,
        "tests/reports/test_external.py::test_the_same_request_adds_the_same_noise_up_again[sqlite]",
    ),
    Mutant(
        "figures by mail",
        mistakes_outside.tell_figures_by_mail,
        "tests/test_release_mail.py::test_a_letter_is_the_same_whatever_the_figures_are[sqlite]",
    ),
    Mutant(
        "staff noted in the log",
        mistakes_outside.note_staff_too,
        "tests/web/test_opened.py::test_staff_who_read_the_mirror_are_not_noted",
    ),
)
