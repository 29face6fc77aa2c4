"""The town is made once for each process: it lives for five weeks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import close, config_at
from tests.fuzz.town import Town, town
from wellbeing import create_app


@pytest.fixture(scope="session")
def lively(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Iterator[Town]:
    """A town for all that one process asks."""
    folder = tmp_path_factory.mktemp("town")
    shutil.copy(empty_database, folder / "test.db")
    app = create_app(config_at(folder))
    with town(app, folder / "test.db") as found:
        yield found
    close(app)
