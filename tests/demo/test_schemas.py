"""No file of the demonstration is marked by its schemas, nor in the language server that editors use."""

import shutil
from pathlib import Path

import pytest

from tests.commands import REPOSITORY
from tests.schema.marking import marked_in
from tests.schema.sites import Schemas, documents


@pytest.mark.slow
def test_no_file_of_the_demonstration_is_marked() -> None:
    schemas, files = Schemas(REPOSITORY), list(documents(REPOSITORY))
    assert len(files) > 50
    assert {path: wrong for path, name, text in files if (wrong := schemas.wrong(name, text))} == {}


@pytest.mark.slow
def test_no_file_of_the_demonstration_is_marked_in_an_editor(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "content", tmp_path / "demo/content", ignore=shutil.ignore_patterns("texts"))
    shutil.copy(REPOSITORY / "config.yaml", tmp_path / "demo")
    marks = marked_in(tmp_path, [tmp_path / "demo"])
    assert {path: found for path, found in marks.items() if found} == {}
    assert len(marks) > 20
