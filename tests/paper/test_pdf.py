"""A summit on paper: what its PDF holds, that it is the same wherever it is made, and that nothing is got for it."""

import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pypdf
import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from tests.commands import built, environment
from tests.markup import parsed, text_of
from tests.paper.fonts import LATIN, system_with
from tests.paper.reading import Paper, breaches, elements
from tests.sites.rich import ARTICLES, CONFIG, SUMMITS, dumped, quote_of, write_rich_site

pytestmark = pytest.mark.slow
DELTA = "delta-2025"
BASE = str(CONFIG["base_url"])


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(root), "pdf", *arguments], catch_exceptions=False)


def printed(root: Path, *arguments: str) -> Paper:
    ended = run(root, *arguments)
    assert ended.exit_code == 0, ended.output
    return Paper(root / f"{arguments[0]}.pdf")


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rich_site(tmp_path_factory.mktemp("rich"))


@pytest.fixture(scope="module")
def delta(rich: Path) -> Paper:
    return printed(rich, DELTA)


def statements(summit: str) -> dict[str, tuple[str, str]]:
    """What is said on a summit in whole sentences: by reference its words, and the title of its article. What only its
    documents say stands there in a few words, and what is excluded not at all."""
    found = {}
    for id, (front, claims) in ARTICLES.items():
        for number, claim in enumerate(claims, 1):
            of = claim.get("summit") or next(iter(front.get("summits", ())), None)
            is_label = id in SUMMITS[summit]["documents"] and "modality" not in claim
            if of == summit and f"{id}#c{number}" not in SUMMITS[summit]["exclude"] and not is_label:
                found[f"{id}#c{number}"] = f"Claim c{number} of {id}, No. 1400.", f"Report {id}, No. 1200"
    return found


def test_every_statement_stands_with_the_number_of_its_source(delta: Paper) -> None:
    said = statements(DELTA)
    assert len(said) > 10
    for ref, (words, title) in said.items():
        numbers = delta.numbers_of(words)
        assert len(numbers) == 1, ref
        assert delta.sources[numbers.pop()].startswith(title), ref
    assert "https://example.org/preview" in delta.sources[1]
    assert set(delta.sources) == {number for words, _ in said.values() for number in delta.numbers_of(words)}
    assert f"“{quote_of('c1', 'letter')}”" in delta.text


def test_bookmarks_are_the_headings_of_the_page(delta: Paper, rich: Path, tmp_path: Path) -> None:
    page = parsed(built(rich, tmp_path / "site") / f"summits/{DELTA}.html")
    headings = [(int(one.tag[1]), text_of(one)) for one in page.iter() if one.tag in ("h1", "h2", "h3")]
    assert delta.bookmarks == headings


def test_it_can_be_read_by_ear(delta: Paper) -> None:
    assert delta.root["/Lang"] == "en"
    assert delta.root["/MarkInfo"]["/Marked"]
    assert delta.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b'pdfuaid:part="1"' in delta.root["/Metadata"].get_data()
    assert delta.kinds["H1"] == 1
    assert {"H2", "H3", "P", "L", "LI", "LBody", "Table", "TH", "TD", "Link"} <= delta.kinds.keys()
    assert [tag["/Alt"] for tag in delta.tags if tag["/S"] == "/Figure"] == [
        "When statuses changed, and when open claims are to be looked at again. The list below has the same in words."
    ]
    assert delta.links
    assert all("/StructParent" in link for link in delta.links)
    # They are called by their words.
    about = {str(link["/A"]["/URI"]): str(link["/Contents"]) for link in delta.links if "/A" in link}
    assert about[f"{BASE}people/brandt.html"] == "Ilse Brandt"
    assert not {str(link["/Contents"]) for link in delta.links if "/Dest" in link} & set(
        delta.reader.named_destinations
    )
    # What is said only to those who listen stands where it is meant, before what follows it on the page.
    assert "Energy c2: pending" in delta.text
    # Every header says of what it is one, and a link is read out once: none is in another.
    assert {str(tag["/A"]["/Scope"]) for tag in delta.tags if tag["/S"] == "/TH"} == {"/Column", "/Row"}
    links = [tag for tag in delta.tags if tag["/S"] == "/Link"]
    assert all(tag["/K"] and tag["/P"]["/S"] != "/Link" for tag in links)
    assert len(links) == len(delta.links)


