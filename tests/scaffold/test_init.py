"""`briefing init`: what it makes builds at once, says what it is, and takes the place of nothing."""

import json
import os
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.model.article import Article
from briefing.model.base import Record, fields_of
from briefing.model.config import Config
from briefing.model.summit import Summit
from briefing.scaffold import installed
from briefing.scaffold.installed import Origin, origin_of
from tests.outputs import tree

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), *words], catch_exceptions=False, prog_name="briefing")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    assert run(tmp_path, "init", "my-desk").exit_code == 0
    return tmp_path / "my-desk"


def test_a_new_site_builds_at_once_without_a_warning_and_none_is_due(site: Path) -> None:
    for command in ("build", "check"):
        ended = run(site, command, "--strict")
        assert ended.exit_code == 0, ended.output
        assert "3 claims, 0 open, 1 resolved" in ended.output
        assert "warning" not in ended.output


def test_it_says_what_it_has_made_and_what_comes_next(tmp_path: Path) -> None:
    ended = run(tmp_path, "init", "a desk")
    lines = ended.output.splitlines()
    made = [path for path, data in tree(tmp_path / "a desk").items() if data != b"folder"]
    assert lines[0] == f"a desk: a site of {len(made)} files. What begins with EXAMPLE is to be replaced."
    assert [line.split("  ")[1] for line in lines if line.startswith("  ")] == [
        "cd 'a desk'",
        "briefing serve --open",
        "briefing build",
        'briefing new article "Its title"',
    ]


def test_nobody_can_take_the_examples_for_facts(site: Path) -> None:
    """Every title and every sentence that is shown of an example names it as one."""
    run(site, "build")
    for path in (*site.glob("content/articles/*.md"), *site.glob("content/summits/*.md")):
        head, _, body = path.read_text(encoding="utf-8").removeprefix("---\n").partition("---\n")
        assert yaml.safe_load(head)["title"].startswith("EXAMPLE: ")
        assert "example" in body.strip().split(".")[0]
    for path in site.glob("content/annotations/*.yaml"):
        for claim in yaml.safe_load(path.read_text(encoding="utf-8"))["claims"]:
            assert "example" in claim["quote"]
            assert "example" in claim.get("text", "example")
    for name in ("content/topics/trade.md", "content/pages/about.md"):
        assert "EXAMPLE: " in (site / name).read_text(encoding="utf-8")


def test_the_examples_can_go_as_soon_as_there_is_something_else(site: Path) -> None:
    run(site, "build")
    article = "---\ntitle: Talks begin\nsource: gazette\npublished: 2026-03-02\n---\n\nTalks begin on Friday.\n"
    (site / "content/articles/talks.md").write_text(article, encoding="utf-8")
    (site / "content/sources.yaml").write_text("gazette: {name: Gazette}\n", encoding="utf-8")
    for path in site.rglob("content/*/example-*"):
        path.unlink()
    ended = run(site, "build", "--strict")
    assert ended.exit_code == 0, ended.output
    assert "EXAMPLE" not in (site / "site/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "record", "offered"),
    [
        ("config.yaml", Config, {"description", "publisher", "base_url"}),
        ("content/articles/example-preview.md", Article, {"url", "authors"}),
        ("content/summits/example-meeting.md", Summit, {"participants", "venue"}),
    ],
)
def test_every_field_that_a_comment_offers_is_one(
    path: str, record: type[Record], offered: set[str], site: Path
) -> None:
    found = set(re.findall(r"^# (\w+):", (site / path).read_text(encoding="utf-8"), re.MULTILINE))
    assert found == offered <= set(fields_of(record))


def test_a_folder_with_other_files_keeps_them(tmp_path: Path) -> None:
    (tmp_path / "LICENSE").write_text("mine")
    ended = run(tmp_path, "init", ".")
    assert ended.exit_code == 0
    assert "  cd" not in ended.output
    assert (tmp_path / "LICENSE").read_text() == "mine"
    assert run(tmp_path, "build", "--strict").exit_code == 0


def test_without_a_name_it_is_made_here_but_not_among_other_files(tmp_path: Path) -> None:
    """Who only wants to see what the command does may be in the home folder."""
    (tmp_path / ".git").mkdir()
    assert run(tmp_path, "init").exit_code == 0
    assert run(tmp_path, "build", "--strict").exit_code == 0
    home = tmp_path / "home"
    home.mkdir()
    (home / "letter.txt").write_text("mine")
    ended = run(home, "init")
    assert ended.exit_code == 2
    assert "name a new folder, or `.` for this one" in ended.output
    assert [path.name for path in home.iterdir()] == ["letter.txt"]


def test_what_would_be_overwritten_is_listed_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine")
    (tmp_path / "content").mkdir()
    (tmp_path / "content/articles").write_text("a file where a folder is needed")
    os.symlink("nowhere", tmp_path / ".vscode")
    before = tree(tmp_path)
    ended = run(tmp_path, "init", ".")
    assert ended.exit_code == 3
    assert "nothing was written; these are there already: .vscode, README.md, content/articles; " in ended.output
    assert tree(tmp_path) == before


