"""What sequences of edits begin with."""

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.edits.sequences import build
from tests.outputs import MEMORY
from tests.sites.rich import write_rich_site


@pytest.fixture(scope="module")
def start() -> Iterator[Path]:
    """The site before the first edit, built: every sequence begins with a copy."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        root = write_rich_site(Path(folder) / "desk")
        assert build(root, root / "site").code == 0
        gc.collect()
        gc.freeze()
        yield root
        gc.unfreeze()
