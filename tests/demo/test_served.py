"""The demonstration site as it is served: just what is built."""

from pathlib import Path

import pytest

from tests.commands import REPOSITORY
from tests.outputs import visible
from tests.serve.serving import answering


@pytest.mark.slow
def test_every_file_is_served_as_it_is_built(site: Path) -> None:
    written = visible(site)
    assert len(written) > 150
    with answering(REPOSITORY) as here:
        assert [path for path, data in written.items() if here.page(f"/{path}") != data] == []
