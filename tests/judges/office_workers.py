"""Where the office workers' answers lie: Menghini, Pastore, Balducci 2023, doi 10.1027/1015-5759/a000725.

The file is GPL-3.0. It is read where it lies and never becomes part of this project.
"""

from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[3] / "shared" / "data" / "workplace_esm.csv"
needs_office_workers = pytest.mark.skipif(
    not SOURCE.exists(), reason="the real data set workplace_esm.csv is not beside this project"
)