def test_a_second_call_lists_every_file_of_the_first(site: Path) -> None:
    before = tree(site)
    ended = run(site.parent, "init", "my-desk")
    assert ended.exit_code == 3
    assert all(path in ended.output for path, data in before.items() if data != b"folder")
    assert tree(site) == before


def test_folders_on_the_way_are_made(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "a/b/c").exit_code == 0
    assert (tmp_path / "a/b/c/config.yaml").is_file()


def test_where_nothing_can_be_made_it_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = run(tmp_path, "init", "file/desk")
    assert ended.exit_code == 3
    assert len(ended.output.splitlines()) == 1
    assert sorted(tree(tmp_path)) == ["file"]


@pytest.mark.parametrize(
    ("folder", "options", "title", "language"),
    [
        ("estmark-desk", (), "Estmark desk", "en"),
        ("x", ("--title", 'Talks: "yes" # or no', "--language", "pt-BR"), 'Talks: "yes" # or no', "pt-BR"),
        ("x", ("--title", "会談", "--language", "ja"), "会談", "ja"),
        ("x", ("--title", "yes"), "yes", "en"),
    ],
)
def test_title_and_language_are_those_that_were_asked_for(
    folder: str, options: tuple[str, ...], title: str, language: str, tmp_path: Path
) -> None:
    assert run(tmp_path, "init", folder, *options).exit_code == 0
    command = next(
        line.partition("briefing ")[2].split()
        for line in (tmp_path / folder / ".github/workflows/site.yml").read_text(encoding="utf-8").splitlines()
        if "briefing build" in line
    )
    assert ("--strict" in command) == (language.partition("-")[0] in ("en", "ja"))
    assert run(tmp_path / folder, *command).exit_code == 0
    config = yaml.load((tmp_path / folder / "config.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    assert (config["title"], config["language"]) == (title, language)
    assert (tmp_path / folder / "README.md").read_text(encoding="utf-8").startswith(f"# {title}\n")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--language", "English"), "`English` cannot be `language`; write a language code, such as en or ja"),
        (("--title", ""), "`title` is empty; write a text, or remove the key"),
        (("--title", "two\nlines"), "the title holds a character that cannot be seen; leave it out"),
        (("--title", "a\x1bb"), "the title holds a character that cannot be seen; leave it out"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(options: tuple[str, ...], told: str, tmp_path: Path) -> None:
    ended = run(tmp_path, "init", "x", *options)
    assert ended.exit_code == 2
    assert ended.output.splitlines()[-1] == f"Error: {told}"
    assert tree(tmp_path) == {}


# --- Editor and workflow --------------------------------------------------------------------------------------


def test_the_editor_is_told_to_use_the_extension_and_to_leave_the_yaml_as_it_is(site: Path) -> None:
    extensions = json.loads((site / ".vscode/extensions.json").read_text(encoding="utf-8"))
    settings = json.loads((site / ".vscode/settings.json").read_text(encoding="utf-8"))
    assert extensions == {"recommendations": ["redhat.vscode-yaml"]}
    assert settings["yaml.format.enable"] is False


def test_what_git_leaves_out_is_what_builds_make_and_what_must_not_be_published(site: Path) -> None:
    ignored = (site / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/site/", "/site-drafts/", ".briefing/", "/content/texts/"} <= set(ignored)


@pytest.mark.parametrize(
    ("url", "repository"),
    [
        ("https://github.com/some-body/briefing", "some-body/briefing"),
        ("https://github.com/somebody/briefing.git", "somebody/briefing"),
        ("ssh://git@github.com/somebody/briefing.git", "somebody/briefing"),
        ("https://elsewhere.example/somebody/briefing", None),
        ("file:///home/somebody/briefing", None),
    ],
)
def test_the_workflow_installs_the_tool_from_where_it_was_installed_from(
    url: str, repository: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As pip, pipx and uv record it (PEP 610)."""
    record = json.dumps({"url": url, "vcs_info": {"vcs": "git", "commit_id": COMMIT}})
    found = origin_of(record)
    assert found == (Origin(repository, COMMIT) if repository else None)
    monkeypatch.setattr(installed, "origin", lambda: found)
    ended = run(tmp_path, "init", "x")
    text = (tmp_path / "x/.github/workflows/site.yml").read_text(encoding="utf-8")
    tool = [step for step in yaml.safe_load(text)["jobs"]["build"]["steps"] if step.get("with", {}).get("repository")]
    known = {"repository": repository, "ref": COMMIT} if repository else None
    unknown = {"repository": "OWNER/briefing", "ref": "FULL_COMMIT_ID"}
    assert [{key: step["with"][key] for key in unknown} for step in tool] == [known or unknown]
    assert ("To publish" in ended.output) == (repository is None)


@pytest.mark.parametrize("record", ["", "{", "[]", "null", '{"url": 1}', '{"url": "https://github.com/a/b"}'])
def test_what_records_nothing_tells_nothing(record: str) -> None:
    assert origin_of(record) is None


def test_a_wheel_has_no_origin() -> None:
    assert origin_of('{"url": "https://github.com/a/b/x.whl", "archive_info": {}}') is None