def test_no_rule_of_pdf_ua_is_broken(rich: Path, delta: Paper) -> None:
    assert breaches(rich / f"{DELTA}.pdf") == []
    others = [id for id in SUMMITS if id != DELTA]
    for id in others:
        printed(rich, id)
    assert {id: found for id in others if (found := breaches(rich / f"{id}.pdf"))} == {}


@pytest.mark.parametrize(
    ("kind", "other", "rule"),
    [
        ("/Link", "/Span", "PDFUA1-LINK-LINK-TAG"),
        ("/LI", "/Div", "PDFUA1-L-KIDS"),
        ("/LBody", "/Div", "PDFUA1-LI-KIDS"),
        ("/TH", "/P", "PDFUA1-T"),
        ("/H2", "/H4", "PDFUA1-HEADING-NESTING"),
    ],
)
def test_a_broken_structure_is_found(delta: Paper, kind: str, other: str, rule: str, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=delta.reader)
    root: Any = writer.root_object
    for tag in elements(root["/StructTreeRoot"]["/K"]):
        if tag["/S"] == kind:
            tag[pypdf.generic.NameObject("/S")] = pypdf.generic.NameObject(other)
    writer.write(tmp_path / "broken.pdf")
    assert any(found.startswith(rule) for found in breaches(tmp_path / "broken.pdf"))


@pytest.mark.parametrize(
    ("part", "rule"),
    [
        ("/Lang", "PDFUA1-TEXT-LANGUAGE"),
        ("/ViewerPreferences", "PDFUA1-"),
        ("/MarkInfo", "PDFUA1-"),
        ("/Metadata", "PDFUA1-"),
    ],
)
def test_what_a_document_leaves_out_is_found(delta: Paper, part: str, rule: str, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=delta.reader)
    del writer.root_object[part]
    writer.write(tmp_path / "broken.pdf")
    assert any(found.startswith(rule) for found in breaches(tmp_path / "broken.pdf"))


def test_dates_are_those_of_the_records(delta: Paper) -> None:
    days = {str(step["on"]) for _, claims in ARTICLES.values() for claim in claims for step in claim.get("history", ())}
    newest = max(day for day in days if len(day) == 10)
    about = delta.reader.metadata
    assert about is not None
    assert {str(about["/CreationDate"]), str(about["/ModDate"])} == {f"D:{newest.replace('-', '')}"}
    assert about.title == "Delta meeting No. 1009 · Two Coasts No. 1001"
    assert about.author == "The desk"
    assert set(re.findall(r"\d{4}-\d\d-\d\d", str(delta.root["/Metadata"].get_data()))) == {newest}
    assert newest == "2026-01-10"
    assert all("Edition of January 10, 2026" in page for page in delta.pages)


def test_every_sheet_has_its_number_and_the_title(delta: Paper) -> None:
    count = len(delta.pages)
    assert count > 1
    for number, page in enumerate(delta.pages, 1):
        assert page.endswith(f"Page {number} of {count}")
        assert "Two Coasts No. 1001" in page
        assert "Delta meeting No. 1009" in page


def test_links_lead_to_the_site_where_its_address_is_known(delta: Paper) -> None:
    assert f"{BASE}articles/north-text.html#c1" in delta.addresses
    assert f"{BASE}people/brandt.html" in delta.addresses
    assert "https://example.org/preview" in delta.addresses
    assert [one for one in delta.addresses if not one.startswith("https://example.org/")] == []


def test_without_it_they_lead_to_the_sources(tmp_path: Path) -> None:
    root = write_rich_site(tmp_path)
    (root / "config.yaml").write_text(dumped({key: of for key, of in CONFIG.items() if key != "base_url"}))
    paper = printed(root, DELTA)
    assert set(paper.addresses) == {"https://example.org/preview"}
    inside = {str(link["/Dest"]) for link in paper.links if "/Dest" in link}
    assert {f"source_{number}" for number in paper.sources} <= inside
    assert inside <= set(paper.reader.named_destinations)


