"""What goes wrong: hostile titles, encodings, forms that are none, and what is here already."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.build import check
from briefing.diagnostics import Location
from briefing.importing.addresses import canonical
from briefing.importing.blocks import Block, Items, Paragraph, Quotation, Raised, Span, Table, paragraphs, trimmed
from briefing.importing.found import Found
from briefing.importing.markdown import markdown_of
from briefing.importing.names import id_of
from briefing.model.ids import is_id
from briefing.model.slugs import slug_of
from briefing.read.markup import render_markdown
from briefing.request import Request
from briefing.write.articles import write_new_files
from briefing.write.disk import Folder
from tests.commands import environment
from tests.importing.desk import complete, imported, lines, only, site, written

pytestmark = pytest.mark.slow

BODY = "<p>{words} The ferry between Port Sel and Valdor City will sail again from Monday, after fourteen months.</p>"


def page(title: str, address: str = "", words: str = "", encoding: str = "utf-8", charset: str = "utf-8") -> bytes:
    link = f'<link rel="canonical" href="{address}">' if address else ""
    meta = f'<meta charset="{charset}">' if charset else ""
    text = (
        f"<html lang='en'><head>{meta}{link}<title>{title}</title><meta name='date' content='2026-02-11'></head><body>"
        f"<article><h1>{title}</h1>{BODY.format(words=words)}{BODY.format(words='Again:')}</article></body></html>"
    )
    return text.encode(encoding)


TITLES = [
    "../../../etc/passwd",
    "a/b\\c: 'single' \"double\" # no comment",
    "--- begins as front matter does",
    "- [ ] {a: b}, *x, &y, !z, %w, @v, `u`, | > ?",
    "x" * 300,
    " ".join(["word"] * 80),
    "🚢 The ferry 🚢",
    "🚢🚢🚢",
    "con",
    "null",
    "No",
    "12:30",
    "日本語の題名" * 20,
    "المفاوضات تبدأ",
    "Ends with a backslash \\",
    "'",
    "true",
    "a: b",
    "~",
]


@pytest.mark.parametrize("title", TITLES)
def test_whatever_the_title_is_the_file_has_it_and_stands_in_its_folder(title: str, tmp_path: Path) -> None:
    import html

    root = site(tmp_path)
    article = only(imported(root, "-", data=page(html.escape(title))))
    assert written(root, article.path).facts["title"] == title
    files = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    assert sorted(files) == sorted(["config.yaml", "content/sources.yaml", article.path])
    assert is_id(Path(article.path).stem)
    assert len(Path(article.path).stem.encode()) <= 85
    complete(root, article.path)
    assert check(Request(root)).outcome().problems == ()


@given(st.text(max_size=120), st.text(max_size=20))
def test_the_name_of_an_article_is_always_an_id(title: str, fallback: str) -> None:
    assert is_id(id_of(Found(title=title), fallback))
    assert slug_of(title) == "" or is_id(slug_of(title))


def test_a_title_with_line_ends_and_control_characters_is_one_line(tmp_path: Path) -> None:
    root = site(tmp_path)
    article = only(imported(root, "-", data=page("Two\nlines\u202e and &#x202e; a\x07 bell")))
    assert written(root, article.path).facts["title"] == "Two lines and a bell"


def test_a_quotation_of_what_looks_like_markup_reads_the_same(tmp_path: Path) -> None:
    words = "&lt;!-- a comment --&gt; &lt;b&gt;bold&lt;/b&gt; &amp;#x202e; [^1] ~~x~~ **y** 1) $z$"
    article = only(imported(site(tmp_path), "-", data=page("T", words=words)))
    assert lines(article)[0].startswith("<!-- a comment --> <b>bold</b> &#x202e; [^1] ~~x~~ **y** 1) $z$ The ferry")


WORDS = st.text(alphabet=st.sampled_from(list("ab 1.)#>-+*_`[](){}<>!&;:~^|\\/\"'=\n本「」。é")), max_size=24)
RAISED: st.SearchStrategy[Raised] = st.sampled_from(["", "", "sup", "sub"])
SPANS = st.lists(
    st.builds(Span, WORDS, st.booleans(), st.booleans(), RAISED, st.sampled_from(["", "", "https://x.example/a(b)_c?d=1"])),
    max_size=4,
).map(trimmed)  # fmt: skip
STARTS = st.sampled_from([None, 1, 7])
BLOCK: st.SearchStrategy[Block] = st.recursive(
    st.builds(Paragraph, SPANS, st.sampled_from([0, 0, 0, 2, 3])),
    lambda inner: st.one_of(
        st.builds(Quotation, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Items, st.lists(st.lists(inner, max_size=2).map(tuple), max_size=3).map(tuple), STARTS),
    ),
    max_leaves=5,
)  # fmt: skip
TABLE = st.builds(
    Table, st.lists(st.lists(SPANS, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple), st.booleans()
)


@given(st.lists(st.one_of(BLOCK, TABLE), max_size=3))
def test_what_is_written_as_markdown_reads_back_as_the_same_paragraphs(blocks: list[Block]) -> None:
    seen = render_markdown(markdown_of(blocks), "content/articles/x.md").text
    assert [" ".join(line.split()) for line in seen.split("\n") if line.strip()] == list(paragraphs(blocks))


ENCODINGS = {
    "declared": (page("Größe", encoding="cp1252", charset="iso-8859-1"), "Größe"),
    "utf-8 whatever is declared": (page("Größe", charset="iso-8859-1"), "Größe"),
    "byte order mark": (b"\xef\xbb\xbf" + page("Größe", charset=""), "Größe"),
    "utf-16": ("\ufeff".encode("utf-16-le") + page("Größe", charset="", encoding="utf-16-le"), "Größe"),
    "euc-kr": (page("정상회담", encoding="cp949", charset="euc-kr"), "정상회담"),
    "iso-2022-jp": (page("首脳会談", encoding="iso-2022-jp", charset="iso-2022-jp"), "首脳会談"),
}


@pytest.mark.parametrize("case", ENCODINGS)
def test_a_page_is_read_in_its_encoding(case: str, tmp_path: Path) -> None:
    data, title = ENCODINGS[case]
    (tmp_path / "page.html").write_bytes(data)
    root = site(tmp_path)
    assert written(root, only(imported(root, "page.html")).path).facts["title"] == title


NOTHING = {
    "empty.html": (b"", "no-article", "it is empty"),
    "blank.txt": (b" \n\n", "no-article", "it is empty"),
    "office.docx": (b"PK\x03\x04rest", "no-article", "it is a document of an office program or an archive"),
    "picture.png": (b"\x89PNG\r\n\x1a\n", "no-article", "it is a picture"),
    "binary": (b"\x01\x02\x00\x03" * 50, "no-article", "it is no text, page, PDF, mail or feed"),
    "odd.txt": (b"Caf\xe9 on the quay\n", "unreadable-file", "byte 0xE9 is not UTF-8, and nothing says what it is"),
    "odd.html": (b"<html><p>Caf\xe9</p>", "unreadable-file", "byte 0xE9 is not UTF-8, and nothing says what it is"),
    "mixed.html": (
        page("Gr\xf6\xdfe", encoding="cp1252"),
        "unreadable-file",
        "some characters of its",
    ),
    "front.md": (b"---\ntitle: x\ntitle: y\n---\nText.\n", "duplicate-key", "`title` is written twice"),
    "toml.md": (b"+++\ntitle = \n+++\nText.\n", "bad-yaml", "its front matter is no TOML"),
    "bare.md": (b"---\ntitle: x\n---\n\n", "no-article", "there is no text below its front matter"),
    "broken.xml": (b"<rss><channel><item></chan", "unreadable-file", "it is no XML: "),
    "bomb.xml": (b'<!DOCTYPE x [<!ENTITY a "b">]><rss>&a;</rss>', "unreadable-file", "it declares entities"),
    "no-entries.xml": (b"<rss><channel/></rss>", "no-article", "it is a feed without entries"),
    "none.eml": (b"From: a@b.example\nSubject: Hi\n\n\n", "no-article", "it has no text of its own"),
    "large.txt": (b"word " * 250_000, "no-article", "its text has more than 1 MiB"),
    "deep.md": (b"> " * 200 + b"x\n", "excessive-input", "lists and quotes are nested"),
}


@pytest.mark.parametrize("name", NOTHING)
def test_what_is_no_article_is_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    data, code, message = NOTHING[name]
    root = site(tmp_path)
    (root / name).write_bytes(data)
    run = imported(root, name)
    assert [(problem.code, problem.message.startswith(message)) for problem in run.problems] == [(code, True)]
    assert [problem.place.path for problem in run.problems] == [name]
    assert run.outcome().failed
    assert not (root / "content/articles").exists()


def test_of_many_sources_the_good_are_written_and_all_problems_told(tmp_path: Path) -> None:
    root = site(tmp_path)
    (root / "a.html").write_bytes(page("First"))
    (root / "b.html").write_bytes(b"")
    (root / "c.html").write_bytes(page("Second"))
    (root / "d.html").write_bytes(b"<html><head><title>x</title></head></html>")
    run = imported(root, "a.html", "b.html", "c.html", "d.html", "nowhere.html", "content")
    assert [article.path for article in run.imported] == [
        "content/articles/2026-02-11-first.md",
        "content/articles/2026-02-11-second.md",
    ]
    errors = [problem.place.path for problem in run.problems if problem.severity == "error"]
    assert errors == ["b.html", "d.html", "nowhere.html", "content"]


def test_an_address_that_is_here_is_told_in_whatever_form(tmp_path: Path) -> None:
    root = site(tmp_path)
    (root / "a.html").write_bytes(page("First", "https://www.harbor-times.example/ferry?utm_source=x"))
    (root / "b.html").write_bytes(page("Second", "http://m.harbor-times.example/ferry/#top"))
    first = imported(root, "a.html", "b.html")
    assert [article.path for article in first.imported] == ["content/articles/2026-02-11-first.md"]
    before = (root / first.imported[0].path).read_bytes()
    again = imported(root, "b.html", "https://harbor-times.example/ferry/index.html")
    assert again.imported == []
    for run in (first, again):
        told = [problem for problem in run.problems if problem.code == "already-here"]
        assert told[0].notes[0].place == Location("content/articles/2026-02-11-first.md")
        assert not run.outcome().failed
    assert (root / first.imported[0].path).read_bytes() == before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.a.example/x", "http://a.example/x/"),
        ("https://a.example/x?b=2&a=1", "https://a.example/x?a=1&b=2&utm_medium=mail&fbclid=q#top"),
        ("https://a.example/", "https://a.example"),
        ("https://a.example/x/amp", "https://a.example/x"),
        ("https://a.example/%7Ex", "https://a.example/~x"),
        ("https://a.example:443/x", "https://a.example/x"),
        ("https://a.example/x/index.html", "https://a.example/x/"),
    ],
)
def test_two_addresses_of_one_page_are_the_same(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x", "https://b.example/x"),
        ("https://a.example/x", "https://a.example/X"),
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://a.example/x", "https://a.example:8080/x"),
    ],
)
def test_two_addresses_of_two_pages_are_not(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


def test_an_article_of_the_same_name_is_not_overwritten(tmp_path: Path) -> None:
    root = site(tmp_path)
    (root / "a.html").write_bytes(page("Ferry", words="One."))
    (root / "b.html").write_bytes(page("Ferry", words="Another."))
    run = imported(root, "a.html", "b.html")
    assert [article.path for article in run.imported] == [
        "content/articles/2026-02-11-ferry.md",
        "content/articles/2026-02-11-ferry-2.md",
    ]
    again = imported(root, "a.html")
    assert [problem.message for problem in again.problems] == [
        "the same text is here: content/articles/2026-02-11-ferry.md"
    ]


def test_a_source_is_found_by_its_domain_or_what_to_add_is_told(tmp_path: Path) -> None:
    sources = (
        "times: {name: The Times, url: https://www.times.example}\ntimes-asia: {name: Asia, url: https://times.example/asia}\n"
        "post: {name: Post}\none: {name: One, url: https://twin.example}\ntwo: {name: Two, url: https://twin.example}\n"
    )
    root = site(tmp_path, sources)
    pages = {
        "https://edition.times.example/x": "times",
        "https://times.example/asia/x": "times-asia",
        "https://times.example/asiatic": "times",
        "https://twin.example/x": "several sources have the domain twin.example: write one of one, two",
        "https://other.example/x": "such as `other-example: {name: other.example, url: https://other.example}`",
    }
    for number, (address, expected) in enumerate(pages.items()):
        article = only(imported(root, "-", data=page(f"Page {number}", address)))
        found = written(root, article.path)
        assert expected == found.facts.get("source") or expected in found.head


def test_a_text_is_kept_apart_with_an_empty_note(tmp_path: Path) -> None:
    root = site(tmp_path)
    article = only(imported(root, "-", data=page("Ferry"), apart=True))
    head = written(root, article.path)
    assert (head.facts["text"], head.facts["rights"], head.body) == ("apart", "passages", "")
    text = (root / "content/texts/2026-02-11-ferry.md").read_text(encoding="utf-8")
    assert text.startswith("The ferry between Port Sel")
    assert article.path == "content/articles/2026-02-11-ferry.md"


def test_what_is_in_the_way_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "content/articles/x.md").write_text("mine", encoding="utf-8")
    files = {"content/articles/x.md": b"new", "content/texts/x.md": b"text"}
    assert write_new_files(tmp_path, files) == "content/articles/x.md"
    found = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*") if path.is_file()}
    assert found == {"content/articles/x.md": "mine"}


def test_files_are_placed_where_there_are_no_second_names_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def link(*args: object, **options: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", link)
    assert write_new_files(tmp_path, {"content/articles/x.md": b"new"}) is None
    assert write_new_files(tmp_path, {"content/articles/x.md": b"newer"}) == "content/articles/x.md"
    assert [path.name for path in (tmp_path / "content/articles").iterdir()] == ["x.md"]
    assert (tmp_path / "content/articles/x.md").read_bytes() == b"new"


def test_a_disk_that_is_full_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from briefing.diagnostics import EnvironmentProblem

    def full(self: Folder, paths: object) -> None:
        raise OSError(28, "No space left on device", "x")

    monkeypatch.setattr(Folder, "sync", full)
    with pytest.raises(EnvironmentProblem, match="make room on the disk"):
        write_new_files(tmp_path, {"content/articles/x.md": b"new", "content/texts/x.md": b"text"})
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_without_the_libraries_one_line_says_how_to_get_them(tmp_path: Path) -> None:
    root = site(tmp_path)
    (root / "page.html").write_bytes(page("T"))
    (root / "text.txt").write_text("A title\n\nA text that needs no library.\n", encoding="utf-8")
    hidden = "import sys; sys.modules['trafilatura'] = sys.modules['lxml'] = None; from briefing.cli import run; run()"
    command = [sys.executable, "-c", hidden, "-C", str(root), "import"]
    ended = subprocess.run([*command, "page.html"], env=environment(), capture_output=True, text=True, check=False)
    assert ended.returncode == 3
    assert ended.stderr == (
        "briefing: importing web pages needs the extra `import`; "
        "install briefing with it, as in `pipx install '.[import]'`\n"
    )
    ended = subprocess.run([*command, "text.txt"], env=environment(), capture_output=True, text=True, check=False)
    assert ended.returncode == 0
