"""`briefing theme`: what it lists, what a copy says of itself, and what a comparison tells."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.read import overrides
from briefing.read.overrides import theme_files
from briefing.read.sources import SourceFile
from tests.commands import REPOSITORY, SMALL, small_site
from tests.outputs import asset_in, tree, with_plain_names

THEME = REPOSITORY / "templates"
FILES = sorted(path.relative_to(THEME).as_posix() for path in THEME.rglob("*.*"))


def run(site: Path, *words: str) -> Result:
    """The outcome of `briefing theme` with those words."""
    return CliRunner().invoke(main, ["-C", str(site), "theme", *words], catch_exceptions=False, prog_name="briefing")


def put(site: Path, name: str, text: str) -> Path:
    path = site / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return small_site(tmp_path / "desk")


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The theme of a later version: the title of its standing page has a class."""
    files = theme_files()
    page = files["page.html"]
    changed = SourceFile(page.path, page.text.replace("<h1>", '<h1 class="new">'), "f" * 32)
    monkeypatch.setattr(overrides, "theme_files", lambda: {**files, "page.html": changed})


def test_every_file_of_the_theme_is_listed_with_what_it_is(site: Path) -> None:
    ended = run(site, "list")
    assert ended.exit_code == 0
    *lines, last = ended.output.splitlines()
    told = dict(line.split(maxsplit=1) for line in lines)
    assert sorted(told) == FILES
    assert {name for name, what in told.items() if not what.endswith(".")} == set()
    assert told["base.html"].startswith("The frame of all pages")
    assert last == f"{len(FILES)} files of the theme. The site has its own for 0, and adds 0."


def test_the_files_of_the_site_are_told_from_those_of_the_theme(site: Path) -> None:
    put(site, "page.html", "{{ html }}")
    put(site, "words/en.yaml", "ledger: {title: Record}\n")
    put(site, "assets/desk.css", "p { margin: 0 }\n")
    lines = run(site, "list").output.splitlines()
    assert [line.split()[0] for line in lines if line.split()[1] == "yours"] == ["page.html", "words/en.yaml"]
    assert "assets/desk.css added" in [" ".join(line.split()) for line in lines]
    assert lines[-1] == f"{len(FILES)} files of the theme. The site has its own for 2, and adds 1."


def test_the_theme_itself_is_no_site_with_files_of_its_own() -> None:
    assert "its own for 0, and adds 0." in run(REPOSITORY, "list").output
    assert run(REPOSITORY, "diff").output == "The site has no file in the place of one of the theme's.\n"


def test_a_copy_says_in_its_first_line_of_what_and_is_the_same_but_for_that(site: Path) -> None:
    ended = run(site, "copy", "parts/claim-row.html")
    assert ended.exit_code == 0
    assert ended.output == (
        "templates/parts/claim-row.html: a copy of the theme's; without it the site has the theme's again\n"
    )
    first, _, rest = (site / "templates/parts/claim-row.html").read_text(encoding="utf-8").partition("\n")
    assert re.fullmatch(r"\{# Copied from parts/claim-row.html of briefing [\w.]+, [0-9a-f]{12}\. #\}", first)
    assert rest == (THEME / "parts/claim-row.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("typed", ["templates/base.html", "base.html"])
def test_a_file_may_be_named_as_it_will_stand_in_the_site(typed: str, site: Path) -> None:
    assert run(site, "copy", typed).exit_code == 0
    assert (site / "templates/base.html").exists()


@pytest.mark.slow
def test_a_site_with_copies_of_all_files_is_the_same_site(site: Path, tmp_path: Path) -> None:
    (site / "content/pages").mkdir()
    (site / "content/pages/about.md").write_text("---\ntitle: About\n---\n\nWords.\n", encoding="utf-8")
    build = ["-C", str(site), "build", "--output"]
    assert CliRunner().invoke(main, [*build, str(tmp_path / "theirs")]).exit_code == 0
    for name in FILES:
        assert run(site, "copy", name).exit_code == 0, name
    ended = CliRunner().invoke(main, [*build, str(tmp_path / "ours")])
    assert ended.exit_code == 0, ended.output
    theirs, ours = (tree(tmp_path / name) for name in ("theirs", "ours"))
    pages = [path for path in theirs if path.endswith(".html")]
    assert len(pages) > 15
    plain = [{path: with_plain_names(site[path].decode()) for path in pages} for site in (ours, theirs)]
    assert plain[0] == plain[1]
    assets = [name.removeprefix("assets/") for name in FILES if name.startswith("assets/")]
    for name in assets:
        first, rest = asset_in(tmp_path / "ours", name).read_bytes().split(b"\n", 1)
        assert rest == asset_in(tmp_path / "theirs", name).read_bytes(), first


def test_nothing_is_overwritten(site: Path) -> None:
    path = put(site, "page.html", "mine")
    ended = run(site, "copy", "page.html")
    assert ended.exit_code == 3
    assert (
        ended.output == "briefing: templates/page.html is there already; `briefing theme diff page.html` compares it\n"
    )
    assert path.read_text() == "mine"


def test_a_link_in_the_way_leads_no_copy_elsewhere(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "templates").symlink_to(tmp_path / "elsewhere")
    assert run(site, "copy", "page.html").exit_code == 3
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("copy", "claim-row.html"), "the theme has no file `claim-row.html`; write `parts/claim-row.html`"),
        (("copy", "sumit.html"), "the theme has no file `sumit.html`; write `summit.html`"),
        (("copy", "q"), "the theme has no file `q`; `briefing theme list` lists them"),
        (("diff", "base.htm"), "the site has no file in the place of `base.htm`; write `base.html`"),
        (("diff", "-C", "desk"), "-C goes before the command; write `briefing -C desk theme diff`"),
        (("-C", "desk", "diff"), "-C goes before the command; write `briefing -C desk theme diff`"),
        (("list", "--version"), "--version goes before the command; write `briefing --version`"),
    ],
)
def test_a_wrong_call_is_told_what_was_meant(words: tuple[str, ...], told: str, site: Path) -> None:
    put(site, "base.html", "")
    ended = run(site, *words)
    assert ended.exit_code == 2
    assert ended.output.splitlines()[-1] == f"Error: {told}"
    assert sorted(path.name for path in (site / "templates").iterdir()) == ["base.html"]