def test_the_bytes_are_the_same_wherever_and_under_whatever_settings(rich: Path, delta: Paper, tmp_path: Path) -> None:
    far = write_rich_site(tmp_path / "another place")
    odd = environment(PYTHONHASHSEED="4242", TZ="Pacific/Kiritimati", LC_ALL="C", SOURCE_DATE_EPOCH="0")
    command = [sys.executable, "-m", "briefing", "-C", str(far), "pdf", DELTA, "--output", "x.pdf"]
    subprocess.run(command, env=odd, umask=0o077, check=True, capture_output=True)
    assert (far / "x.pdf").read_bytes() == (rich / f"{DELTA}.pdf").read_bytes()
    assert run(rich, DELTA).output.endswith(", as it was.\n")


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server that nobody is to ask, and what it is asked for."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            self.send_error(404)

        def log_message(self, *_: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", paths
        server.shutdown()


def test_nothing_is_got_from_anywhere_but_the_site(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    root, (address, paths) = write_rich_site(tmp_path / "site"), asked
    (tmp_path / "secret.css").write_text("h1::after { content: 'from the disk' }")
    (root / "templates/assets/custom.css").write_text(
        f"@import url({address}/a.css); @import url({(tmp_path / 'secret.css').as_uri()}); @import url(more.css);\n"
        f"@font-face {{ font-family: Far; src: url({address}/far.ttf) }} h1 {{ font-family: Far }}\n"
        f"h2 {{ background: url({address}/b.png); list-style-image: url({address}/c.svg) }}\n"
    )
    (root / "templates/assets/more.css").write_text("h1::after { content: ' from the site' }")
    paper = printed(root, DELTA)
    assert paths == []
    assert "Delta meeting No. 1009 from the site" in paper.text
    assert "from the disk" not in paper.text


def test_an_edition_of_a_day_has_nothing_later_and_drafts_are_told_on_every_sheet(tmp_path: Path) -> None:
    root = write_rich_site(tmp_path)
    eve = printed(root, DELTA, "--as-of", "2025-02-04")
    assert all("Edition of February 4, 2025" in page for page in eve.pages)
    assert "Claim c1 of preview, No. 1400." in eve.text
    assert "north-text" not in eve.text
    assert "/CreationDate" in (eve.reader.metadata or {})
    told = "This edition holds drafts. It is not for publication."
    assert all(told in page for page in printed(root, DELTA, "--drafts").pages)
    assert told not in eve.text


def test_an_edition_is_not_older_than_the_text_on_what_came_of_the_meeting(tmp_path: Path) -> None:
    root = small_meeting(tmp_path, {"one": "They will sign."})
    file = root / "content/summits/talks.md"
    verdict = "verdict: {text: They signed., written: 2025-04-01}\n"
    file.write_text(file.read_text(encoding="utf-8").replace("status:", f"{verdict}status:"), encoding="utf-8")
    paper = printed(root, "talks")
    assert "They signed." in paper.text
    assert all("Edition of April 1, 2025" in page for page in paper.pages)


ODD = {
    "angles": "An <b>offer</b> & a ]]> 'quote' of \"words\"",
    "lines": "First line\n      second line",
    "formula": "=SUM(A1:A9) + @now - 1",
    "arabic": "الاتفاق سيوقع",
    "long": "W" * 300,
    "style": "</style><script>alert(1)</script> {{ t }} {% x %}",
}


def test_odd_words_are_only_words(tmp_path: Path) -> None:
    root = small_meeting(tmp_path, ODD)
    paper = printed(root, "talks")
    assert breaches(root / "talks.pdf") == []
    for words in ("angles", "lines", "formula", "style"):
        assert " ".join(ODD[words].split()) in paper.text
    assert "".join(paper.text.split()).count("W" * 300) == 1
    assert ODD["arabic"].split()[1] in paper.text  # the other has a ligature, of which readers make what they like
    assert paper.reader.metadata is not None
    assert paper.reader.metadata.title == "Talks <on> \"trade\" & 'more' · Small & odd"


def small_meeting(root: Path, said: dict[str, str]) -> Path:
    """A meeting with a claim for each of some texts."""
    quotes = {id: f"the words of {id} stand" for id in said}
    claims = [
        {"id": id, "quote": quotes[id], "topics": ["trade"], "modality": "expectation", "text": text}
        for id, text in said.items()
    ]
    head = {"title": "An article", "source": "gazette", "published": "2025-02-05", "summits": ["talks"]}
    meeting = {"title": "Talks <on> \"trade\" & 'more'", "start": "2025-02-06", "status": "held"}
    files = {
        "config.yaml": dumped({"title": "Small & odd", "topics": {"trade": "Trade"}}),
        "content/sources.yaml": "gazette: {name: Gazette}\n",
        "content/summits/talks.md": f"---\n{dumped(meeting)}---\n",
        "content/articles/one.md": f"---\n{dumped(head)}---\n\n" + " ".join(f"Here {one}." for one in quotes.values()),
        "content/annotations/one.yaml": dumped({"claims": claims}),
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


TAXES = "防衛費と関税"


def test_words_for_which_there_is_a_font_are_shown_and_others_are_told(tmp_path: Path) -> None:
    root = small_meeting(tmp_path / "site", {"taxes": TAXES})
    command = [sys.executable, "-m", "briefing", "-C", str(root), "pdf", "talks"]
    both = environment(FONTCONFIG_FILE=system_with(tmp_path / "both", Latin=LATIN, Japanese=map(ord, TAXES)))
    ended = subprocess.run(command, env=both, capture_output=True, text=True, check=True)
    assert ended.stderr == ""
    assert TAXES in Paper(root / "talks.pdf").text
    assert breaches(root / "talks.pdf") == []
    assert any("Japanese" in font for font in Paper(root / "talks.pdf").fonts)
    one = environment(FONTCONFIG_FILE=system_with(tmp_path / "one", Latin=LATIN, Part=map(ord, TAXES[:3])))
    ended = subprocess.run(command, env=one, capture_output=True, text=True, check=True)
    assert ended.stderr == (
        "briefing: no font here has `と`, `税`, `関`, and boxes stand in their places; "
        "install one that has, such as fonts-noto-cjk for Japanese\n"
    )
    assert ended.stdout == f"{root}/talks.pdf: 1 page.\n"


def test_a_system_without_fonts_or_libraries_is_told_in_one_line(tmp_path: Path) -> None:
    root = small_meeting(tmp_path / "site", {"one": "One."})
    none = environment(FONTCONFIG_FILE=system_with(tmp_path / "none"))
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib/libpango-1.0.so.0").write_bytes(b"")  # what cannot be loaded comes first
    broken = environment(LD_LIBRARY_PATH=str(tmp_path / "lib"))
    command = [sys.executable, "-m", "briefing", "-C", str(root), "pdf", "talks"]
    ended = subprocess.run(command, env=none, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr == (
        "briefing: printing needs fonts, and the system has none; "
        "install some, as with `apt-get install fonts-dejavu-core`\n"
    )
    ended = subprocess.run(command, env=broken, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr == (
        "briefing: printing needs libraries of the system that are not here or cannot be loaded: "
        "libpango-1.0, libpangoft2-1.0; install them, as with "
        "`apt-get install libpangoft2-1.0-0 libharfbuzz-subset0`, `dnf install pango`, `brew install pango`\n"
    )
    assert list(root.glob("*.pdf")) == []


def test_a_mistake_leaves_nothing_and_is_told_with_its_place(tmp_path: Path) -> None:
    root = small_meeting(tmp_path, {"one": "One."})
    (root / "templates").mkdir()
    (root / "templates/paper.html").write_text(
        '{% extends "summit.html" %}\n{% block head %}{{ nobody }}{% endblock %}\n'
    )
    ended = run(root, "talks")
    assert ended.exit_code == 1
    assert "error[template-error]" in ended.stderr
    assert "templates/paper.html:2" in ended.stderr
    annotations = root / "content/annotations/one.yaml"
    annotations.write_text(annotations.read_text().replace("text: One.", 'text: "a\\u202eb"').replace("stand", "sit"))
    ended = run(root, "talks")
    assert ended.exit_code == 1
    assert "error[bad-characters]" in ended.stderr
    assert "content/annotations/one.yaml:" in ended.stderr
    assert ended.stderr.endswith("; nothing was written\n")
    assert list(root.glob("*.pdf")) == []
