"""What the tests of this folder share: processes to be killed, and copies of a site."""

from collections.abc import Iterator

import pytest

from tests.faults.copies import copied  # noqa: F401
from tests.faults.processes import Runner, runner


@pytest.fixture(scope="session")
def processes() -> Iterator[Runner]:
    """Fresh processes that share nothing with the test but the database."""
    with runner() as found:
        yield found