def test_what_a_site_has_changed_in_a_copy_is_shown(site: Path) -> None:
    run(site, "copy", "page.html")
    path = site / "templates/page.html"
    path.write_text(path.read_text(encoding="utf-8").replace("<h1>", '<h1 class="mine">'), encoding="utf-8")
    ended = run(site, "diff")
    assert ended.exit_code == 0
    first, *lines = ended.output.splitlines()
    assert re.fullmatch(r"templates/page.html: copied from briefing [\w.]+; the theme's file is the same still", first)
    assert [line for line in lines if line[0] in "-+"] == [
        "--- theme/page.html",
        "+++ templates/page.html",
        "-<h1>{{ page.title }}</h1>",
        '+<h1 class="mine">{{ page.title }}</h1>',
    ]


def test_a_copy_in_which_nothing_is_changed_is_not_needed(site: Path) -> None:
    run(site, "copy", "page.html")
    [line] = run(site, "diff").output.splitlines()
    assert line.endswith("; the theme's file is the same still; both are the same, so the site's can be removed")


@pytest.mark.usefixtures("later")
def test_a_copy_of_an_older_theme_is_told_as_that(site: Path) -> None:
    text = (THEME / "page.html").read_text(encoding="utf-8")
    put(site, "page.html", f"{{# Copied from page.html of briefing 0.0.1, 0123456789ab. #}}\n{text}")
    first, *lines = run(site, "diff").output.splitlines()
    assert first == "templates/page.html: copied from briefing 0.0.1; the theme's file has changed since"
    assert [line for line in lines if line[0] in "-+"][2:] == [
        '-<h1 class="new">{{ page.title }}</h1>',
        "+<h1>{{ page.title }}</h1>",
    ]


def test_of_a_file_that_is_no_copy_nothing_is_known_but_what_differs(site: Path) -> None:
    put(site, "page.html", (THEME / "page.html").read_text(encoding="utf-8"))
    put(site, "404.html", "<p>Gone.</p>\n")
    output = run(site, "diff", "404.html", "templates/page.html").output
    assert output.splitlines()[0] == "templates/404.html: nothing says what it was copied from"
    assert "+<p>Gone.</p>" in output.splitlines()
    assert output.splitlines()[-1] == (
        "templates/page.html: nothing says what it was copied from; both are the same, so the site's can be removed"
    )


def test_of_words_only_those_are_compared_that_the_site_says_itself(site: Path) -> None:
    put(site, "words/en.yaml", 'ledger: {title: Record}\ncount: {open: "{n} open"}\n')
    assert run(site, "diff").output.splitlines()[1:] == [
        "--- theme/words/en.yaml",
        "+++ templates/words/en.yaml",
        "@@ -1 +1 @@",
        "-ledger.title: Ledger",
        "+ledger.title: Record",
    ]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("page.html", b"\xff", "unreadable-file"), ("words/en.yaml", b"ledger: [\n", "bad-yaml")],
)
def test_a_file_that_cannot_be_read_is_a_mistake_with_its_place(name: str, data: bytes, code: str, site: Path) -> None:
    put(site, name, "").write_bytes(data)
    put(site, "404.html", "<p>Gone.</p>\n")
    ended = run(site, "diff")
    assert ended.exit_code == 1
    assert f"error[{code}]" in ended.output
    assert f"templates/{name}" in ended.output
    assert "+<p>Gone.</p>" in ended.output.splitlines()


def test_properties_of_a_site_are_on_every_page_and_come_after_those_of_the_theme(site: Path, tmp_path: Path) -> None:
    put(site, "assets/custom.css", ":root { --link: purple; }\n")
    output = tmp_path / "out"
    assert CliRunner().invoke(main, ["-C", str(site), "build", "--output", str(output)]).exit_code == 0
    custom = asset_in(output, "custom.css")
    assert custom.read_text(encoding="utf-8") == ":root { --link: purple; }\n"
    sheets = re.compile(r'<link rel="stylesheet" href="([^"]+)">')
    for page in set(output.rglob("*.html")) - {output / "changes.html"}:  # which has moved
        names = [Path(href).name for href in sheets.findall(page.read_text(encoding="utf-8"))]
        of_page = [asset_in(output, "search.css").name] if page.name == "search.html" else []
        assert names == [asset_in(output, "style.css").name, custom.name, *of_page], page
    assert len(SMALL) < len(list(output.rglob("*.html")))
