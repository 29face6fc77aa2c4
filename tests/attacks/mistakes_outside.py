"""Mistakes with what leaves the program or says who looked: the external export, letters and the log."""

from collections.abc import Collection
from dataclasses import replace
from email.message import EmailMessage
from itertools import count

import pytest
import sqlalchemy as sa

from wellbeing import release_mail
from wellbeing.mail_settings import Mail
from wellbeing.models.accounts import Person
from wellbeing.models.ledger import Block
from wellbeing.permissions import Role
from wellbeing.release_mail import Due
from wellbeing.reports import external
from wellbeing.reports.external import Figures, Noisy
from wellbeing.web import opened

Patch = pytest.MonkeyPatch


def draw_noise_anew(patch: Patch) -> None:
    """Every export draws noise of its own, so that asking often enough averages it away."""
    works, drawn = external.figures, count(1)

    def figures(noisy: Noisy) -> Figures:
        return works(replace(noisy, people=noisy.people + next(drawn)))

    patch.setattr(external, "figures", figures)


def tell_figures_by_mail(patch: Patch) -> None:
    """A letter says whether the reader's own team has a figure."""
    waiting, works, engines = release_mail._waiting, release_mail._letter, []

    def remembering(engine: sa.Engine) -> list[Due]:
        engines.append(engine)
        return waiting(engine)

    def letter(mail: Mail, due: Due) -> EmailMessage:
        message = works(mail, due)
        own = sa.select(Block.position).join(Person, Person.unit_id == Block.unit_id)
        with engines[-1].connect() as connection:
            shown = connection.execute(own.where(Person.id == due.person_id)).first()
        message.replace_header("Subject", f"{message['Subject']}, {'with' if shown else 'no'} figures")
        return message

    patch.setattr(release_mail, "_waiting", remembering)
    patch.setattr(release_mail, "_letter", letter)


def note_staff_too(patch: Patch) -> None:
    """Whoever of a team reads its figures is noted, and in a small team everybody knows who that was."""
    works = opened.viewer_roles_over

    def everybody(unit_ids: Collection[int]) -> set[tuple[int, Role]]:
        return works(unit_ids) | {(unit, Role.STAFF) for unit in unit_ids}

    patch.setattr(opened, "viewer_roles_over", everybody)
