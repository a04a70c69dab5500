"""The documents for people: what they say of fields, words, commands and templates is so, and their examples work."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner
from markupsafe import Markup

from briefing.cli import main
from briefing.cli.exits import EXIT_CONTENT, EXIT_ENVIRONMENT, EXIT_LOCKED
from briefing.diagnostics import Pointer
from briefing.link.lists import Lists
from briefing.model.base import fields_of
from briefing.model.claim import LIKELIHOOD_RANGES, STATUSES, Claim, Quote
from briefing.pages.page import Page
from briefing.pages.plan import plan
from briefing.read.folding import fold
from briefing.read.layout import MEDIA
from briefing.read.markup import Rendered, TextRun
from briefing.read.quotes import QuotedText
from briefing.views.claims import ClaimView
from briefing.views.listed import KINDS, SOURCE, Listed
from briefing.views.views import Views
from tests.docs.example import (
    FIRST_CLAIM,
    PIXEL,
    blocks_of,
    contexts_of,
    example_site,
    examples_of_curating,
    lists_of_examples,
    write,
)
from tests.docs.fields import CAPTIONS, keys_of, records, row_of, tables_of, told_default, vocabulary
from tests.docs.generate import commands, macros, taker
from tests.docs.views import PAGES, THEMING, hints, names_in, theming, told_type, view_of, views, without_kind
from tests.docs.walk import MORE, visible, walk
from tests.golden import Golden
from tests.outputs import asset_in

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    *(ROOT / "docs").glob("*.md"),
    *(ROOT / f"{name}.md" for name in ("README", "CONTRIBUTING", "SECURITY", "CHANGELOG", "tests/README")),
]
CURATING = ROOT / "docs" / "curating.md"
COMMANDS = ROOT / "docs" / "commands.md"
HOSTING = ROOT / "docs" / "hosting.md"
README = ROOT / "README.md"


def sections_of(text: str) -> list[tuple[str, str]]:
    """The `##` sections: heading and text."""
    parts = re.split(r"^## (.+)$", text, flags=re.MULTILINE)
    return list(zip(parts[1::2], parts[2::2], strict=True))


@cache
def curating() -> str:
    return CURATING.read_text(encoding="utf-8")


def build(folder: Path) -> str:
    """What a strict build prints; it must succeed."""
    result = CliRunner().invoke(main, ["-C", str(folder), "build", "--strict"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


# --- README ---------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_tour_of_the_readme_goes_as_written(tmp_path: Path, golden: Golden) -> None:
    """Every file is written and every command run in the order of the text, and prints what the text says."""
    (tmp_path / "desk").mkdir()
    tour = dict(sections_of(README.read_text(encoding="utf-8")))["A five-minute tour"]
    site = walk(README, tour, tmp_path / "desk", golden)
    shown = visible(site / "site" / "topics" / "energy.html")
    assert "The Harbor Times, citing two officials (unnamed)" in shown
    assert "The communiqué says that a contract was concluded." in visible(
        site / "site" / "articles" / "2026-03-02-times.html"
    )


def test_the_make_targets_of_the_readme_exist() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {"site", "test"} <= set(re.findall(r"^make (\w+)", README.read_text(encoding="utf-8"), re.MULTILINE))
    assert {"site", "test"} <= set(targets)


def test_the_readme_names_fields_of_a_claim_and_none_that_it_has_not() -> None:
    text = dict(sections_of(README.read_text(encoding="utf-8")))["What a claim can say"]
    named = set(re.findall(r"`(\w+)`", text))
    assert {"quote", "topics", "modality", "history"} <= named <= set(fields_of(Claim))


# --- Curating -------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_new_editor_comes_to_a_published_claim_as_curating_says(tmp_path: Path, golden: Golden) -> None:
    """But for the installation, which `command/test_install.py` goes through."""
    (tmp_path / "desks").mkdir()
    steps = dict(sections_of(curating()))[FIRST_CLAIM]
    site = walk(CURATING, steps, tmp_path / "desks", golden)
    assert re.findall(r"^\*\*(\d)\. ", steps, re.MULTILINE) == ["1", "2", "3", "4", "5"]
    assert site == tmp_path / "desks" / "my-desk"
    build(site)


@pytest.mark.slow
def test_every_example_of_curating_builds_and_shows_what_the_text_says(tmp_path: Path) -> None:
    """The files of a section come on top of those of the sections before it."""
    (tmp_path / "content" / "media").mkdir(parents=True)
    (tmp_path / "content" / "media" / "harbor-house.png").write_bytes(PIXEL)
    for heading, text in sections_of(examples_of_curating()):
        parts = re.split(r"^\*\*(?=One|Two|Three)|^### ", text, flags=re.MULTILINE)
        for part in parts:
            examples = [block for block in blocks_of(part) if block.language in ("yaml", "markdown")]
            for block in examples:
                write(tmp_path, block)
            if examples:
                build(tmp_path)
            for block in blocks_of(part):
                if block.language == "text" and block.info.startswith("site/"):
                    shown = visible(tmp_path / block.info)
                    for line in block.text.splitlines():
                        assert line in shown, heading


# What has happened to the examples before a command of the document is run.
CHANGED = {
    "briefing reanchor 2026-03-02-times": ("2026-03-02-times", "to announce a contract", "to announce a new contract"),
}


def test_the_commands_of_curating_print_what_it_says(tmp_path: Path, golden: Golden) -> None:
    """On all its examples."""
    site = example_site(tmp_path)
    commands = [block for block in blocks_of(curating()) if block.info.startswith("briefing ")]
    assert commands
    for block in commands:
        if block.info in CHANGED:
            id, old, new = CHANGED[block.info]
            article = site / f"content/articles/{id}.md"
            article.write_text(article.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        printed = CliRunner().invoke(main, ["-C", str(site), *block.info.split()[1:]]).stdout
        golden.part(CURATING, block.text, printed, f"```text {block.info}\n")


def test_no_example_of_curating_escapes_the_test() -> None:
    for block in blocks_of(examples_of_curating()):
        assert block.info, block.text
        assert block.language in ("yaml", "markdown", "text")


def test_a_reader_sees_the_file_name_of_an_example() -> None:
    for document in (README, CURATING, THEMING):
        text = document.read_text(encoding="utf-8")
        for above, path in re.findall(r"^(.*)\n\n```(?:yaml|markdown|html|css) (\S+)", text, re.MULTILINE):
            assert f"`{path.removesuffix(MORE)}`" in above or path == "content/annotations/2026-03-02-times.yaml", path


@pytest.mark.parametrize("name", CAPTIONS.values())
def test_every_field_has_a_description(name: str) -> None:
    told = {field: info.description for field, info in fields_of(records()[name]).items()}
    assert [field for field, words in told.items() if not words or words[-1] == "."] == []


def test_every_record_has_its_table_of_fields() -> None:
    assert sorted(CAPTIONS.values()) == sorted(records())
    assert set(CAPTIONS) <= set(tables_of(curating()))


@pytest.mark.parametrize("caption", CAPTIONS, ids=CAPTIONS.values())
def test_a_table_names_every_field_and_its_default(caption: str) -> None:
    told = {row[0].strip("`"): row[2] for row in tables_of(curating())[caption]}
    fields = keys_of(records()[CAPTIONS[caption]])
    assert told == {name: told_default(field) for name, field in fields.items()}


@pytest.mark.parametrize("caption", CAPTIONS, ids=CAPTIONS.values())
def test_every_word_of_a_vocabulary_is_explained(caption: str) -> None:
    tables = tables_of(curating())
    for name, field in keys_of(records()[CAPTIONS[caption]]).items():
        words = vocabulary(field.annotation)
        if not words or (name == "status" and "history" in caption):
            continue
        row = next(row for row in tables[caption] if row[0] == f"`{name}`")
        table = [row[0].strip("`") for row in tables.get(f"Words of `{name}`", [])]
        assert words == (table if row[1].startswith("one ") else re.findall("`([^`]+)`", row[1])), name


def test_the_two_tables_of_statuses_are_the_two_vocabularies() -> None:
    text = dict(sections_of(curating()))["Claims"]
    found = re.findall(r"^\| status \| meaning \|\n\|[-|]+\n((?:\|.*\n)+)", text, re.MULTILINE)
    told = [tuple(row_of(line)[0].strip("`") for line in rows.splitlines()) for rows in found]
    assert told == [STATUSES["expectation"], STATUSES["fact"]]


def test_what_the_table_of_folding_calls_equal_is_equal() -> None:
    rows = re.search(r"^\| folded \|.*\n\|[-|]+\n((?:\|.*\n)+)", curating(), re.MULTILINE)
    assert rows is not None
    groups = [re.findall("`([^`]+)`", group) for row in rows.group(1).splitlines() for group in row.split(";")]
    assert sum(len(group) > 1 for group in groups) >= 6
    for group in groups:
        assert len({fold(text).text for text in group}) <= 1, group


def test_what_the_table_of_cuts_calls_a_cut_is_told() -> None:
    rows = re.search(r"^\| what \| so that these are cuts \|\n\|[-|]+\n((?:\|.*\n)+)", curating(), re.MULTILINE)
    assert rows is not None
    examples = [line.split("|")[2] for line in rows.group(1).splitlines()]
    found = [example for cell in examples for example in re.findall(r"`([^`]+)` of ([^`;]+)", cell)]
    cuts = [(part, whole) for part, wholes in found for whole in re.findall('"([^"]+)"', wholes)]
    assert len(cuts) >= 20
    for part, whole in cuts:
        text = QuotedText("content/articles/a.md", Rendered("", whole, (TextRun(0, len(whole), 0, 0, 1, False),)))
        _, problems = text.find(Quote(exact=part), Pointer("content/annotations/a.yaml"))
        assert [problem.code for problem in problems] == ["quote-cuts-word"], (part, whole)


def test_the_table_of_likelihood_has_the_ranges_that_pages_print() -> None:
    told = {row[0].strip("`"): row[1] for row in tables_of(curating())["Words of `likelihood`"]}
    assert told == {term: f"{low} to {high}" for term, (low, high) in LIKELIHOOD_RANGES.items()}


# --- Commands -------------------------------------------------------------------------------------------------


def test_the_table_of_options_has_every_option_of_every_command() -> None:
    rows = re.findall(r"^\| `(-[^`]+)` \| (`[^|]+`) \|", COMMANDS.read_text(encoding="utf-8"), re.MULTILINE)
    told = {(option, f"{of}") for option, ofs in rows for of in re.findall("`([^`]+)`", ofs)}
    existing = {
        (parameter.opts[0], taker(name))
        for name, command in commands().items()
        for parameter in command.params
        if isinstance(parameter, click.Option)
    }
    assert told == existing


COMMAND_LINE = re.compile(rf"(?:^|`|- run: )(briefing (?:-|(?:{'|'.join(main.commands)})\b)[^`\n]*)", re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_line_in_the_documents_is_one_that_the_program_takes(document: Path) -> None:
    for line in COMMAND_LINE.findall(document.read_text(encoding="utf-8")):
        words = shlex.split(line, comments=True)[1:]
        called: click.Command = main
        parameters = [*main.params]
        for word in words:
            if isinstance(called, click.Group) and word in called.commands:
                called = called.commands[word]
                parameters += called.params
        assert called is not main or words == ["--help"], line
        known = {option for parameter in parameters for option in parameter.opts} | {"--help"}
        assert {word.partition("=")[0] for word in words if word.startswith("-")} <= known, line


# --- Theming --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> Lists:
    return lists_of_examples(tmp_path_factory.mktemp("theming"))


@pytest.fixture(scope="module")
def contexts(lists: Lists) -> dict[str, list[dict[str, object]]]:
    return contexts_of(lists)


def fits(value: object, told: str) -> bool:
    """Whether a value, with all that can be got to from it, is of a type as the page tells it."""
    if value is None:
        return told.endswith(" or none")
    if isinstance(value, Listed):
        return told == f"list of {value.kind.name}"
    if told.startswith("list of "):
        each = re.sub("^list of (pair|triple)s ", r"list of \1 ", told).removeprefix("list of ")
        return isinstance(value, tuple) and all(fits(item, each) for item in value)
    if of := re.match("(?:pair|triple) of (.+)", told):
        kinds = of[1].split(" and ")
        return isinstance(value, tuple) and len(value) == len(kinds) and all(map(fits, value, kinds))
    if told.endswith(" or none"):
        return fits(value, told.removesuffix(" or none"))
    plain = {"text": str, "number": int, "HTML": Markup, "true or false": bool}
    if told == "phrase":
        return isinstance(value, str)
    if told in plain:
        return type(value) is plain[told]
    return type(value).__name__ == told and all(fits(getattr(value, name), of) for name, of in names_in(told).items())


def parts_of(lists: Lists) -> Iterator[tuple[str, object]]:
    """What each part is given of each item of the lists of all pages: the name of the part, and the view."""
    waiting: list[object] = [
        page.context() for section in plan(lists).values() for page in section.planned() if isinstance(page, Page)
    ]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Listed):
            yield from ((value.kind.name, value.kind.view(item)) for item in value.items)
        elif isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, tuple):
            waiting += value
        elif is_dataclass(value):
            waiting += [getattr(value, field.name) for field in fields(value)]


def test_every_template_has_a_section(contexts: dict[str, list[dict[str, object]]]) -> None:
    assert sorted(heading for heading in theming() if heading.endswith(".html")) == PAGES
    assert sorted(contexts) == PAGES


@pytest.mark.parametrize("template", PAGES)
def test_a_template_is_given_the_names_and_types_of_its_table(
    template: str, contexts: dict[str, list[dict[str, object]]]
) -> None:
    told = names_in(template) | {"site": "SiteView", "page": "Head"}
    assert {name for context in contexts[template] for name in context} == set(told)
    for context in contexts[template]:
        assert template == "archive.html" or set(context) == set(told)
        for name, value in context.items():
            assert fits(value, told[name]), (name, told[name], value)


def test_every_view_that_a_template_can_reach_has_a_table() -> None:
    assert sorted(heading for heading in theming() if re.fullmatch(r"\w+View|Head|Tally", heading)) == sorted(views())


@pytest.mark.parametrize("name", sorted(views()))
def test_a_view_has_the_fields_and_types_of_its_table(name: str) -> None:
    seen = {field: told_type(hint) for field, hint in hints(views()[name]).items()}
    told = {field: without_kind(type) for field, type in names_in(name).items()}
    assert {field: type for field, type in told.items() if field in seen or name != "ClaimView"} == seen


def test_a_claim_has_just_the_fields_of_its_table(lists: Lists) -> None:
    claims = [ClaimView(linked, Views(linked.scope)) for linked in lists.site.claims.values()]
    assert {name for name in dir(claims[0]) if not name.startswith("_")} == set(names_in("ClaimView"))
    for name in names_in("ClaimView").keys() - hints(ClaimView).keys():
        told = names_in("ClaimView")[name]
        assert any(getattr(claim, name) is None for claim in claims) == told.endswith(" or none"), name


def test_the_table_of_parts_is_that_of_the_lists(lists: Lists) -> None:
    told = re.findall(r"^\| `([\w-]+)` \| `(\w+)`, an? (\w+) \|", theming()["The parts"], re.MULTILINE)
    assert told == [(kind.name, kind.variable, view_of(kind.name)) for kind in KINDS]
    files = {path.stem for path in (ROOT / "templates" / "parts").iterdir()}
    assert files - {file for _, file, _ in macros()} == {kind.name for kind in KINDS}
    given = list(parts_of(lists))
    # The sources of a page are found when it is made.
    assert {name for name, _ in given} | {SOURCE.name} == {kind.name for kind in KINDS}
    for name, view in given:
        assert fits(view, view_of(name)), name


def test_the_table_of_macros_is_that_of_the_files_of_them() -> None:
    told = re.findall(r"^\| `(\w+\(.*?\))` \| `(\w+)` \| .", theming()["The macros"], re.MULTILINE)
    assert told == [(macro, file) for macro, file, _ in macros()]


def test_the_table_of_properties_is_that_of_the_style_sheet() -> None:
    sheet = (ROOT / "templates" / "assets" / "style.css").read_text(encoding="utf-8")
    begin, _, rest = sheet.partition(":root {")
    told = re.findall(r"^\| `(--[\w-]+)`((?:, `--[\w-]+`)*) \|", theming()["Colors and faces"], re.MULTILINE)
    names = [name for first, others in told for name in [first, *re.findall("--[\\w-]+", others)]]
    assert "@" not in begin
    assert names == re.findall(r"(--[\w-]+):", rest.partition("}")[0])


def test_a_site_of_your_own_needs_ten_lines_and_sets_only_what_there_is(tmp_path: Path) -> None:
    site = example_site(tmp_path)
    block, words = blocks_of(theming()["A site of your own in ten lines"])
    for one in (block, words):
        write(site, one)
    build(site)
    assert block.info == "templates/assets/custom.css"
    assert len(block.text.splitlines()) + len(words.text.splitlines()) <= 10
    assert asset_in(site / "site", "custom.css").read_text(encoding="utf-8") == block.text
    known = re.findall(r"`(--[\w-]+)`", theming()["Colors and faces"])
    assert set(re.findall(r"(--[\w-]+):", block.text)) <= set(known)
    assert "What came of it all" in visible(site / "site" / "ledger.html")


def test_the_example_of_words_takes_the_place_of_the_themes(tmp_path: Path) -> None:
    site = example_site(tmp_path)
    [block] = [block for block in blocks_of(theming()["Words"]) if block.info]
    write(site, block)
    build(site)
    assert re.search(r"\d statements", visible(site / "site" / "articles" / "index.html"))


def test_the_example_templates_take_the_place_of_the_themes(tmp_path: Path) -> None:
    site = example_site(tmp_path)
    for block in blocks_of(theming()["An example"]):
        write(site, block)
    build(site)
    about, home = visible(site / "site" / "about.html"), visible(site / "site" / "index.html")
    assert "Published by The Estmark desk." in about
    desk = asset_in(site / "site", "desk.css").name
    assert f'href="assets/{desk}"' in (site / "site" / "about.html").read_text(encoding="utf-8")
    assert "The two governments concluded a contract for natural gas" in home
    assert "Latest articles" not in home
    assert "Every statement leads to the words it rests on." in home


def test_the_example_of_a_part_takes_the_place_of_the_themes_on_every_page(tmp_path: Path) -> None:
    site = example_site(tmp_path)
    [block] = blocks_of(theming()["The parts"])
    write(site, block)
    build(site)
    for path, folder in (("index.html", "articles/"), ("topics/energy.html", "../articles/")):
        page = (site / "site" / path).read_text(encoding="utf-8")
        rows = re.findall(r'<li data-claim="[^"]+">\n<a href="([^"#]+)#[^"]+">([^<]+)</a>, (.+)\n</li>', page)
        assert "The two governments concluded a contract for natural gas" in " ".join(text for _, text, _ in rows), path
        assert all(target.startswith(folder) and voice for target, _, voice in rows)


# --- Hosting --------------------------------------------------------------------------------------------------


WORKFLOW = ROOT / "briefing/scaffold/files/dot-github/workflows/site.yml"


@cache
def workflow() -> dict[str, Any]:
    found = yaml.load(WORKFLOW.read_text(encoding="utf-8"), yaml.BaseLoader)
    assert isinstance(found, dict)
    return found


def steps(*jobs: str) -> list[dict[str, Any]]:
    return [step for name in jobs for step in workflow()["jobs"][name]["steps"]]


def test_the_workflow_of_the_document_is_that_of_new_sites() -> None:
    [block] = [block for block in blocks_of(HOSTING.read_text(encoding="utf-8")) if block.language == "yaml"]
    assert (block.info, block.text) == (".github/workflows/site.yml", WORKFLOW.read_text(encoding="utf-8"))


def test_the_workflow_of_this_repository_is_that_of_new_sites_with_the_tool_that_is_here() -> None:
    """Its site stands where GitHub puts that of a repository, whoever has it."""
    theirs, ours = (
        yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
        for path in (WORKFLOW, ROOT / ".github/workflows/site.yml")
    )
    made = theirs["jobs"]["build"]["steps"]
    assert made.pop(1)["with"]["path"] == ".tool"
    for step in made:
        if "run" in step:
            step["run"] = step["run"].replace("./.tool", ".").replace(".tool/", "")
    address = '"https://$GITHUB_REPOSITORY_OWNER.github.io/${GITHUB_REPOSITORY#*/}/"'
    made[-4]["run"] += f" --base-url {address}"
    assert ours == theirs
    lines = [
        re.findall(r"uses: (.+)", path.read_text(encoding="utf-8"))
        for path in (WORKFLOW, ROOT / ".github/workflows/site.yml")
    ]
    assert set(lines[0]) == set(lines[1])


def test_the_workflow_pins_its_actions_with_their_versions_and_caches_nothing() -> None:
    lines = re.findall(r"uses: (.+)", WORKFLOW.read_text(encoding="utf-8"))
    assert len(lines) == len([step for step in steps("build", "deploy") if "uses" in step]) == 6
    assert all(re.fullmatch(r"actions/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", line) for line in lines)
    assert len({line.partition("@")[0] for line in lines}) == len(set(lines))
    assert "cache" not in WORKFLOW.read_text(encoding="utf-8")


def test_the_workflow_pins_what_it_installs_and_what_builds_it() -> None:
    build = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"]["requires"]
    pinned = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert all(f"\n{requirement}==" in pinned for requirement in build)
    backend, tool = [step["run"] for step in steps("build") if "pip " in step.get("run", "")]
    assert backend == f"pip install --constraint .tool/constraints.txt {' '.join(build)}"
    assert tool == "pip install --constraint .tool/constraints.txt --no-build-isolation ./.tool"
    assert f"path: {Path(tool.split()[-1]).as_posix()}\n" in WORKFLOW.read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_nobody_is_sent_to_the_project_of_somebody_else_that_has_the_name_of_the_command(document: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["name"] == "briefing-desk"
    assert set(project["scripts"]) == {"briefing"}
    installed = re.findall(r"pip install (?:--\S+ (?=-)|--\S+ \S+ )*'?([\w.-]+)", document.read_text(encoding="utf-8"))
    assert {name for name in installed if name.startswith("briefing")} <= {"briefing-desk"}


def test_what_security_says_of_files_that_are_copied_is_so() -> None:
    told = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    assert "SVG and HTML are documents of their own" in told
    assert not MEDIA & {"htm", "html", "js", "mjs", "svg", "svgz", "xht", "xhtml", "xml"}


def test_only_the_job_that_deploys_may_write_and_it_runs_nothing_of_a_pull_request() -> None:
    assert sorted(workflow()["on"]) == ["pull_request", "push"]
    assert workflow()["on"]["push"] == {"branches": ["main"]}
    assert workflow()["permissions"] == {"contents": "read"}
    assert [name for name, job in workflow()["jobs"].items() if "permissions" in job] == ["deploy"]
    assert workflow()["jobs"]["deploy"]["if"] == "github.event_name == 'push'"
    assert [step["uses"].partition("@")[0] for step in steps("deploy")] == ["actions/deploy-pages"]
    assert all(step["with"]["persist-credentials"] == "false" for step in steps("build") if "checkout@" in str(step))
    assert not re.search(r"secrets|run:.*\$\{\{", WORKFLOW.read_text(encoding="utf-8"))


def test_a_pull_request_has_its_site_as_an_artifact_and_only_a_push_goes_to_the_host() -> None:
    uploads = {step["uses"].partition("@")[0]: step for step in steps("build") if "upload-" in step.get("uses", "")}
    assert {name: (step["if"], step["with"]["path"]) for name, step in uploads.items()} == {
        "actions/upload-artifact": ("github.event_name == 'pull_request'", "site"),
        "actions/upload-pages-artifact": ("github.event_name == 'push'", "site"),
    }


@pytest.mark.parametrize(
    "document", [ROOT / "docs/architecture.md", ROOT / "tests/README.md"], ids=lambda path: path.name
)
def test_no_table_has_a_row_twice(document: Path) -> None:
    """As two branches leave it that have added to the same row."""
    for table in re.findall(r"(?:^\|.*\n)+", document.read_text(encoding="utf-8"), re.MULTILINE):
        of = [name for row in table.splitlines()[2:] for name in row.split("|")[1].split(", ")]
        assert len(of) == len(set(of)), sorted(name for name in of if of.count(name) > 1)


def test_the_headers_of_the_document_are_those_of_every_site(tmp_path: Path) -> None:
    site = example_site(tmp_path)
    build(site)
    [block] = [block for block in blocks_of(HOSTING.read_text(encoding="utf-8")) if block.info == "site/_headers"]
    assert (site / "site/_headers").read_text(encoding="utf-8") == block.text


def test_the_exit_codes_are_those_of_the_program() -> None:
    told = re.findall(r"^\| (\d) \|", HOSTING.read_text(encoding="utf-8"), re.MULTILINE)
    codes = {0, click.UsageError("").exit_code, EXIT_CONTENT, EXIT_ENVIRONMENT, EXIT_LOCKED}
    assert told == [str(code) for code in sorted(codes)]


# --- Links ----------------------------------------------------------------------------------------------------


def anchors_of(text: str) -> set[str]:
    """The fragments that a Markdown page on a code host offers for its headings."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links_of(document: Path) -> Iterator[str]:
    """The targets of the links and images inside the repository, examples left out."""
    prose = re.sub(r"^```.*?^```$|`[^`\n]+`", "", document.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose):
        if not re.match(r"[a-z]+:", target):
            yield target


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_the_documents_lead_somewhere(document: Path) -> None:
    for target in links_of(document):
        path, _, fragment = target.partition("#")
        file = document.parent / path if path else document
        assert file.exists(), target
        if fragment:
            assert fragment in anchors_of(file.read_text(encoding="utf-8")), target


def test_no_file_of_the_program_is_longer_than_contributing_says() -> None:
    [most] = re.findall(r"most files in 250, none has more than (\d+)", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    files = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / "briefing").rglob("*.py")}
    assert [path for path, text in files.items() if text.count("\n") > int(most)] == []
