"""The house of these tests: what is where, expectations in files, and a fixture that fails once."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands import REPOSITORY, environment
from tests.golden import Golden, differences

TESTS = Path(__file__).parent
# How a test would come to the files of the demonstration.
DEMONSTRATION = re.compile(
    r"(Request|read_content)\((REPOSITORY|ROOT)|(REPOSITORY|ROOT)( / f?|\.glob\().(content|config)"
)


def test_the_readme_names_every_folder_and_every_helper() -> None:
    told = set(re.findall(r"`([\w/]+(?:/|\.py))`", (TESTS / "README.md").read_text(encoding="utf-8")))
    folders = [path for path in TESTS.iterdir() if (path / "__init__.py").exists()]
    assert {f"{path.name}/" for path in folders} <= told
    modules = [path.name for folder in (TESTS, *folders) for path in folder.glob("*.py")]
    helpers = {name for name in modules if not name.startswith(("test_", "conftest", "__init__"))}
    assert helpers == {name.rpartition("/")[2] for name in told if name.endswith(".py")}


def test_what_documents_name_of_the_tests_is_there() -> None:
    documents = [*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/*.md"), REPOSITORY / "Makefile", TESTS / "README.md"]
    named = {path for file in documents for path in re.findall(r"tests/[\w./]+\.\w+", file.read_text(encoding="utf-8"))}
    assert len(named) > 20
    assert [path for path in named if not (REPOSITORY / path).exists()] == []


def test_no_test_of_the_program_reads_the_demonstration() -> None:
    files = [path for path in TESTS.rglob("*.py") if path.parent.name not in ("demo", "bench")]
    assert [path.name for path in files if DEMONSTRATION.search(path.read_text(encoding="utf-8"))] == []


WANTED = {"expected/a.html": "one\ntwo\n", "expected/b.html": "three\n"}
SEEN = {"expected/a.html": "one\n2\n", "expected/c.html": "four\n"}


def test_an_expectation_that_is_not_met_shows_the_lines_its_place_and_how_to_accept_it(tmp_path: Path) -> None:
    with pytest.raises(pytest.fail.Exception) as failed:
        Golden(accepts=False).files(REPOSITORY / "tests/sites/minimal", WANTED, SEEN)
    told = str(failed.value).splitlines()
    assert told[0] == "tests/sites/minimal expects something else"
    assert [line for line in told if line[0] in "+-" and " as " not in line] == ["-two", "+2", "-three", "+four"]
    assert told[-1] == "If this is meant: make accept"


def test_what_is_accepted_is_written_and_remembered(tmp_path: Path) -> None:
    Golden(accepts=True).files(tmp_path, {}, WANTED)
    golden = Golden(accepts=True)
    golden.files(tmp_path, WANTED, SEEN)
    golden.files(tmp_path, SEEN, SEEN)
    files = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*.html")}
    assert files == SEEN
    assert [Path(where).name for where in golden.changed] == [tmp_path.name]


def test_long_differences_are_cut_and_counted() -> None:
    told = list(differences({}, {f"{number}.html": "x\n" * 500 for number in range(9)}))
    assert len(told) < 400
    assert told[60] == "... 443 more lines of 0.html"
    assert told[-1] == "... and 4 more files: 5.html, 6.html, 7.html, 8.html"


BROKEN = """
import pytest

@pytest.fixture(scope="session")
def site():
    raise RuntimeError("no site")

@pytest.mark.parametrize("page", range(100))
def test_a_page(site, page): ...

def test_alone(): ...
"""


@pytest.mark.slow
def test_a_fixture_of_many_tests_fails_once(tmp_path: Path) -> None:
    (tmp_path / "test_pages.py").write_text(BROKEN, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-rs", "--rootdir", str(tmp_path), str(tmp_path)]
    ended = subprocess.run(command, env=environment(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "1 passed, 99 skipped, 1 error in" in ended.stdout
    assert "SKIPPED [99]" in ended.stdout
    assert "a fixture has failed in test_pages.py::test_a_page[0]" in ended.stdout
