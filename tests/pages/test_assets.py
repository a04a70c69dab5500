"""Assets are published under names that tell their bytes, and whatever leads to one has that name."""

import re
from pathlib import Path

import pytest

from briefing.build import build
from briefing.request import Request
from briefing.theme.assets import names_of, published, with_names
from tests.outputs import asset_in
from tests.sites.desks import Paper, write_desk

STYLE, DEEP, FONT = "assets/style.css", "assets/deep/more.css", "assets/fonts/face.woff2"


def names_with(**changed: bytes) -> dict[str, str]:
    files = {
        STYLE: b'@import "deep/more.css"; @font-face { src: url(fonts/face.woff2) }',
        DEEP: b"p { background: url('../icon.svg') }",
        FONT: b"\0",
        "assets/icon.svg": b"<svg/>",
        "assets/other.css": b"i { color: red }",
        "media/a.txt": b"a",
    }
    files |= {path: changed[part] for part in changed for path in files if part in path}
    return dict(names_of(files))


def test_a_name_changes_with_its_file_and_with_all_that_this_leads_to() -> None:
    before = names_with()
    assert set(before) == {STYLE, DEEP, FONT, "assets/icon.svg", "assets/other.css"}
    assert all(re.fullmatch(r"assets/.+\.[0-9a-f]{10}\.\w+", name) for name in before.values())
    assert before == names_with()

    def changed(now: dict[str, str]) -> set[str]:
        return {path for path in before if before[path] != now[path]}

    assert changed(names_with(icon=b"<svg id='x'/>")) == {"assets/icon.svg", DEEP, STYLE}
    assert changed(names_with(face=b"\1")) == {FONT, STYLE}
    assert changed(names_with(other=b"")) == {"assets/other.css"}


@pytest.mark.parametrize(
    "text",
    [
        "p { background: url($) }",
        "p { background: url( '$' ) }",
        'p { background: url("$#part") url(data:image/png;base64,AA==) }',
        '@import "$"; p { content: "url(a.css)" }',
        "@import url($) screen; /* url(a.css) @import 'a.css' */",
        "@IMPORT '$?v=1';",
        "p { background: URL(../assets/$), url(https://example.org/a.css), url(/a.css), url(none.css) }",
    ],
)
def test_style_sheets_lead_to_assets_by_their_names(text: str) -> None:
    """`$` stands for `a.css`: every other mention of that is none, or leads elsewhere."""
    files = {"assets/a.css": b"", "assets/b.css": text.replace("$", "a.css").encode()}
    names = names_of(files)
    made = published(files, names)[names["assets/b.css"]]
    assert made.decode() == text.replace("$", names["assets/a.css"].removeprefix("assets/"))


def test_scripts_lead_to_assets_by_their_names() -> None:
    script = b"import { x } from './a.js';\nimport('./a.js');\nconst told = 'see ./a.js';\n"
    files = {"assets/a.js": b"export const x = 1;\n", "assets/b.js": script}
    names = names_of(files)
    name = names["assets/a.js"].removeprefix("assets/").encode()
    made = published(files, names)[names["assets/b.js"]]
    assert made == b"import { x } from './%b';\nimport('./%b');\nconst told = 'see ./a.js';\n" % (name, name)


def test_style_sheets_that_import_each_other_have_names() -> None:
    files = {"assets/a.css": b'@import "b.css";', "assets/b.css": b'@import "a.css"; b { background: url("b.css#x") }'}
    names = names_of(files)
    a, b = (names[path].removeprefix("assets/") for path in files)
    made = published(files, names)
    assert made[names["assets/a.css"]].decode() == f'@import "{b}";'
    assert made[names["assets/b.css"]].decode() == f'@import "{a}"; b {{ background: url("{b}#x") }}'


NAMES = {STYLE: "assets/style.1.css", "assets/été & co.svg": "assets/été & co.2.svg"}


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("index.html", 'href="assets/style.css"', 'href="assets/style.1.css"'),
        ("a/b/c.html", 'src="../../assets/style.css"', 'src="../../assets/style.1.css"'),
        ("a.html", 'data-x="assets/style.css"', 'data-x="assets/style.1.css"'),
        ("404.html", 'href="/a/b/assets/style.css"', 'href="/a/b/assets/style.1.css"'),
        ("a.html", 'content="https://x.org/a/b/assets/style.css"', 'content="https://x.org/a/b/assets/style.1.css"'),
        ("a.html", 'src="assets/%C3%A9t%C3%A9%20&amp;%20co.svg#x"', 'src="assets/%C3%A9t%C3%A9%20%26%20co.2.svg#x"'),
        ("a.html", 'src="./assets/été &amp; co.svg"', 'src="./assets/%C3%A9t%C3%A9%20%26%20co.2.svg"'),
    ],
)
def test_what_leads_to_an_asset_has_its_name(path: str, before: str, after: str) -> None:
    page = f"<p {before}>assets/style.css</p><p {before}>\n"
    assert with_names(path, page.encode(), NAMES, "https://x.org/a/b/").decode() == page.replace(before, after)


@pytest.mark.parametrize(
    "text",
    [
        "assets/style.css",
        '<a href="media/assets/style.css">',
        '<a href="https://other.org/assets/style.css">',
        '<a href="//x.org/assets/style.css">',
        '<a href="assets/other.css">',
        "href=&quot;assets/style.css&quot;",
        '<a href="see assets/style.css">',
        '="assets/style.css',
        '"assets/style.css"',
    ],
)
def test_what_does_not_stays(text: str) -> None:
    assert with_names("index.html", text.encode(), NAMES, "https://x.org/a/b/").decode() == text
    assert with_names("index.xml", b'href="assets/style.css"', NAMES, None) == b'href="assets/style.css"'


def test_a_page_that_leads_to_a_changed_asset_is_as_if_made_anew(tmp_path: Path) -> None:
    """A link in an article too, and one to an asset that came, by an attribute that nothing checks."""
    paper = Paper("2025-02-05", {"x": {}})
    more = {
        "templates/assets/desk.css": "p { margin: 0 }\n",
        "templates/404.html": "<p data-part=\"{{ href('assets/late.js') }}\">None.</p>\n",
        "content/pages/about.md": "---\ntitle: About\n---\n\n[Sheet](/assets/desk.css)\n",
    }
    site = write_desk(tmp_path / "site", {"a": paper}, more)
    output = tmp_path / "out"

    def built(is_clean: bool = False) -> dict[str, bytes]:
        run = build(Request(site, clean=is_clean), output if not is_clean else tmp_path / "clean")
        assert run.written is not None, list(run.problems)
        folder = tmp_path / "clean" if is_clean else output
        files = [path for path in folder.rglob("*") if path.is_file() and ".briefing" not in path.parts]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}

    built()
    (site / "templates/assets/desk.css").write_text("p { margin: 1px }\n", encoding="utf-8")
    (site / "templates/assets/late.js").write_text("1;\n", encoding="utf-8")
    again = built()
    assert again == built(is_clean=True)
    assert f'href="assets/{asset_in(output, "desk.css").name}"'.encode() in again["about.html"]
    assert f'data-part="/assets/{asset_in(output, "late.js").name}"'.encode() in again["404.html"]
    (site / "templates/assets/late.js").unlink()
    assert b'data-part="/assets/late.js"' in built()["404.html"]
