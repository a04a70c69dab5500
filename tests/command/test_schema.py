"""`briefing schema`: what it writes, what it leaves, and what it says."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.schema.files import schema_files
from tests.commands import small_site

FOLDER = ".briefing/schema"


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), *arguments], catch_exceptions=False)


def written(root: Path) -> dict[str, tuple[bytes, int]]:
    return {file.name: (file.read_bytes(), file.stat().st_mtime_ns) for file in (root / FOLDER).iterdir()}


def test_only_what_is_other_is_written(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    first = run(root, "schema")
    assert first.exit_code == 0
    count = len(schema_files())
    assert first.stdout.startswith(f"{count} schemas in {FOLDER}/: {count} written, 0 unchanged.\n")
    before = written(root)
    assert len(before) == count
    assert run(root, "schema").stdout.startswith(f"{count} schemas in {FOLDER}/: 0 written, {count} unchanged.\n")
    assert written(root) == before
    (root / "content/people.yaml").write_text("brandt: {name: Ilse Brandt}\n")
    (root / FOLDER / "topic.json").unlink()
    (root / FOLDER / "measures.json").write_text("{}")
    run(root, "schema")
    after = written(root)
    # What may name a person, and what was not as it should be.
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"annotations.json", "measures.json", "summit.json", "topic.json"}
    assert after["topic.json"][0] == before["topic.json"][0]


@pytest.mark.slow
def test_git_and_builds_are_not_disturbed(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    run(root, "schema")
    assert (root / ".briefing/.gitignore").read_text() == "*\n"
    assert run(root, "build").exit_code == 0
    before = written(root)
    assert "0 files written" in run(root, "build", "--verify").stdout
    for number in range(5):  # old stores of other outputs are tidied away
        run(root, "build", "--output", f"other-{number}")
    assert written(root) == before
    run(root, "schema")
    assert "0 files written" in run(root, "build", "--verify").stdout
    assert {path.parent.name for path in (root / "site").rglob("*.json")} == {".briefing", "data"}
    assert not list((root / "site").rglob("*schema*"))


def test_a_site_with_mistakes_has_the_ids_that_can_be_read(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    (root / "content/people.yaml").write_text("brandt: {name: Ilse Brandt, nme: x}\nvale: {name: Tomas Vale}\n")
    assert run(root, "schema").exit_code == 0
    schema = json.loads((root / FOLDER / "summit.json").read_bytes())
    assert set(schema["definitions"]["people"]["enum"]) == {"brandt", "vale"}


def test_where_there_is_no_site_nothing_is_written(tmp_path: Path) -> None:
    ended = run(tmp_path, "schema")
    assert ended.exit_code == 1
    assert "there is no config.yaml here" in ended.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_the_way_is_told(tmp_path: Path) -> None:
    root, elsewhere = small_site(tmp_path / "site"), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (root / ".briefing").mkdir()
    (root / FOLDER).symlink_to(elsewhere)
    ended = run(root, "schema")
    assert (ended.exit_code, list(elsewhere.iterdir())) == (3, [])
    assert ended.stderr == f"briefing: {root / FOLDER}: a folder of your own belongs here; move this elsewhere\n"
    (root / FOLDER).unlink()
    (root / FOLDER).mkdir()
    os.symlink(elsewhere / "x", root / FOLDER / "config.json")
    assert run(root, "schema").exit_code == 0
    assert (root / FOLDER / "config.json").is_file()
    assert list(elsewhere.iterdir()) == []


def test_the_settings_name_files_that_are_written(tmp_path: Path) -> None:
    root = small_site(tmp_path)
    printed = run(root, "schema", "--vscode")
    assert not (root / ".briefing").exists()
    settings = json.loads(printed.stdout)
    run(root, "schema")
    assert all((root / path).is_file() for path in settings["yaml.schemas"])
    assert settings["yaml.format.enable"] is False
