"""Templates of a site's own: whatever is wrong with one is told with its file and line."""

import random
from pathlib import Path

import pytest

from briefing.build import Request, check
from briefing.diagnostics import Location
from tests.commands import REPOSITORY, small_site
from tests.fuzz.slips import mutated
from tests.samples import one_in

TEMPLATES = sorted(
    path.relative_to(REPOSITORY / "templates").as_posix() for path in (REPOSITORY / "templates").rglob("*.html")
)
SLIPS = 8


@pytest.mark.slow
@pytest.mark.parametrize("name", one_in(4, TEMPLATES))
def test_no_slip_of_the_hand_in_a_template_raises(name: str, tmp_path: Path) -> None:
    """It is told where it is, or it does no harm; a link that it spoils is told as well."""
    folder = small_site(tmp_path, extra="about")
    (folder / "templates/parts").mkdir(parents=True)
    text = (REPOSITORY / "templates" / name).read_text(encoding="utf-8")
    for seed in range(SLIPS):
        (folder / "templates" / name).write_text(mutated(text, random.Random(f"{name} {seed}")), encoding="utf-8")
        for problem in check(Request(folder)).outcome().problems:
            assert isinstance(problem.place, Location)
            assert problem.help
            assert problem.code != "template-error" or (REPOSITORY / problem.place.path).is_file()
